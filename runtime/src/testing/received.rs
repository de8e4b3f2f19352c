//! A request that a script has seen.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use super::Mismatch;
use crate::model::{Json, Open};
use crate::sign::{SigningRequest, sha256, sign};
use crate::transport::Request;
use crate::{Credentials, Operation, encode};

/// A request as it was handed to the transport, with its parameters decoded.
///
/// `Debug` names parameters and headers, and shows no value of them.
#[derive(Clone)]
pub struct Received {
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Bytes,
    timeout: Option<Duration>,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
}

impl Received {
    pub(super) fn new(request: &Request) -> Self {
        let query = request.url.split_once('?').map_or("", |(_, query)| query);
        Self {
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
            timeout: request.timeout,
            query: pairs(query),
            form: pairs(&String::from_utf8_lossy(&request.body)),
        }
    }

    /// The name of the operation.
    pub fn action(&self) -> &str {
        self.header("x-acs-action").unwrap_or_default()
    }

    /// The version of the API.
    pub fn version(&self) -> &str {
        self.header("x-acs-version").unwrap_or_default()
    }

    /// The value of a parameter by its name on the wire, wherever it travels.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters().find(|(known, _)| *known == name)?;
        Some(found.1)
    }

    /// The parameters of the query, then those of the form body, as they travel: sorted by name.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let both = self.query.iter().chain(&self.form);
        both.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The parameters of the query.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The parameters of the form body.
    pub fn form(&self) -> &[(String, String)] {
        &self.form
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The body, byte by byte.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How long this attempt may take, where there is a limit.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// The request that was sent, read back from its parameters.
    ///
    /// [Extra parameters](crate::Call::query) are passed over.
    ///
    /// # Errors
    ///
    /// When this is a request of another operation, lacks what is required, or has a parameter that
    /// doesn't fit. The text names it and shows no value.
    pub fn parse<O: Operation + DeserializeOwned>(&self) -> Result<O, Mismatch> {
        if self.action() != O::ACTION {
            let action = self.action();
            let wanted = O::ACTION;
            return Err(Mismatch(format!(
                "this is a request of {action}, not of {wanted}"
            )));
        }
        let mut blank = O::blank();
        let mut members = serde_json::Map::new();
        for (index, field) in O::FIELDS.iter().enumerate() {
            let Some(text) = self.parameter(field.wire) else {
                continue;
            };
            let value = match blank.get_mut(index).open() {
                Open::Closed | Open::Text(_) => Json::from(text),
                _ => serde_json::from_str(text)
                    .map_err(|_| Mismatch(format!("the parameter `{}` isn't JSON", field.wire)))?,
            };
            members.insert(field.wire.to_owned(), value);
        }
        O::deserialize(Json::Object(members))
            .map_err(|error| Mismatch(format!("the request can't be read: {error}")))
    }

    /// Works the signature out once more, as the service does it with the keys that it knows.
    ///
    /// # Errors
    ///
    /// When it was made with other keys, doesn't fit the request, or leaves out what has to be signed.
    pub fn verify_signature(&self, credentials: &Credentials) -> Result<(), Mismatch> {
        let wrong = |what: &str| Err(Mismatch(format!("the signature doesn't hold: {what}")));
        let given = self.header("authorization").unwrap_or_default();
        let names = given
            .split_once("SignedHeaders=")
            .and_then(|(_, rest)| rest.split_once(','))
            .map_or("", |(names, _)| names);
        let mut signed: BTreeMap<&str, &str> = BTreeMap::new();
        for name in names.split(';').filter(|name| !name.is_empty()) {
            match self.header(name) {
                Some(value) => signed.insert(name, value),
                None => return wrong("it signs a header that isn't there"),
            };
        }
        for name in self.headers.keys().map(http::HeaderName::as_str) {
            let needed = name.starts_with("x-acs-") || matches!(name, "host" | "content-type");
            if needed && !signed.contains_key(name) {
                return wrong(&format!("the header `{name}` isn't signed"));
            }
        }
        let hash = sha256(&self.body);
        if self.header("x-acs-content-sha256") != Some(&hash) {
            return wrong("`x-acs-content-sha256` isn't the hash of the body");
        }
        if self.header("x-acs-security-token") != credentials.security_token() {
            return wrong("the security token is another");
        }
        let headers: Vec<(&str, &str)> = signed.into_iter().collect();
        let expected = sign(
            &SigningRequest {
                method: self.method.as_str(),
                path: "/",
                query: &encode::query(&self.query),
                headers: &headers,
                payload_sha256: &hash,
            },
            credentials,
        );
        if expected.authorization != given {
            return wrong("it was made with other keys, or of another request");
        }
        Ok(())
    }
}

/// The pairs of a query or a form, decoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters: Vec<&str> = self.parameters().map(|(name, _)| name).collect();
        let headers: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Received")
            .field("action", &self.action())
            .field("parameters", &parameters)
            .field("headers", &headers)
            .field("body_bytes", &self.body.len())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
