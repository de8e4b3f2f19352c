//! Keys that are kept and renewed in time.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
#[cfg(feature = "blocking")]
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::{Credentials, Lifetime, ProvideCredentials};
use crate::clock::{Clock, SystemClock};
use crate::observe::{Observe, Observers};
use crate::{BoxFuture, Error, Result, blocking};

mod flight;

use flight::{Flight, Landing};

/// This long before the end of keys, new ones are asked for while the old ones are still given out.
const SOFT: Duration = Duration::from_secs(15 * 60);
/// This long before the end, callers wait for new keys.
const HARD: Duration = Duration::from_secs(3 * 60);
/// How long keys without an end are kept until their source is asked again: a file may have changed.
const OPEN: Duration = Duration::from_secs(5 * 60);
/// After a failure, the source has peace for so long, as long as the old keys are good.
const PAUSE: Duration = Duration::from_secs(60);
/// The same when the old keys are about to end.
const SHORT_PAUSE: Duration = Duration::from_secs(10);

/// Keeps the keys of a source, and renews them before they end.
///
/// - However many calls wait, the source is asked once at a time, and all of them share its answer.
/// - From 15 minutes before the end, new keys are asked for while the old ones are given out: in the
///   background of a multi-threaded Tokio runtime, on a thread if a blocking call notices, or else by
///   the one caller that notices. From 3 minutes before the end, callers wait. Of keys that live for
///   less than 45 minutes, these are a third and a tenth of their life.
/// - When the source fails, old keys are given out until their end, and it is asked again after
///   a minute, or ten seconds shortly before the end.
/// - Keys without an end are kept as well; five minutes later their source is asked again in the same
///   way, since a file may have changed.
/// - Keys that the service refuses are dropped, and the source is asked again; if it gives the same,
///   it has peace for ten seconds.
/// - A failure isn't kept: the next caller asks again.
///
/// Clones share their keys. The sources of [`Providers`](super::Providers) come like this; wrap
/// your own if asking it is slow:
///
/// ```
/// use alibabacloud_runtime::credentials::{Cached, Credentials, ProvideCredentials};
///
/// fn cached(slow: impl ProvideCredentials + 'static) -> Cached {
///     Cached::new(slow)
/// }
/// # cached(Credentials::new("id", "secret"));
/// ```
#[derive(Clone)]
pub struct Cached(Arc<Shared>);

struct Shared {
    source: Box<dyn ProvideCredentials>,
    clock: Arc<dyn Clock>,
    observers: Mutex<Observers>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    flight: Option<Arc<Flight>>,
    pause: Option<SystemTime>,
    /// Keys that were refused, until others come, and when to drop them once more.
    refused: Option<(Credentials, SystemTime)>,
}

/// Keys, and when to do what about them.
struct Kept {
    keys: Credentials,
    soft: SystemTime,
    /// When callers begin to wait, and when the keys end.
    limits: Option<(SystemTime, SystemTime)>,
}

/// What a caller has to do.
enum Step {
    Take(Credentials),
    Wait(Arc<Flight>),
    /// Ask the source; until it has answered, these keys are good.
    Ask(Guard, Option<Credentials>),
}

impl Cached {
    /// Keeps the keys of `source`.
    pub fn new(source: impl ProvideCredentials + 'static) -> Self {
        Self::with_clock(source, SystemClock)
    }

    /// The same with the time from elsewhere, for tests.
    pub fn with_clock(
        source: impl ProvideCredentials + 'static,
        clock: impl Clock + 'static,
    ) -> Self {
        Self::observed(source, Arc::new(clock), Observers::default())
    }

    pub(crate) fn observed(
        source: impl ProvideCredentials + 'static,
        clock: Arc<dyn Clock>,
        observers: Observers,
    ) -> Self {
        Self(Arc::new(Shared {
            source: Box::new(source),
            clock,
            observers: Mutex::new(observers),
            state: Mutex::default(),
        }))
    }

    /// Tells this of every [renewal](Observe::keys_renewed), that of clones too.
    #[must_use]
    pub fn observe(self, observer: impl Observe + 'static) -> Self {
        let observers = self.0.observers.lock();
        observers
            .unwrap_or_else(PoisonError::into_inner)
            .add(observer);
        self
    }
}

