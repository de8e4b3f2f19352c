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

pub(super) struct Flight {
    /// Whether a blocking call asks, which comes to an end by itself.
    pub(super) blocking: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    landing: Option<Landing>,
    waiting: Vec<Waker>,
}

impl Flight {
    pub(super) fn new(blocking: bool) -> Self {
        Self {
            blocking,
            state: Mutex::default(),
        }
    }

    /// Waits for the end.
    pub(super) async fn landing(&self) -> Landing {
        poll_fn(|context| {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
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
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.landing = Some(landing);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}
