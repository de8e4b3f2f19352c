//! Connections are dear: what may have one again in a moment waits for it.
//!
//! When an exchange ends, a task in the background hands its connection back to the pool. A call that
//! comes at once may find the pool still empty; the HTTP library then opens another connection, and
//! keeps it even if the first one was taken in the end. So a new connection begins a little later where
//! one should be on its way back, and not at all if it is no longer asked for by then.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

use crate::BoxFuture;

/// How long a connection may take to come back, on a machine that is busy. Most come at once, and
/// whoever waits then has it at once; this passes only if it died meanwhile.
const GRACE: Duration = Duration::from_millis(50);
/// How long after the end of an exchange a connection may still be on its way.
const RECENT: Duration = Duration::from_millis(100);

tokio::task_local! {
    /// Set while an exchange asks for a connection: whether there should be one for it. The HTTP
    /// library polls what connects within the exchange, and moves it into a task of its own once the
    /// exchange has another connection.
    static ASKING: bool;
}

/// What is known of a client's connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Reuse(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// How many are in the pool or on their way to it, if none has died.
    spare: usize,
    /// When the last exchange ended.
    ended: Option<Instant>,
}

impl Reuse {
    /// Runs an exchange up to its answer.
    pub(super) async fn asking<F: Future>(&self, exchange: F) -> F::Output {
        ASKING.scope(self.take(), exchange).await
    }

    /// Notes that an exchange has ended, and left its connection open.
    pub(super) fn ended(&self) {
        let mut known = self.lock();
        known.spare += 1;
        known.ended = Some(Instant::now());
    }

    /// Whether there should be a connection for one more exchange, which it is then.
    fn take(&self) -> bool {
        let mut known = self.lock();
        let recent = known.ended.is_some_and(|ended| ended.elapsed() < RECENT);
        let spare = known.spare > 0;
        known.spare = known.spare.saturating_sub(1);
        spare && recent
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S> Layer<S> for Reuse {
    type Service = Patient<S>;

    fn layer(&self, inner: S) -> Patient<S> {
        Patient(inner)
    }
}

/// What connects, but not before its time.
#[derive(Clone, Debug)]
pub(super) struct Patient<S>(S);

impl<S, R> Service<R> for Patient<S>
where
    S: Service<R, Error = Box<dyn StdError + Send + Sync>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        // Nothing happens before it is polled.
        let connecting = self.0.call(request);
        Box::pin(async move {
            if ASKING.try_with(|spare| *spare).unwrap_or(false) {
                tokio::time::sleep(GRACE).await;
                if ASKING.try_with(|_| ()).is_err() {
                    return Err("another connection came back in time".into());
                }
            }
            connecting.await
        })
    }
}
