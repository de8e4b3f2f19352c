//! Temporary keys as the platform's services write them.

use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::Value;

use super::Credentials;
use crate::{Error, Result};

/// Reads `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and `Expiration` of an object.
pub(super) fn issued(what: &str, object: &Value) -> Result<Credentials> {
    let text = |name: &str| match object.get(name).and_then(Value::as_str) {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(Error::credentials(format!(
            "the answer of {what} lacks the text `{name}`"
        ))),
    };
    let keys = Credentials::temporary(
        text("AccessKeyId")?,
        text("AccessKeySecret")?,
        text("SecurityToken")?,
    );
    let end = time(text("Expiration")?).ok_or_else(|| {
        Error::credentials(format!(
            "the answer of {what} has an `Expiration` that is no time of ISO 8601"
        ))
    })?;
    Ok(keys.with_expiry(end))
}

/// Checks that `Code` says success, and reads the keys beside it.
pub(super) fn successful(what: &str, object: &Value) -> Result<Credentials> {
    match object.get("Code").and_then(Value::as_str) {
        Some("Success") => issued(what, object),
        Some(code) if is_code(code) => Err(Error::credentials(format!(
            "{what} answered with the code {code}"
        ))),
        _ => Err(Error::credentials(format!(
            "the answer of {what} has no code that says success"
        ))),
    }
}

pub(super) fn time(text: &str) -> Option<SystemTime> {
    text.parse::<Timestamp>().ok().map(SystemTime::from)
}

/// Whether a text looks like an error code, and may be shown.
pub(super) fn is_code(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.len() <= 64 && text.bytes().all(plain)
}
