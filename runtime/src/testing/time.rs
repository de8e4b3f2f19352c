//! The time of a script, which passes by waiting only.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::BoxFuture;
use crate::clock::{Clock, Sleep, SystemClock};
use crate::retry::Jitter;

/// The time of a [`Script`](super::Script): a clock that stands still until something waits, waits
/// that take no time, and no chance in their length.
///
/// It begins with the time at which the script was made. Clones show the same time. A source of keys
/// that isn't ready at once runs into the limit of a call that has one, since that wait ends at once too.
#[derive(Clone, Debug)]
pub struct ScriptTime(Arc<Mutex<Passed>>);

#[derive(Debug)]
struct Passed {
    now: SystemTime,
    instant: Instant,
    waits: Vec<Duration>,
}

impl ScriptTime {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Passed {
            now: SystemClock.now(),
            instant: SystemClock.instant(),
            waits: Vec::new(),
        })))
    }

    /// Lets so much time pass, for instance until keys end.
    pub fn pass(&self, time: Duration) {
        let mut passed = self.lock();
        // What no clock can count doesn't pass.
        if let (Some(now), Some(instant)) = (
            passed.now.checked_add(time),
            passed.instant.checked_add(time),
        ) {
            (passed.now, passed.instant) = (now, instant);
        }
    }

    pub(super) fn waits(&self) -> Vec<Duration> {
        self.lock().waits.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Passed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ScriptTime {
    fn now(&self) -> SystemTime {
        self.lock().now
    }

    fn instant(&self) -> Instant {
        self.lock().instant
    }
}

impl Sleep for ScriptTime {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.pass(time);
            self.lock().waits.push(time);
        })
    }
}

impl Jitter for ScriptTime {
    /// The longest, so that a test knows it.
    fn up_to(&self, most: Duration) -> Duration {
        most
    }
}
