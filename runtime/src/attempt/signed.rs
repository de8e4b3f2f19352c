//! A request as one attempt sends it: dated, signed, addressed.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::Outgoing;
use crate::client::Inner;
use crate::error::Missed;
use crate::retry::Terms;
use crate::sign::{SigningRequest, sign};
use crate::transport::Request;
use crate::{Credentials, Error, Result, clock, credentials};

const ACTION: HeaderName = HeaderName::from_static("x-acs-action");
const VERSION: HeaderName = HeaderName::from_static("x-acs-version");
const DATE: HeaderName = HeaderName::from_static("x-acs-date");
const NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
const ACCESS_KEY_ID: HeaderName = HeaderName::from_static("x-acs-accesskey-id");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");
const CREDENTIALS_PROVIDER: HeaderName = HeaderName::from_static("x-acs-credentials-provider");

/// With all of these, the `content-length` that a transport adds, and what isn't signed.
const MOST_HEADERS: usize = 14;

/// Dates, signs and addresses a request.
pub(super) fn signed(
    client: &Inner,
    outgoing: &Outgoing,
    keys: &Credentials,
    terms: &Terms,
) -> Result<Request> {
    let left = terms
        .deadline
        .map(|end| end.saturating_duration_since(client.clock.instant()));
    if left.is_some_and(|left| left.is_zero()) {
        return Err(Error::out_of_time(Missed::Sending));
    }
    let timeout = left.into_iter().chain(terms.timeout).min();
    keys.check().map_err(|problem| {
        Error::credentials(format!(
            "the keys from `{}`: {problem}",
            client.credentials.name()
        ))
    })?;
    let date = clock::date(client.clock.now(), terms.offset)?;
    let mut headers = HeaderMap::with_capacity(MOST_HEADERS);
    // Exactly these are signed. `accept` and `user-agent` are not: proxies change them.
    headers.insert(header::HOST, client.endpoint.host().clone());
    insert(&mut headers, ACTION, outgoing.action)?;
    insert(&mut headers, VERSION, outgoing.version)?;
    insert(&mut headers, DATE, date)?;
    insert(&mut headers, NONCE, client.nonce.next()?)?;
    insert(&mut headers, CONTENT_SHA256, outgoing.body_sha256.clone())?;
    if !outgoing.body.is_empty() {
        let form = "application/x-www-form-urlencoded";
        insert(&mut headers, header::CONTENT_TYPE, form)?;
    }
    if let Some(token) = keys.security_token() {
        insert(&mut headers, ACCESS_KEY_ID, keys.access_key_id().to_owned())?;
        insert(&mut headers, SECURITY_TOKEN, token.to_owned())?;
    }
    let provider = client.credentials.name();
    if let Some(origin) = credentials::origin(provider, keys.security_token().is_some()) {
        insert(&mut headers, CREDENTIALS_PROVIDER, origin)?;
    }
    let signature = sign(
        &SigningRequest {
            method: Method::POST.as_str(),
            path: "/",
            query: outgoing.query(),
            headers: &texts(&headers)?,
            payload_sha256: &outgoing.body_sha256,
        },
        keys,
    );
    insert(&mut headers, header::AUTHORIZATION, signature.authorization)?;
    insert(&mut headers, header::ACCEPT, "application/json")?;
    headers.insert(header::USER_AGENT, client.user_agent.clone());

    Ok(Request {
        method: Method::POST,
        url: outgoing.url.clone(),
        headers,
        body: outgoing.body.clone(),
        timeout,
        max_response_bytes: client.max_response_bytes,
    })
}

/// Adds a header, without a copy of its text.
fn insert(
    headers: &mut HeaderMap,
    name: HeaderName,
    text: impl Into<Cow<'static, str>>,
) -> Result<()> {
    let bytes = match text.into() {
        Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
        Cow::Owned(text) => Bytes::from(text),
    };
    let mut value = HeaderValue::from_maybe_shared(bytes).map_err(|_| not_a_text(&name))?;
    // HTTP libraries keep sensitive values out of their logs and out of shared compression.
    value.set_sensitive(name == header::AUTHORIZATION || name == SECURITY_TOKEN);
    headers.insert(name, value);
    Ok(())
}

/// Headers as they are signed.
fn texts(headers: &HeaderMap) -> Result<Vec<(&str, &str)>> {
    let mut texts = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        let text = value.to_str().map_err(|_| not_a_text(name))?;
        texts.push((name.as_str(), text));
    }
    Ok(texts)
}

fn not_a_text(name: &HeaderName) -> Error {
    Error::configuration(format!(
        "the value of the header `{name}` has a character that none may have"
    ))
}
