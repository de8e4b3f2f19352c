//! The transport of a script.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::answer::Played;
use super::state::State;
use super::{Mismatch, Received, ScriptTime};
use crate::BoxFuture;
use crate::clock::Sleep;
use crate::transport::{Request, Response, Transport, TransportError, TransportErrorKind};

/// Sends nothing, and answers as its [`Script`](super::Script) says. Its
/// [timer](Transport::timer) takes no time.
#[derive(Clone)]
pub struct ScriptTransport(pub(super) Arc<Shared>);

/// What a script and its transports have in common.
pub(super) struct Shared {
    pub(super) time: ScriptTime,
    state: Mutex<State>,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self {
            time: ScriptTime::new(),
            state: Mutex::default(),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn play(&self, request: &Request) -> Result<Played, Mismatch> {
        let received = Received::new(request);
        let (number, answer) = self.state().take(&received)?;
        // Not within the lock: it is the test's own function.
        let played = answer(&received).play(number, request.max_response_bytes);
        played.map_err(|Mismatch(problem)| {
            let problem = Mismatch(format!("request {number} has no answer: {problem}"));
            self.state().note(&problem);
            problem
        })
    }
}

impl Transport for ScriptTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let played = self.0.play(&request).map_err(|problem| {
                // Nothing is to be repeated: the test is wrong, or what it tests.
                TransportError::new(TransportErrorKind::Unsendable).with_source(problem)
            })?;
            let late = request
                .timeout
                .filter(|timeout| played.outcome.is_none() || played.delay >= *timeout);
            if let Some(timeout) = late {
                self.0.time.pass(timeout);
                return Err(TransportError::new(TransportErrorKind::Timeout));
            }
            self.0.time.pass(played.delay);
            match played.outcome {
                Some(outcome) => outcome,
                None => std::future::pending().await,
            }
        })
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        Some(Box::new(self.0.time.clone()))
    }
}

impl fmt::Debug for ScriptTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScriptTransport").finish_non_exhaustive()
    }
}
