//! Work that waits for a disk or another process, on a thread of its own.
//!
//! It is rare, so a pool isn't worth its rules; and a thread needs no async runtime, whichever
//! there is.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;

use crate::{Error, Result, blocking};

struct Slot<T> {
    outcome: Option<Result<T>>,
    ended: bool,
    waker: Option<Waker>,
}

/// Does `work` on another thread, unless a blocking call asks: that may wait here. If the future is
/// dropped, the work still runs to its end.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    if blocking::is_here() {
        return work();
    }
    let slot = Arc::new(Mutex::new(Slot {
        outcome: None,
        ended: false,
        waker: None,
    }));
    let end = End(Arc::clone(&slot));
    thread::Builder::new()
        .name("credentials".to_owned())
        .spawn(move || {
            let outcome = work();
            lock(&end.0).outcome = Some(outcome);
        })
        .map_err(|error| {
            Error::credentials("the operating system gives no thread to read keys on")
                .with_source(error)
        })?;
    poll_fn(|context| {
        let mut slot = lock(&slot);
        if let Some(outcome) = slot.outcome.take() {
            return Poll::Ready(outcome);
        }
        if slot.ended {
            return Poll::Ready(Err(Error::credentials(
                "the thread that reads keys has ended without a result",
            )));
        }
        slot.waker = Some(context.waker().clone());
        Poll::Pending
    })
    .await
}

/// Tells of the end of the work, even if it panicked.
struct End<T>(Arc<Mutex<Slot<T>>>);

impl<T> Drop for End<T> {
    fn drop(&mut self) {
        let mut slot = lock(&self.0);
        slot.ended = true;
        let waker = slot.waker.take();
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

fn lock<T>(slot: &Mutex<Slot<T>>) -> std::sync::MutexGuard<'_, Slot<T>> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
