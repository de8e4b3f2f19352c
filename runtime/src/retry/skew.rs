//! How far this machine's clock is off.

use std::sync::atomic::{AtomicI64, Ordering};

/// A smaller error is none that a service refuses a request for, and `Date` knows but seconds.
const LEAST: u64 = 60;

/// The seconds to add to this machine's time, to have the service's.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    pub(crate) fn offset(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes the offset that an answer shows, unless that is the one that the request was dated
    /// with: then the date was right, and something else is wrong.
    pub(crate) fn learn(&self, offset: i64, dated_with: i64) -> bool {
        let differs = offset.abs_diff(dated_with) >= LEAST;
        if differs {
            self.0.store(offset, Ordering::Relaxed);
        }
        differs
    }
}
