//! One question to a source of keys, for which any number of callers wait.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use crate::{Credentials, Error};

/// How it ended.
#[derive(Clone)]
pub(super) enum Landing {
    Keys(Credentials),
    Failed(Arc<Error>),
    Abandoned,
}

#[derive(Default)]
pub(super) struct Flight(Mutex<State>);

#[derive(Default)]
struct State {
    landing: Option<Landing>,
    waiting: Vec<Waker>,
}

impl Flight {
    /// Waits for the end.
    pub(super) async fn landing(&self) -> Landing {
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(landing) = &state.landing {
                return Poll::Ready(landing.clone());
            }
            let waker = context.waker();
            if !state.waiting.iter().any(|other| other.will_wake(waker)) {
                state.waiting.push(waker.clone());
            }
            Poll::Pending
        })
        .await
    }

    /// Ends it, and wakes all who wait.
    pub(super) fn land(&self, landing: Landing) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.landing = Some(landing);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}
