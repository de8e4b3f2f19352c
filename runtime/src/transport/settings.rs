//! What a built-in transport is made by.

use std::time::Duration;

use super::{Certificate, Identity, Proxy};

/// What a client's builder, or a source of keys, decides for the transport that it makes. It names no
/// HTTP library, so that each built-in transport takes the same.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) allow_http: bool,
    /// Those of the environment if none is set.
    pub(crate) proxy: Option<Proxy>,
    /// Trusted besides those of the system.
    pub(crate) root_certificates: Vec<Certificate>,
    pub(crate) identity: Option<Identity>,
}
