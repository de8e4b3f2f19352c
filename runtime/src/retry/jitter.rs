//! Chance in the wait between attempts.

use std::fmt;
use std::time::Duration;

/// Chooses how long to wait between attempts. A client asks it once before each repetition.
///
/// Applications have no need to implement this; tests do, to know the waits.
pub trait Jitter: fmt::Debug + Send + Sync {
    /// A time from none up to `most`. A longer one counts as `most`.
    fn up_to(&self, most: Duration) -> Duration;
}

/// Any time, each as likely as another, by the operating system's random generator; the longest if
/// that has no numbers to give.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomJitter;

impl Jitter for RandomJitter {
    fn up_to(&self, most: Duration) -> Duration {
        let Ok(random) = getrandom::u64() else {
            return most;
        };
        let most = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
        // The upper half of the product is a number below `most`, or `most` at the very end.
        let nanos = (u128::from(random) * (u128::from(most) + 1)) >> 64;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(most))
    }
}