impl ProvideCredentials for Cached {
    fn name(&self) -> &str {
        self.0.source.name()
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(provide(&self.0))
    }

    fn refused(&self, keys: &Credentials) {
        self.0.refused(keys);
    }
}

impl fmt::Debug for Cached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cached").field(&self.0.source).finish()
    }
}

async fn provide(shared: &Arc<Shared>) -> Result<Credentials> {
    loop {
        let flight = match shared.step() {
            Step::Take(keys) => return Ok(keys),
            Step::Wait(flight) => flight,
            Step::Ask(guard, old) => {
                let flight = Arc::clone(&guard.flight);
                match (in_background(guard), old) {
                    (None, Some(old)) => return Ok(old),
                    (None, None) => {}
                    (Some(guard), _) => guard.fly().await,
                }
                flight
            }
        };
        match flight.landing().await {
            Landing::Keys(keys) => return Ok(keys),
            Landing::Failed(error) => return shared.still_good().ok_or_else(|| copy(&error)),
            // Whoever asked was dropped in the middle.
            Landing::Abandoned => {}
        }
    }
}

/// Hands the asking over to another thread, or gives it back.
fn in_background(guard: Guard) -> Option<Guard> {
    if guard.flight.blocking {
        on_thread(guard)
    } else {
        in_runtime(guard)
    }
}

/// A thread of its own, so that the time for a call can end its wait; if the system has one.
#[cfg(feature = "blocking")]
fn on_thread(mut guard: Guard) -> Option<Guard> {
    guard.alone = true;
    let slot = Arc::new(Mutex::new(Some(guard)));
    let theirs = Arc::clone(&slot);
    let thread = thread::Builder::new().name("credentials".to_owned());
    let spawned = thread.spawn(move || {
        let guard = theirs.lock().ok().and_then(|mut slot| slot.take());
        guard.map(|guard| blocking::drive(guard.fly()))
    });
    match spawned {
        Ok(_) => None,
        Err(_) => slot.lock().ok().and_then(|mut slot| slot.take()),
    }
}

#[cfg(not(feature = "blocking"))]
fn on_thread(guard: Guard) -> Option<Guard> {
    Some(guard)
}

/// The threads of the runtime; not of one that has a single thread, which may stand still between the
/// calls of its owner while others wait.
#[cfg(feature = "_reqwest")]
fn in_runtime(mut guard: Guard) -> Option<Guard> {
    use tokio::runtime::{Handle, RuntimeFlavor};

    match Handle::try_current() {
        Ok(runtime) if runtime.runtime_flavor() != RuntimeFlavor::CurrentThread => {
            guard.alone = true;
            runtime.spawn(guard.fly());
            None
        }
        _ => Some(guard),
    }
}

