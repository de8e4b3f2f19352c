//! The time, as seen by a client. Nothing else in this crate asks for it.

use std::fmt;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use crate::{Error, Result};

/// Tells the time. A client asks it once an attempt, and once more where a deadline is set.
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

/// The clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Writes `time` as `x-acs-date` wants it: UTC, whole seconds, as in `2026-01-02T03:04:05Z`.
///
/// Fractions are cut, not rounded, so that a date never lies in the future.
///
/// # Errors
///
/// When `time` lies outside the years that four digits can write.
pub(crate) fn date(time: SystemTime) -> Result<String> {
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok(),
        // Before 1970, a cut towards zero would be a cut upwards.
        Err(before) => {
            let before = before.duration();
            i64::try_from(before.as_secs())
                .ok()
                .map(|seconds| -seconds - i64::from(before.subsec_nanos() > 0))
        }
    };
    seconds
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
