//! Driving a future on the thread that asks, for callers without an async runtime.
//!
//! There is one implementation of a call, which is asynchronous. A blocking call polls it here: what
//! it sends with then blocks the thread, instead of handing it back, and its waits park it.

#[cfg(feature = "blocking")]
pub(crate) use driver::{drive, is_here, wait};

/// Whether the code that asks is polled by a blocking call, so that it may block its thread.
#[cfg(not(feature = "blocking"))]
pub(crate) fn is_here() -> bool {
    false
}

#[cfg(feature = "blocking")]
mod driver {
    use std::cell::Cell;
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};
    use std::time::{Duration, Instant};

    thread_local! {
        static HERE: Cell<Option<Turn>> = const { Cell::new(None) };
    }

    /// What is known while a blocking call polls.
    #[derive(Clone, Copy, Default)]
    struct Turn {
        /// When to poll again, even if nobody wakes the thread.
        again: Option<Instant>,
    }

    /// Whether the code that asks is polled by a blocking call, so that it may block its thread.
    pub(crate) fn is_here() -> bool {
        HERE.get().is_some()
    }

    /// Polls `future` to its end. In between, the thread is parked until another one wakes it, or a
    /// [`wait`] is over.
    ///
    /// Nothing else is polled in that time. So within an async runtime, `future` must not wait for
    /// a task of that runtime: with all its threads parked, that would wait for ever.
    pub(crate) fn drive<F: Future>(future: F) -> F::Output {
        let signal = Arc::new(Signal {
            thread: thread::current(),
            woken: AtomicBool::new(false),
        });
        let waker = Waker::from(Arc::clone(&signal));
        let mut context = Context::from_waker(&waker);
        let mut future = pin!(future);
        loop {
            let here = Here::enter();
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            let again = here.leave();
            // Others may park and unpark this thread too, hence the mark.
            while !signal.woken.swap(false, Ordering::Acquire) {
                match again.map(|again| again.saturating_duration_since(now())) {
                    None => thread::park(),
                    Some(Duration::ZERO) => break,
                    Some(left) => thread::park_timeout(left),
                }
            }
        }
    }

    /// Waits for this long, in a future that [`drive`] polls. It holds nothing up that is polled beside
    /// it.
    pub(crate) async fn wait(time: Duration) {
        // So late that no clock can count it is never.
        let end = now().checked_add(time);
        poll_fn(|_| {
            if end.is_some_and(|end| end <= now()) {
                return Poll::Ready(());
            }
            if let (Some(turn), Some(end)) = (HERE.get(), end) {
                let again = Some(turn.again.map_or(end, |other| other.min(end)));
                HERE.set(Some(Turn { again }));
            }
            Poll::Pending
        })
        .await;
    }

    /// How long a thread is parked is the machine's affair: a client's clock may stand still.
    #[allow(clippy::disallowed_methods, reason = "parking knows no other time")]
    fn now() -> Instant {
        Instant::now()
    }

    struct Signal {
        thread: Thread,
        woken: AtomicBool,
    }

    impl Wake for Signal {
        fn wake(self: Arc<Self>) {
            self.wake_by_ref();
        }

        fn wake_by_ref(self: &Arc<Self>) {
            self.woken.store(true, Ordering::Release);
            self.thread.unpark();
        }
    }

    /// Marks the thread for as long as a poll takes, a panic included. Blocking calls may be nested:
    /// a source of keys may make some of its own.
    struct Here {
        before: Option<Turn>,
    }

    impl Here {
        fn enter() -> Self {
            Self {
                before: HERE.replace(Some(Turn::default())),
            }
        }

        /// When to poll again, if that was said.
        fn leave(self) -> Option<Instant> {
            HERE.get().and_then(|turn| turn.again)
        }
    }

    impl Drop for Here {
        fn drop(&mut self) {
            HERE.set(self.before);
        }
    }
}
