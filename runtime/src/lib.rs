//! What the generated, unofficial Alibaba Cloud clients have in common: signing, keys, sending,
//! errors, and the data model that their types rest on.
//!
//! Applications name the generated crate, which re-exports what a caller needs from here. Name this
//! crate directly to write a [transport](transport::Transport) or a
//! [source of keys](credentials::ProvideCredentials) of your own.
//!
//! A call passes through these rooms, each of which knows only its own matter:
//!
//! | room | what it does |
//! |---|---|
//! | [`model`] | turns a request into parameters, and JSON into a response |
//! | [`Call`] | one call and its options; typed at both ends, the same code for every operation between |
//! | [`Pages`], [`Items`] | the calls for one page of a listing after the other |
//! | [`RetryPolicy`] | when a call is repeated, after what wait, and when it ends |
//! | [`RateLimits`] | how many calls are made within a second |
//! | [`credentials`], [`clock`], [`nonce`] | everything that an attempt takes from outside |
//! | [`encode`], [`sign`] | pure functions: the same input gives the same bytes |
//! | [`observe`] | what is told of all this to whoever looks |
//! | [`transport`] | one HTTP exchange, no opinion about its meaning |
//! | [`Error`] | what went wrong, and whether the request may have been carried out nevertheless |
//!
//! The crate names no service and no operation: a generated crate declares those through
//! [`Service`] and [`Operation`].
//!
//! # Features
//!
//! - `reqwest`: the transport over [reqwest](https://docs.rs/reqwest), used unless another is given,
//!   for calls and for [sources of keys](credentials::Providers) on the network. It needs a Tokio
//!   runtime to run in. TLS is rustls with aws-lc-rs.
//! - `rustls-no-provider`: the same transport, with the cryptography of the provider that the program
//!   installs as rustls' default before it builds a client; one beside `reqwest` is used as well.
//! - `native-tls`: the same transport, with the system's TLS, whatever else is on. Calls that block have
//!   rustls nevertheless.
//! - `blocking`: calls that block their thread, [`Call::send_blocking`] and its siblings, over
//!   [ureq](https://docs.rs/ureq) with rustls and aws-lc-rs. No async runtime comes with it. Clients
//!   that have both send what is awaited over the one, and what blocks over the other. A provider that
//!   the program has installed comes before aws-lc-rs.
//! - `testing`: a transport that plays a script, for tests of code that makes calls.
//! - `tracing`: [spans](observe#spans) for calls and attempts.

use std::pin::Pin;

mod attempt;
mod blocking;
mod call;
mod client;
pub mod clock;
mod config;
pub mod credentials;
pub mod encode;
mod endpoint;
mod envelope;
mod error;
mod limit;
pub mod model;
pub mod nonce;
pub mod observe;
mod operation;
mod pages;
pub mod retry;
pub mod sign;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;

pub use call::Call;
pub use client::Client;
pub use config::Builder;
pub use credentials::Credentials;
pub use error::{Error, Result};
pub use limit::RateLimits;
pub use operation::{Operation, RateLimit, RetryClass, Service};
#[cfg(feature = "blocking")]
pub use pages::{BlockingItems, BlockingPages};
pub use pages::{Items, Pages, Paginated, Pagination};
pub use retry::RetryPolicy;

/// A future on the heap, as the object-safe traits of this crate return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
