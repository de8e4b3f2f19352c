//! What a generated crate declares about a service and each of its operations.

use serde::de::DeserializeOwned;

use crate::model::Record;

/// A service as a generated crate declares it, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Service {
    /// Product code, as in `Cams`.
    pub product: &'static str,
    /// API version, sent as `x-acs-version`.
    pub version: &'static str,
    /// Host name; `{region}` stands for the region.
    pub host: &'static str,
    /// Region used when none is configured.
    pub region: &'static str,
    /// Name and version of the generated crate, for the `user-agent` header.
    pub user_agent: &'static str,
}

impl Service {
    /// Declares a service.
    pub const fn new(
        product: &'static str,
        version: &'static str,
        host: &'static str,
        region: &'static str,
        user_agent: &'static str,
    ) -> Self {
        Self {
            product,
            version,
            host,
            region,
            user_agent,
        }
    }
}

/// What may happen to a request whose fate is unknown. [`RetryPolicy`](crate::RetryPolicy) says what
/// that means for each failure.
///
/// The class is decided by a person in the description (`x-acs-retry`): the vendor's own labels
/// call some deletions reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryClass {
    /// Changes nothing: safe to repeat after any failure that may pass.
    Read,
    /// Messages a person or changes something: repeated only where it surely wasn't carried out.
    Send,
}

/// Calls that an account may make within one second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateLimit(pub u32);

/// A request that knows how to describe itself.
///
/// Generated code implements this with declarations only; everything an operation *does* is in
/// [`Client`](crate::Client), once for all of them.
pub trait Operation: Record + Send + Sync + 'static {
    /// What a successful call answers.
    type Response: DeserializeOwned + Send + 'static;

    /// The service that the operation belongs to.
    const SERVICE: &'static Service;
    /// The operation's name on the wire, sent as `x-acs-action`.
    const ACTION: &'static str;
    /// What may happen to a request whose fate is unknown.
    const RETRY: RetryClass;
    /// The documented rate limit, where there is one.
    const RATE_LIMIT: Option<RateLimit> = None;
}
