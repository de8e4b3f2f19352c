//! The built-in transport on its way: proxies, certificates, connections, compressed answers. The
//! other ends are real and on this machine.

#[path = "transport/compressed.rs"]
mod compressed;
#[path = "transport/connections.rs"]
mod connections;
#[path = "transport/environment.rs"]
mod environment;
#[path = "transport/keys.rs"]
mod keys;
#[path = "transport/proxies.rs"]
mod proxies;
#[path = "transport/tls.rs"]
mod tls;
#[path = "transport/urls.rs"]
mod urls;
