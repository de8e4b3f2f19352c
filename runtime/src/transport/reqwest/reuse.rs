//! Connections are dear: what may have one again in a moment waits for it.
//!
//! When an exchange ends, a task in the background hands its connection back to the pool. A call that
//! comes at once may find the pool still empty; the HTTP library then opens another connection, and
//! keeps it even if the first one was taken in the end. So a new connection begins a little later if an
//! exchange has just ended, and not at all if it is no longer asked for by then.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

use crate::BoxFuture;

/// How long a connection may take to come back, on a machine that is busy. Most come at once, and
/// whoever waits then has it at once.
const GRACE: Duration = Duration::from_millis(10);
/// How long after the end of an exchange its connection may be on its way.
const RECENT: Duration = Duration::from_millis(50);

tokio::task_local! {
    /// Set while an exchange asks for a connection. The HTTP library polls what connects within the
    /// exchange, and moves it into a task of its own once the exchange has another connection.
    static ASKING: ();
}

/// When the last exchange ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Reuse(Arc<Mutex<Option<Instant>>>);

impl Reuse {
    /// Runs an exchange up to its answer.
    pub(super) async fn asking<F: Future>(&self, exchange: F) -> F::Output {
        ASKING.scope((), exchange).await
    }

    /// Notes that an exchange has ended.
    pub(super) fn ended(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn is_recent(&self) -> bool {
        let ended = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ended.is_some_and(|ended| ended.elapsed() < RECENT)
    }
}

impl<S> Layer<S> for Reuse {
    type Service = Patient<S>;

    fn layer(&self, inner: S) -> Patient<S> {
        Patient {
            inner,
            reuse: self.clone(),
        }
    }
}

/// What connects, but not before its time.
#[derive(Clone, Debug)]
pub(super) struct Patient<S> {
    inner: S,
    reuse: Reuse,
}

impl<S, R> Service<R> for Patient<S>
where
    S: Service<R, Error = Box<dyn StdError + Send + Sync>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        // Nothing happens before it is polled.
        let connecting = self.inner.call(request);
        let wait = self.reuse.is_recent();
        Box::pin(async move {
            if wait {
                tokio::time::sleep(GRACE).await;
                if ASKING.try_with(|()| ()).is_err() {
                    return Err("another connection came back in time".into());
                }
            }
            connecting.await
        })
    }
}
