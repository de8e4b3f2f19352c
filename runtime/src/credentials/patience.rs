//! Asking again what couldn't be answered, where that may pass.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "blocking")]
use super::aside::aside;
use super::http::{Http, Question};
use crate::clock::{Clock, Sleep, SystemClock};
use crate::retry::{Jitter, RandomJitter};
use crate::transport::{Response, Transport};
use crate::{BoxFuture, Result, RetryPolicy, envelope};

/// What it takes to wait.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    pub(super) clock: Arc<dyn Clock>,
    /// The transport's own, if none.
    pub(super) sleep: Option<Arc<dyn Sleep>>,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            sleep: None,
        }
    }
}

impl Http {
    /// Sends a request up to three times, within its time; any status is an answer. What may pass is
    /// the same as for calls that read, and so are the waits.
    ///
    /// The body is made for each attempt: it may hold a date and a nonce.
    pub(super) async fn ask(
        &self,
        question: &Question<'_>,
        body: impl Fn() -> Result<String>,
    ) -> Result<Response> {
        let policy = RetryPolicy::default();
        let clock = &self.patience.clock;
        let end = clock.instant().checked_add(question.timeout);
        let left = || {
            end.map_or(question.timeout, |end| {
                end.saturating_duration_since(clock.instant())
            })
        };
        let mut attempts = 1;
        loop {
            let outcome = self.exchange(question, body()?, left()).await;
            let Some(asked) = passing(question, &outcome) else {
                return outcome;
            };
            let most = policy.delay(attempts);
            let wait = asked.saturating_add(RandomJitter.up_to(most).min(most));
            if attempts >= policy.max_attempts || wait >= left() {
                return outcome;
            }
            let Some(timer) = self.timer_for(question).await else {
                return outcome;
            };
            timer.sleep(wait).await;
            attempts += 1;
        }
    }

    async fn timer_for(&self, question: &Question<'_>) -> Option<Box<dyn Sleep>> {
        match &self.patience.sleep {
            Some(sleep) => Some(Box::new(Arc::clone(sleep))),
            None => self.timer_beside(self.pick(question.url.as_str()).await.ok()?),
        }
    }

    /// What waits where `transport` sends.
    fn timer_beside(&self, transport: &dyn Transport) -> Option<Box<dyn Sleep>> {
        #[cfg(feature = "blocking")]
        if self.sends_aside() {
            return Some(Box::new(Aside));
        }
        transport.timer()
    }
}

/// Waits on a thread of its own, where there is nothing to wait with.
#[cfg(feature = "blocking")]
#[derive(Debug)]
struct Aside;

#[cfg(feature = "blocking")]
impl Sleep for Aside {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let waited = aside(move || {
                std::thread::sleep(time);
                Ok(())
            });
            // Without a thread, what follows fails by itself.
            let _ = waited.await;
        })
    }
}

/// How long the answer asks to wait, if it, or its absence, is something that may pass.
fn passing(question: &Question<'_>, outcome: &Result<Response>) -> Option<Duration> {
    let answered;
    let error = match outcome {
        Err(error) => error,
        Ok(answer) => {
            answered = envelope::check(answer.clone()).err()?;
            &answered
        }
    };
    let there = question.is_there || !error.is_connect();
    (there && error.may_pass()).then(|| error.retry_after().unwrap_or_default())
}

/// Waits as a source's own requests do, for a client that sends through it.
pub(super) struct Timer(pub(super) Http);

impl Sleep for Timer {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let timer = match &self.0.patience.sleep {
                Some(sleep) => Some(Box::new(Arc::clone(sleep)) as Box<dyn Sleep>),
                None => self.0.in_use().and_then(|used| self.0.timer_beside(used)),
            };
            match timer {
                Some(timer) => timer.sleep(time).await,
                // Nothing has been sent yet that could be waited for.
                None => std::future::pending().await,
            }
        })
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timer")
    }
}
