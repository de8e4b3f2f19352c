//! The client under every generated one.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::clock::{Clock, Sleep};
use crate::credentials::ProvideCredentials;
use crate::endpoint::Endpoint;
use crate::limit::Limiter;
use crate::nonce::NonceSource;
use crate::observe::Observers;
use crate::retry::{Budget, Jitter, Skew};
use crate::transport::Transport;
use crate::{Call, Operation, RetryPolicy, Service};

/// Everything that calls share: keys, endpoint, connections.
///
/// A generated crate wraps this into its own `Client` and makes it with a
/// [`Builder`](crate::Builder). Cheap to clone; clones share connections, the budget for
/// repetitions, the rate limits and what was learnt about this machine's clock.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

/// A client as it was built. Afterwards only `budget`, `skew` and `limiter` change.
pub(crate) struct Inner {
    pub(crate) service: &'static Service,
    pub(crate) endpoint: Endpoint,
    pub(crate) credentials: Box<dyn ProvideCredentials>,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) nonce: Box<dyn NonceSource>,
    /// What waits between attempts, if there is anything.
    pub(crate) sleep: Option<Arc<dyn Sleep>>,
    pub(crate) jitter: Box<dyn Jitter>,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) skew: Skew,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) observers: Observers,
    pub(crate) user_agent: HeaderValue,
    pub(crate) timeout: Option<Duration>,
    pub(crate) max_response_bytes: usize,
    pub(crate) max_url_bytes: usize,
}

impl Client {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Prepares a call. Nothing is sent before it is awaited, or made in the blocking way.
    pub fn call<O: Operation>(&self, request: O) -> Call<'_, O> {
        Call::new(self, request)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl fmt::Debug for Client {
    /// Where requests go and where keys come from; not the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("product", &self.0.service.product)
            .field("version", &self.0.service.version)
            .field("endpoint", &self.0.endpoint)
            .field("credentials", &self.0.credentials.name())
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}
