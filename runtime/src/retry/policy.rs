//! What a caller decides about repetitions.

use std::time::Duration;

use crate::clock::Sleep;
use crate::{Error, Result};

/// Whether and how a call is repeated that fails. Set it [for a client](crate::Builder::retry) or
/// [for a call](crate::Call::retry).
///
/// By default, there are up to 3 attempts, wherever another one can't do harm. Every attempt has
/// its own date, nonce and signature, and asks for keys again.
///
/// # What is repeated
///
/// Each operation has a [class](crate::RetryClass), which its documentation tells:
///
/// | failure | read | send |
/// |---|---|---|
/// | no connection: name, refusal, TLS, or no answer to any of it in time | yes | yes |
/// | a certificate was refused, on either side | no | no |
/// | throttled: HTTP 429, a code with `Throttling`, `System.LimitControl` | yes | yes |
/// | this machine's clock is wrong (`IllegalTimestamp`, `InvalidTimeStamp…`) | once | once |
/// | keys refused (`InvalidAccessKeyId…`, `InvalidSecurityToken…`), and their source has others | once | once |
/// | no answer in time, connection cut, half an answer | yes | no |
/// | HTTP 408, 500, 502, 503, 504; codes such as `ServiceUnavailable`, `SystemError` | yes | no |
/// | the nonce is known already (`SignatureNonceUsed`) | yes | no |
/// | any other code; a redirect; an answer that is too large or can't be read; no keys | no | no |
///
/// *Send* is whatever messages a person or changes something. It is repeated only where the request
/// surely wasn't carried out; in doubt, the call ends, and the error
/// [says so](crate::Error::may_have_been_carried_out). If doing it twice does no harm, say that with
/// [`Call::idempotent`](crate::Call::idempotent), and it is repeated as *read* is.
///
/// # How long it waits
///
/// Before attempt *n* + 1, any time up to [`base_delay`](Self::base_delay) × 2<sup>*n* − 1</sup>, but
/// no more than [`max_delay`](Self::max_delay); each time in that range is as likely as another, so
/// that clients which failed together don't come back together. If the service says
/// [how long to wait](crate::Error::retry_after), that comes on top.
///
/// # When it ends
///
/// With the last attempt's error, which knows [how many there were](crate::Error::attempts):
///
/// - after [`max_attempts`](Self::max_attempts);
/// - at once, if the service asks for more than [`max_retry_after`](Self::max_retry_after);
/// - at once, if the wait would outlast the time for the call
///   ([`Builder::timeout`](crate::Builder::timeout), [`Call::timeout`](crate::Call::timeout)), which
///   counts for all attempts and waits together;
/// - at once, if the client's budget is used up: a client and its clones share 500 tokens. A
///   repetition takes 5, and gives them back if it succeeds; a first attempt that succeeds gives 1,
///   up to the 500. So a service that is down isn't burdened with three times the calls.
///
/// # The keys
///
/// If the service refuses keys, since they have been replaced or taken back, their source [is
/// told](crate::credentials::ProvideCredentials::refused) and asked again. With others, the request
/// is repeated once, without a wait. The source is told even where repetitions are off.
///
/// # The clock
///
/// If the service refuses a request for its date, the client takes the time from the answer's `Date`
/// and repeats the request once, without a wait. It keeps the difference for all later calls, its
/// clones' too; this it learns even where repetitions are off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    pub(crate) max_retry_after: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(20),
            attempt_timeout: None,
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever comes of it.
    pub fn off() -> Self {
        Self::default().max_attempts(1)
    }

    /// How many attempts there are at most, the first one included. Default: 3; less than 1 is 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// The longest wait after the first attempt, doubled with each further one. Default: half a
    /// second.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// How far that doubling goes. Default: 20 seconds.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How long the service may ask to wait; the call ends if it asks for more. Default: 20 seconds.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// How long an attempt's exchange with the service may take, from connecting to the last byte.
    /// Default: as long as the call may.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// The longest wait after so many failures, one at least.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        let factor = 2_u32.saturating_pow(failures.saturating_sub(1));
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }

    /// # Errors
    ///
    /// When there are to be repetitions, and nothing to wait with. Better refused than ignored:
    /// whoever asks for them relies on them.
    pub(crate) fn check(&self, sleep: Option<&dyn Sleep>) -> Result<()> {
        if self.max_attempts > 1 && sleep.is_none() {
            return Err(Error::configuration(
                "there is nothing to wait with between attempts: give the client's builder a \
                 `sleep`, or its transport a `timer`",
            ));
        }
        Ok(())
    }
}
