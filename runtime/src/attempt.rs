//! Making a call: what stays the same from attempt to attempt, the attempts, and one of them.
//!
//! An attempt signs for itself, with keys, date and nonce of its own, so that whatever repeats
//! attempts repeats none of these. Only asking for keys, the rate limit, sending and the time between
//! attempts take waiting.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, header};

use crate::client::Inner;
use crate::error::Missed;
use crate::model::Parameters;
use crate::observe::Watch;
use crate::retry::{Answered, Retries, Terms};
use crate::sign::{SigningRequest, sign};
use crate::transport::{Request, Response, TransportError};
use crate::{
    BoxFuture, Credentials, Error, RateLimit, Result, RetryClass, RetryPolicy, clock, credentials,
    envelope,
};

mod keys;
mod outgoing;

use keys::Keys;
use outgoing::Outgoing;

/// A call as it was asked for, without its types.
pub(crate) struct Call {
    pub(crate) action: &'static str,
    pub(crate) version: &'static str,
    pub(crate) class: RetryClass,
    /// As it is documented.
    pub(crate) rate_limit: Option<RateLimit>,
    /// None is the client's.
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) parameters: Result<Parameters>,
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
}

/// Makes a call, and gives back an answer that reports success.
///
/// On the heap, so that the many futures that wait for this one are small.
pub(crate) fn call(client: &Inner, call: Call) -> BoxFuture<'_, Result<Answered>> {
    Box::pin(async move {
        let (action, class) = (call.action, call.class);
        let watch = Watch::new(client, action, class);
        let outcome = watch.within(attempts(client, call, &watch)).await;
        watch.ended(
            outcome.map_err(|error| error.during(action, class, client.endpoint.authority())),
        )
    })
}

async fn attempts(client: &Inner, call: Call, watch: &Watch<'_>) -> Result<Answered> {
    let mut retries = Retries::new(client, call.retry, call.class, call.timeout)?;
    let outgoing = Outgoing::new(client, call)?;
    let mut keys = Keys::new(client);
    loop {
        let terms = retries.begin();
        let attempt = attempt(client, &outgoing, &mut keys, terms);
        let error = match watch.attempt(attempt).await {
            Ok(answer) => return Ok(retries.succeeded(answer)),
            Err(error) => error,
        };
        // Later calls gain from it, even if this one ends.
        let renewed = if keys.refused_by(&error) && retries.may_go_on() {
            keys.renew(terms.deadline).await
        } else {
            Ok(false)
        };
        let wait = match renewed {
            Ok(renewed) => retries.failed(error, renewed)?,
            Err(why) => retries.failed(error.with_source(why), false)?,
        };
        watch.retrying(retries.last(), wait);
        if let Some(timer) = client.sleep.as_ref().filter(|_| !wait.is_zero()) {
            timer.sleep(wait).await;
        }
    }
}

async fn attempt(
    client: &Inner,
    outgoing: &Outgoing,
    keys: &mut Keys<'_>,
    terms: Terms,
) -> Result<Response> {
    // Before its turn: calls that waited for keys after it would begin together.
    let mut given = keys.get(terms.deadline).await?;
    if turn(client, outgoing, terms).await? && given.have_ended(client.clock.now()) {
        given = keys.get(terms.deadline).await?;
    }
    let request = prepare(client, outgoing, &given, terms)?;
    let outcome = conclude(client.transport.send(request).await);
    if let (Err(error), Some(queue)) = (&outcome, &outgoing.queue)
        && error.is_throttled()
        && let Some(wait) = error.retry_after()
        && wait <= client.retry.max_retry_after
    {
        queue.pause(&*client.clock, wait);
    }
    outcome
}

/// Waits until the rate limit lets an attempt begin, and says whether there is one.
async fn turn(client: &Inner, outgoing: &Outgoing, terms: Terms) -> Result<bool> {
    let (Some(queue), Some(sleep)) = (&outgoing.queue, &client.sleep) else {
        return Ok(false);
    };
    let turn = queue.turn(&*client.clock, &**sleep, terms.deadline);
    turn.await
        .map(|()| true)
        .map_err(|wait| Error::out_of_time(Missed::Turn(wait)))
}

/// Dates, signs and addresses a request.
fn prepare(
    client: &Inner,
    outgoing: &Outgoing,
    keys: &Credentials,
    terms: Terms,
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
    let nonce = client.nonce.next()?;

    // Exactly these are signed. `accept` and `user-agent` are not: proxies change them.
    let mut signed = vec![
        ("host", client.endpoint.authority()),
        ("x-acs-action", outgoing.action),
        ("x-acs-version", outgoing.version),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", &nonce),
        ("x-acs-content-sha256", &outgoing.body_sha256),
    ];
    if !outgoing.body.is_empty() {
        signed.push(("content-type", "application/x-www-form-urlencoded"));
    }
    if let Some(token) = keys.security_token() {
        signed.push(("x-acs-accesskey-id", keys.access_key_id()));
        signed.push(("x-acs-security-token", token));
    }
    let provider = client.credentials.name();
    if let Some(origin) = credentials::origin(provider, keys.security_token().is_some()) {
        signed.push(("x-acs-credentials-provider", origin));
    }
    let signature = sign(
        &SigningRequest {
            method: Method::POST.as_str(),
            path: "/",
            query: &outgoing.query,
            headers: &signed,
            payload_sha256: &outgoing.body_sha256,
        },
        keys,
    );

    let mut headers = HeaderMap::with_capacity(signed.len() + 3);
    for (name, value) in signed {
        headers.insert(name, value_of(name, value)?);
    }
    headers.insert(
        header::AUTHORIZATION,
        value_of("authorization", &signature.authorization)?,
    );
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
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

/// Says what came of an attempt.
fn conclude(outcome: std::result::Result<Response, TransportError>) -> Result<Response> {
    outcome.map_err(Error::transport).and_then(envelope::check)
}

fn value_of(name: &str, value: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        Error::configuration(format!(
            "the value of the header `{name}` has a character that none may have"
        ))
    })?;
    // HTTP libraries keep sensitive values out of their logs and out of shared compression.
    value.set_sensitive(matches!(name, "authorization" | "x-acs-security-token"));
    Ok(value)
}
