//! A call made of what must not be shown, and a look at what is shown.
//!
//! Words in capitals that begin with `HUSH` stand for what must not be shown, and so does the number
//! of a phone.

use std::error::Error as _;

use alibabacloud_cams::chat_groups::{DeleteChatGroupRequest, DeleteChatGroupResponse};
use alibabacloud_cams::{Builder, Client, Credentials, Error, RetryPolicy};

use crate::client::bounded;

/// An access key ID.
pub const KEY_ID: &str = "LTAI5tHUSHKEYHUSH";
/// An access key secret.
pub const SECRET: &str = "HUSHSECRET";
/// A security token.
pub const TOKEN: &str = "HUSHTOKEN";
/// The number of a phone.
pub const PHONE: &str = "8613800001111";
const GROUP: &str = "HUSHGROUP";
const SPACE: &str = "HUSHSPACE";

/// The documented answer of success.
pub const SUCCESS: &str = r#"{"AccessDeniedDetail":"None","Message":"None","RequestId":"90E63D28-E31D-1EB2-8939-A94866411B2O","Code":"OK","Success":true,"Result":1}"#;

/// A request of nothing else.
pub fn request() -> DeleteChatGroupRequest {
    DeleteChatGroupRequest::builder()
        .business_number(PHONE)
        .cust_space_id(SPACE)
        .group_id(GROUP)
        .build()
}

/// A client with such keys, for a server at this address, that repeats nothing.
pub fn builder(url: &str) -> Builder<Client> {
    Client::builder()
        .credentials(Credentials::temporary(KEY_ID, SECRET, TOKEN))
        .endpoint(url)
        .allow_http(true)
        .retry(RetryPolicy::off())
}

/// Makes the call.
///
/// # Errors
///
/// Those of the call.
pub async fn call(client: &Client) -> Result<DeleteChatGroupResponse, Error> {
    bounded(client.delete_chat_group(request())).await
}

/// Makes the call in the other way.
///
/// # Errors
///
/// Those of the call.
pub fn call_blocking(client: &Client) -> Result<DeleteChatGroupResponse, Error> {
    client.delete_chat_group(request()).send_blocking()
}

/// Everything that an error shows by itself.
pub fn shown(error: &Error) -> String {
    let mut shown = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!("\n{cause}\n{cause:?}"));
        source = cause.source();
    }
    shown
}

/// Holds that nothing in a text is what must not be shown.
#[track_caller]
pub fn assert_hushed(name: &str, shown: &str) {
    for hidden in ["HUSH", PHONE, "BusinessNumber", "authorization"] {
        assert!(!shown.contains(hidden), "{name}: {hidden} in {shown}");
    }
}