#[cfg(not(feature = "_reqwest"))]
fn in_runtime(guard: Guard) -> Option<Guard> {
    Some(guard)
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(self: &Arc<Self>) -> Step {
        let now = self.clock.now();
        let mut state = self.lock();
        let mut good = None;
        if let Some(kept) = &state.kept {
            let in_peace = state.pause.is_some_and(|until| now < until);
            let waits = kept.limits.is_some_and(|(hard, _)| now >= hard);
            if now < kept.soft || kept.good(now) && (in_peace || !waits && state.flight.is_some()) {
                return Step::Take(kept.keys.clone());
            }
            good = (!waits).then(|| kept.keys.clone());
        }
        // A blocking call never waits for one that is awaited: that may be waiting for its thread.
        let here = blocking::is_here();
        if let Some(flight) = state
            .flight
            .as_ref()
            .filter(|flight| flight.blocking || !here)
        {
            return Step::Wait(Arc::clone(flight));
        }
        let flight = Arc::new(Flight::new(here));
        state.flight = Some(Arc::clone(&flight));
        drop(state);
        let guard = Guard {
            shared: Arc::clone(self),
            flight,
            alone: false,
            landed: false,
        };
        Step::Ask(guard, good)
    }

    fn refused(&self, keys: &Credentials) {
        let now = self.clock.now();
        let mut state = self.lock();
        let kept = state.kept.as_ref();
        if !kept.is_some_and(|kept| kept.keys.same(keys)) {
            // Somebody else was refused before, and there are others, or will be.
            return;
        }
        let before = state.refused.as_ref();
        if before.is_some_and(|(old, again)| old.same(keys) && now < *again) {
            return;
        }
        let again = now.checked_add(SHORT_PAUSE);
        state.refused = again.map(|again| (keys.clone(), again));
        state.kept = None;
        state.pause = None;
    }

    /// The old keys, if they are.
    fn still_good(&self) -> Option<Credentials> {
        let now = self.clock.now();
        let state = self.lock();
        let kept = state.kept.as_ref().filter(|kept| kept.good(now))?;
        Some(kept.keys.clone())
    }

    /// Tells the observers what came of asking.
    fn told(&self, begun: Instant, error: Option<&Error>) {
        let observers = self.observers.lock();
        // Not told under the lock: they may take their time.
        let observers = observers.unwrap_or_else(PoisonError::into_inner).clone();
        let latency = self.clock.instant().saturating_duration_since(begun);
        observers.keys_renewed(self.source.name(), error, latency);
    }

    fn land(&self, flight: &Arc<Flight>, outcome: &Landing) {
        let now = self.clock.now();
        let mut state = self.lock();
        if state
            .flight
            .as_ref()
            .is_some_and(|last| Arc::ptr_eq(last, flight))
        {
            state.flight = None;
        }
        match outcome {
            Landing::Keys(keys) => {
                let same = |(refused, _): &(Credentials, _)| refused.same(keys);
                if !state.refused.as_ref().is_some_and(same) {
                    state.refused = None;
                }
                state.kept = Kept::new(keys, now);
                state.pause = None;
            }
            Landing::Failed(_) => {
                let limits = state.kept.as_ref().and_then(|kept| kept.limits);
                let late = limits.is_some_and(|(hard, _)| now >= hard);
                state.pause = now.checked_add(if late { SHORT_PAUSE } else { PAUSE });
            }
            Landing::Abandoned => {}
        }
    }
}

impl Kept {
    /// What to keep of new keys; nothing of those that are good for one call only.
    fn new(keys: &Credentials, now: SystemTime) -> Option<Self> {
        let (soft, limits) = match keys.lifetime {
            Lifetime::Once => return None,
            Lifetime::Open => (now.checked_add(OPEN)?, None),
            Lifetime::Until(end) => {
                let left = end.duration_since(now).unwrap_or_default();
                let soft = end.checked_sub(SOFT.min(left / 3))?;
                let hard = end.checked_sub(HARD.min(left / 10))?;
                (soft, Some((hard, end)))
            }
        };
        Some(Self {
            keys: keys.clone(),
            soft,
            limits,
        })
    }

    fn good(&self, now: SystemTime) -> bool {
        self.limits.is_none_or(|(_, end)| now < end)
    }
}

/// Asks the source, and tells all who wait, whatever happens to it.
struct Guard {
    shared: Arc<Shared>,
    flight: Arc<Flight>,
    /// Whether it runs by itself, not as a part of a call.
    alone: bool,
    landed: bool,
}

impl Guard {
    async fn fly(mut self) {
        let begun = self.shared.clock.instant();
        let outcome = self.shared.source.provide().await;
        self.shared.told(begun, outcome.as_ref().err());
        let outcome = match outcome {
            Ok(keys) => Landing::Keys(keys),
            Err(error) => Landing::Failed(Arc::new(error)),
        };
        self.land(outcome);
    }

    fn land(&mut self, outcome: Landing) {
        self.landed = true;
        self.shared.land(&self.flight, &outcome);
        self.flight.land(outcome);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.landed {
            return;
        }
        self.land(if self.alone {
            // To try again could go on for ever.
            Landing::Failed(Arc::new(Error::credentials(
                "asking for keys was broken off: the runtime has shut down, or there was a panic",
            )))
        } else {
            Landing::Abandoned
        });
    }
}

/// A failure that several callers share.
fn copy(error: &Arc<Error>) -> Error {
    let copy = Error::credentials(error.to_string());
    match std::error::Error::source(&**error) {
        Some(_) => copy.with_source(Arc::clone(error)),
        None => copy,
    }
}
