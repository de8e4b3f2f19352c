//! Keeping below the service's limits, before it has to refuse: [`RateLimits`] tells.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::clock::Sleep;
use crate::{Error, Operation, RateLimit, Result};

mod queue;

pub(crate) use queue::Queue;

/// How many calls a client makes of each operation within a second. Set it with
/// [`Builder::rate_limit`](crate::Builder::rate_limit); without, a client waits for nothing.
///
/// ```
/// use alibabacloud_runtime::RateLimits;
///
/// // Four processes use the account to the same extent.
/// let limits = RateLimits::documented().share(0.25);
/// # drop(limits);
/// ```
///
/// # What is limited
///
/// Each operation by itself, to the limit that the service documents for it, if there is one. The
/// documented limits hold for an account: whoever shares it with others takes a
/// [share](Self::share). [`limit`](Self::limit) sets another limit, or one where none is documented.
///
/// Every attempt counts, repetitions too. A client and its clones count together; other clients and
/// other processes aren't seen.
///
/// # How it waits
///
/// With a limit of *n*, no more than *n* attempts begin within any one second, wherever that second
/// is taken to begin. As long as there are fewer, a call doesn't wait; so *n* calls may begin at the
/// same moment. What goes beyond waits, in the order in which it came, for just as long as it must.
/// (Of the usual algorithms, this is the log of a sliding window. A token bucket would let through
/// twice as many within some seconds, and a service that counts in windows of its own would refuse
/// them; to space calls evenly would make the few wait that come together after a pause.)
///
/// On the way, calls may come closer to each other, and someone else may use the account. So the
/// service can still refuse a call, which is then repeated as the
/// [retry policy](crate::RetryPolicy) says. If the service says
/// [how long to wait](crate::Error::retry_after), up to that policy's
/// [most](crate::RetryPolicy::max_retry_after), no call of that operation begins before.
///
/// A call that is given up while it waits leaves its place to those behind it. One that nobody polls
/// keeps its place, and those behind it begin as if it had begun. Keys that end in the wait are asked
/// for anew. A call that can't begin before its [time](crate::Call::timeout) is over fails at once:
/// nothing was sent, the error is a [timeout](crate::Error::is_timeout) and says how long it would have
/// been.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct RateLimits {
    share: f64,
    /// Calls within a second by operation; none is without limit.
    own: BTreeMap<&'static str, Option<u32>>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self::documented()
    }
}

impl RateLimits {
    /// Each operation's documented limit.
    pub fn documented() -> Self {
        Self {
            share: 1.0,
            own: BTreeMap::new(),
        }
    }

    /// The part of the documented limits that is this client's, more than 0 and at most 1. Default:
    /// 1, all of it.
    ///
    /// Fractions of a call are cut: of 5 calls a second, a share of 0.5 is 2. Where less than one
    /// call a second is left, it is one in a longer time.
    pub fn share(mut self, share: f64) -> Self {
        self.share = share;
        self
    }

    /// Calls of an operation within a second, at least 1, whatever is documented. The
    /// [share](Self::share) doesn't change this.
    pub fn limit<O: Operation>(mut self, calls_per_second: u32) -> Self {
        self.own.insert(O::ACTION, Some(calls_per_second));
        self
    }

    /// Leaves an operation without limit, whatever is documented.
    pub fn unlimited<O: Operation>(mut self) -> Self {
        self.own.insert(O::ACTION, None);
        self
    }

    /// # Errors
    ///
    /// With a value that nothing can be limited to, or nothing to wait with.
    pub(crate) fn check(&self, sleep: Option<&dyn Sleep>) -> Result<()> {
        if !(self.share > 0.0 && self.share <= 1.0) {
            return Err(Error::configuration(
                "the share of the rate limits must be more than 0 and at most 1",
            ));
        }
        if let Some((operation, _)) = self.own.iter().find(|(_, calls)| **calls == Some(0)) {
            return Err(Error::configuration(format!(
                "the rate limit of {operation} must be at least 1 call per second"
            )));
        }
        if sleep.is_none() {
            return Err(Error::configuration(
                "there is nothing to wait with for the rate limit: give the client's builder a \
                 `sleep`, or its transport a `timer`",
            ));
        }
        Ok(())
    }

    /// How many calls may begin within which time.
    fn window(&self, action: &str, documented: Option<RateLimit>) -> Option<(usize, Duration)> {
        const SECOND: Duration = Duration::from_secs(1);
        if let Some(own) = self.own.get(action) {
            return own.map(|calls| (usize::try_from(calls).unwrap_or(usize::MAX), SECOND));
        }
        let RateLimit(calls) = documented.filter(|RateLimit(calls)| *calls > 0)?;
        let calls = f64::from(calls) * self.share;
        // What binary fractions lose must not cost a call: a tenth of 10 is 1.
        let whole = (calls + 1e-6).floor();
        Some(if whole >= 1.0 {
            (whole as usize, SECOND)
        } else {
            let window = Duration::try_from_secs_f64(1.0 / calls);
            (1, window.unwrap_or(Duration::MAX))
        })
    }
}

/// The limits of a client, and the calls that they count.
pub(crate) struct Limiter {
    limits: RateLimits,
    queues: Mutex<HashMap<&'static str, Arc<Queue>>>,
}

impl Limiter {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Self {
            limits,
            queues: Mutex::default(),
        }
    }

    /// Where the calls of an operation wait, if it has a limit.
    pub(crate) fn queue(
        &self,
        action: &'static str,
        documented: Option<RateLimit>,
    ) -> Option<Arc<Queue>> {
        let (most, window) = self.limits.window(action, documented)?;
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues
            .entry(action)
            .or_insert_with(|| Arc::new(Queue::new(most, window)));
        Some(Arc::clone(queue))
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.limits.fmt(f)
    }
}

/// A point in time that may lie further away than a clock can count.
fn later(from: Instant, by: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    from.checked_add(by)
        .or_else(|| from.checked_add(YEAR))
        .unwrap_or(from)
}
