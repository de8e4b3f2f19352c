//! The time, as seen by a client. Nothing else in this crate asks for it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::{BoxFuture, Error, Result};

/// Tells the time. A client asks it once an attempt, once more where a deadline or a rate limit is set,
/// and again when it has failed.
///
/// Applications have no need to implement this; tests do, to get signatures that can be compared.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day, for the date that is signed.
    fn now(&self) -> SystemTime;

    /// A time that never goes back, for deadlines.
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    fn instant(&self) -> Instant {
        Instant::now()
    }
}

/// Waits: between attempts, for a rate limit, for keys no longer than a call may take. A
/// [transport](crate::transport::Transport::timer) brings one, since it knows what the program runs
/// in; [`Builder::sleep`](crate::Builder::sleep) takes another.
pub trait Sleep: fmt::Debug + Send + Sync {
    /// Waits for this long. Dropping the future ends the wait and leaves nothing behind.
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()>;
}

impl<S: Sleep + ?Sized> Sleep for Arc<S> {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(time)
    }
}

/// The clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn instant(&self) -> Instant {
        (**self).instant()
    }
}

/// The seconds since 1970. Fractions are cut, not rounded, so that a date never lies in the future.
pub(crate) fn seconds(time: SystemTime) -> Option<i64> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok(),
        // Before 1970, a cut towards zero would be a cut upwards.
        Err(before) => {
            let before = before.duration();
            i64::try_from(before.as_secs())
                .ok()
                .map(|seconds| -seconds - i64::from(before.subsec_nanos() > 0))
        }
    }
}

/// Reads the date of an answer, as in `Fri, 02 Jan 2026 03:04:05 GMT`, as seconds since 1970.
pub(crate) fn seconds_of_header(date: &str) -> Option<i64> {
    let time = DateTimeParser::new().parse_timestamp(date).ok()?;
    Some(time.as_second())
}

/// Writes `time`, so many seconds later, as `x-acs-date` wants it: UTC, whole seconds, as in
/// `2026-01-02T03:04:05Z`.
///
/// # Errors
///
/// When that lies outside the years that four digits can write.
pub(crate) fn date(time: SystemTime, later: i64) -> Result<String> {
    seconds(time)
        .and_then(|seconds| seconds.checked_add(later))
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .map(|time| time.to_string())
        // A year with a sign or of more than four digits is no date that a service would take.
        .filter(|text| text.len() == "2026-01-02T03:04:05Z".len())
        .ok_or_else(|| {
            Error::configuration(
                "this machine's clock shows a year that a request can't be dated with",
            )
        })
}
