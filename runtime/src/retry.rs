//! When a call is repeated, after what wait, and when it ends: [`RetryPolicy`] tells.

use std::time::{Duration, Instant};

use crate::client::Inner;
use crate::error::Held;
use crate::observe::Ending;
use crate::transport::Response;
use crate::{Error, Result, RetryClass, clock};

mod budget;
mod jitter;
mod policy;
mod skew;

pub(crate) use budget::Budget;
use budget::Permit;
pub use jitter::{Jitter, RandomJitter};
pub use policy::RetryPolicy;
pub(crate) use skew::Skew;

/// What an attempt has to know beside its request.
pub(crate) struct Terms {
    /// The end of the call's time.
    pub(crate) deadline: Option<Instant>,
    /// How long the exchange may take.
    pub(crate) timeout: Option<Duration>,
    /// What to add to this machine's time, in seconds.
    pub(crate) offset: i64,
}

/// An answer that reports success.
pub(crate) struct Answered {
    pub(crate) response: Response,
    /// How many attempts it took.
    pub(crate) attempts: u32,
    /// What is to be told once it has been decoded, where anybody looks.
    pub(crate) ending: Option<Box<Ending>>,
}

/// The attempts of one call so far, and what follows.
///
/// It waits for nothing itself: whoever makes the attempts [begins](Retries::begin) each, hands in
/// what came of it, and waits for as long as it is told to.
pub(crate) struct Retries<'a> {
    client: &'a Inner,
    policy: &'a RetryPolicy,
    class: RetryClass,
    terms: Terms,
    attempts: u32,
    /// Whether one of them may have been carried out.
    doubtful: bool,
    /// Whether one has followed at once, with the time of the service.
    corrected: bool,
    /// Pays for the attempt under way, where that is a repetition.
    permit: Option<Permit<'a>>,
    /// Why there is a further attempt.
    last: Option<Error>,
}

impl<'a> Retries<'a> {
    /// # Errors
    ///
    /// When repetitions are asked for, and there is nothing to wait with.
    pub(crate) fn new(
        client: &'a Inner,
        asked_for: Option<&'a RetryPolicy>,
        class: RetryClass,
        timeout: Option<Duration>,
    ) -> Result<Self> {
        if let Some(policy) = asked_for {
            policy.check(client.sleep.as_deref())?;
        }
        let policy = asked_for.unwrap_or(&client.retry);
        // A time so long that the clock can't count it is no limit.
        let deadline = timeout.and_then(|timeout| client.clock.instant().checked_add(timeout));
        Ok(Self {
            client,
            policy,
            class,
            terms: Terms {
                deadline,
                timeout: policy.attempt_timeout,
                offset: 0,
            },
            attempts: 0,
            doubtful: false,
            corrected: false,
            permit: None,
            last: None,
        })
    }

    /// Begins the next attempt.
    pub(crate) fn begin(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
        self.terms.offset = self.client.skew.offset();
    }

    /// Takes the answer that ends the call.
    pub(crate) fn succeeded(&self, response: Response) -> Answered {
        // A repetition that helps costs nothing: its permit goes back.
        if self.permit.is_none() {
            self.client.budget.earn();
        }
        Answered {
            response,
            attempts: self.attempts,
            ending: None,
        }
    }

    /// What holds for the attempt that has begun.
    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Whether there may be another attempt, as far as their number goes.
    pub(crate) fn may_go_on(&self) -> bool {
        self.attempts < self.policy.max_attempts
    }

    /// Why there is a further attempt.
    pub(crate) fn last(&self) -> Option<&Error> {
        self.last.as_ref()
    }

    /// Takes a failure: how long to wait before the next attempt, or the error that ends the call.
    /// `renewed` says that the keys were refused and there are others now.
    pub(crate) fn failed(&mut self, error: Error, renewed: bool) -> Result<Duration> {
        if error.is_out_of_time() {
            // One that had no time to be sent says less than the one before, and costs nothing.
            return Err(match self.last.take() {
                Some(last) => last.after(self.attempts - 1, self.doubtful, Some(Held::Deadline)),
                None => error.after(self.attempts, self.doubtful, None),
            });
        }
        if let Some(permit) = self.permit.take() {
            permit.spend();
        }
        self.doubtful |= error.may_have_been_carried_out();
        match self.wait(&error, renewed) {
            Ok(wait) => {
                self.last = Some(error);
                Ok(wait)
            }
            Err(held) => Err(error.after(self.attempts, self.doubtful, held)),
        }
    }

    /// How long to wait; or that the call ends, and why where that isn't plain.
    fn wait(
        &mut self,
        error: &Error,
        renewed: bool,
    ) -> std::result::Result<Duration, Option<Held>> {
        // Later calls gain from it, even if this one ends.
        let learnt = self.learn(error);
        let harmless = self.class == RetryClass::Read || !error.may_have_been_carried_out();
        if !self.may_go_on() || !harmless {
            return Err(None);
        }
        if renewed {
            return Ok(Duration::ZERO);
        }
        if learnt && !self.corrected {
            self.corrected = true;
            return Ok(Duration::ZERO);
        }
        if !error.may_pass() || self.client.sleep.is_none() {
            return Err(None);
        }
        let asked = error.retry_after().unwrap_or_default();
        if asked > self.policy.max_retry_after {
            return Err(Some(Held::TooLong(self.policy.max_retry_after)));
        }
        let most = self.policy.delay(self.attempts);
        let wait = asked.saturating_add(self.client.jitter.up_to(most).min(most));
        if let Some(end) = self.terms.deadline
            && wait >= end.saturating_duration_since(self.client.clock.instant())
        {
            return Err(Some(Held::Deadline));
        }
        let permit = self.client.budget.take();
        self.permit = Some(permit.ok_or(Some(Held::Budget))?);
        Ok(wait)
    }

    /// Learns how far this machine's clock is off, where the service says that this is the trouble.
    fn learn(&self, error: &Error) -> bool {
        let Some(theirs) = error.date_of_refused_clock() else {
            return false;
        };
        let ours = clock::seconds(self.client.clock.now());
        ours.and_then(|ours| theirs.checked_sub(ours))
            .is_some_and(|offset| self.client.skew.learn(offset, self.terms.offset))
    }
}
