//! The keys that a call's attempts are signed with.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, ready};
use std::time::Instant;

use crate::client::Inner;
use crate::error::Missed;
use crate::{Credentials, Error, Result};

/// Asks for keys before each attempt, and once more where they are refused.
pub(super) struct Keys<'a> {
    client: &'a Inner,
    used: Option<Credentials>,
    /// Others than those that were refused, for the next attempt.
    fresh: Option<Credentials>,
    renewed: bool,
}

impl<'a> Keys<'a> {
    pub(super) fn new(client: &'a Inner) -> Self {
        Self {
            client,
            used: None,
            fresh: None,
            renewed: false,
        }
    }

    /// The keys for the next attempt.
    pub(super) async fn get(&mut self, deadline: Option<Instant>) -> Result<Credentials> {
        let keys = match self.fresh.take() {
            Some(keys) => keys,
            None => self.ask(deadline).await?,
        };
        self.used = Some(keys.clone());
        Ok(keys)
    }

    /// Tells the source if its keys were refused.
    pub(super) fn refused_by(&self, error: &Error) -> bool {
        let used = self.used.as_ref().filter(|_| error.refuses_keys());
        if let Some(keys) = used {
            self.client.credentials.refused(keys);
        }
        used.is_some()
    }

    /// Asks for other keys, once a call. If the source gives the same again, nothing is gained.
    ///
    /// # Errors
    ///
    /// When the source has none to give.
    pub(super) async fn renew(&mut self, deadline: Option<Instant>) -> Result<bool> {
        if self.renewed {
            return Ok(false);
        }
        let keys = self.ask(deadline).await?;
        self.renewed = !self.used.as_ref().is_some_and(|used| used.same(&keys));
        self.fresh = Some(keys).filter(|_| self.renewed);
        Ok(self.renewed)
    }

    /// Asks the source, but waits for it no longer than the call may take.
    async fn ask(&self, deadline: Option<Instant>) -> Result<Credentials> {
        let provider = &self.client.credentials;
        match within(self.client, deadline, provider.provide()).await {
            Some(keys) => keys.map_err(|error| error.without_keys(provider.name())),
            None => {
                let missed = Missed::Keys(provider.name().to_owned());
                Err(Error::out_of_time(missed))
            }
        }
    }
}

/// Waits for `work`, until the deadline where there is something to wait with.
///
/// What is done at once, as keys are that somebody keeps, sets no timer.
async fn within<T>(
    client: &Inner,
    deadline: Option<Instant>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut timer = None;
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        let (Some(deadline), Some(sleep)) = (deadline, &client.sleep) else {
            return Poll::Pending;
        };
        let timer = timer.get_or_insert_with(|| {
            let left = deadline.saturating_duration_since(client.clock.instant());
            sleep.sleep(left)
        });
        ready!(timer.as_mut().poll(context));
        // A timer may have held the thread, and the work been done meanwhile.
        Poll::Ready(match work.as_mut().poll(context) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        })
    })
    .await
}
