//! A client of a server on this machine, and a call for it to make.

use std::time::Duration;

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use alibabacloud_cams::{Builder, Client, Credentials, RetryPolicy};

use crate::server::Server;

/// What the recordings are signed with; it opens nothing.
pub const KEYS: [&str; 2] = ["testid", "testsecret"];

/// A client to be built, with these keys, that repeats nothing.
pub fn builder(server: &Server) -> Builder<Client> {
    Client::builder()
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .endpoint(server.url())
        .allow_http(true)
        .retry(RetryPolicy::off())
}

/// A client with these keys, that repeats nothing.
pub fn client(server: &Server) -> Client {
    builder(server).build().expect("a client")
}

/// A request that has what is required.
pub fn request() -> DeleteChatGroupRequest {
    DeleteChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .group_id("E39901")
        .build()
}

/// The body of a success.
pub const OK: &str = r#"{"Code":"OK"}"#;

/// Waits for a call, but not for ever.
///
/// # Panics
///
/// When it takes more than half a minute.
pub async fn bounded<F: IntoFuture>(call: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(30), call.into_future())
        .await
        .expect("an end within half a minute")
}
