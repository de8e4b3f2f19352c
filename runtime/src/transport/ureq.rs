//! The transport over ureq, which blocks the thread that polls it. No other file than this and those
//! below names that crate.

use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};
use ureq::{Agent, Body, Timeout};

use super::certificates::is_refused;
use super::{
    LONGEST, Request, Response, Settings, Transport, TransportError, TransportErrorKind, proxy,
};
use crate::{BoxFuture, Error};

mod connect;
mod route;
mod tls;

use connect::{Connect, Later, Unconnected};
use route::Routes;
use tls::{Tls, Trust};

/// How long a connection is kept that nobody uses, as reqwest has it.
const IDLE: Duration = Duration::from_secs(90);

/// Sends requests with [ureq](https://docs.rs/ureq): the exchange is made while its future is polled,
/// which is ready at once. Clones share connections.
#[derive(Clone, Debug)]
pub(crate) struct UreqTransport {
    agent: Agent,
    routes: Routes,
}

impl UreqTransport {
    pub(crate) fn new(settings: &Settings) -> Result<Self, Error> {
        let mut trust = Trust::default();
        for certificate in &settings.root_certificates {
            trust.roots.extend(certificate.read()?);
        }
        if let Some(identity) = &settings.identity {
            trust.identity = Some(identity.read_der()?);
        }
        let connect = settings.connect_timeout.min(LONGEST);
        let silence = settings.read_timeout.min(LONGEST);
        let config = Agent::config_builder()
            .https_only(!settings.allow_http)
            // Any status is an answer.
            .http_status_as_error(false)
            // A signature holds for one host, and keys have no business anywhere else.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // It would read the environment by itself, in another way than the other transport.
            .proxy(None)
            .timeout_connect(Some(connect))
            .timeout_per_read(Some(silence))
            .timeout_per_write(Some(silence))
            // What it would name itself as to a proxy.
            .user_agent("")
            .max_idle_age(IDLE)
            .max_idle_connections(usize::MAX)
            .max_idle_connections_per_host(usize::MAX)
            .build();
        let given = trust.identity.is_some() || !trust.roots.is_empty();
        let tls = Tls::new(trust);
        // What was given is looked at before the first call.
        if given {
            tls.config().map_err(|error| {
                Error::configuration("TLS can't be set up with the certificates that were given")
                    .with_source(error)
            })?;
        }
        Ok(Self {
            agent: Agent::with_parts(config, Connect::new(tls), Later),
            routes: Routes::new(settings.proxy.as_ref(), |name| std::env::var(name).ok())?,
        })
    }

    fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        request.check_length()?;
        let uri: http::Uri = request.url.parse().map_err(|_| {
            TransportError::new(TransportErrorKind::Unsendable).with_source("its URL is none")
        })?;
        let limit = request.max_response_bytes;
        let proxy = self.routes.to(&uri).cloned();
        let mut outgoing = http::Request::new(&request.body[..]);
        *outgoing.method_mut() = request.method;
        *outgoing.uri_mut() = uri;
        *outgoing.headers_mut() = request.headers;
        // Some servers refuse a POST without.
        let length = request.body.len().into();
        outgoing.headers_mut().insert(CONTENT_LENGTH, length);
        let gzip = HeaderValue::from_static("gzip");
        outgoing.headers_mut().insert(ACCEPT_ENCODING, gzip);
        let outgoing = self
            .agent
            .configure_request(outgoing)
            .proxy(proxy)
            .timeout_global(request.timeout.map(|timeout| timeout.min(LONGEST)))
            .build();

        let answer = self.agent.run(outgoing).map_err(before_answer)?;
        let (head, body) = answer.into_parts();
        match read(body, &head.headers, limit) {
            Ok(body) => Ok(Response {
                status: head.status,
                headers: head.headers,
                body,
            }),
            Err(error) => Err(error.with_answer(head.status, head.headers)),
        }
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move { self.exchange(request) })
    }
}

/// Reads the body, but not past `limit`: the length that an answer claims proves nothing.
fn read(body: Body, headers: &HeaderMap, limit: usize) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::too_large(limit);
    // There is none for what is unpacked.
    let claimed = headers.get(CONTENT_LENGTH);
    let claimed = claimed.and_then(|length| length.to_str().ok()?.parse().ok());
    if claimed.is_some_and(|length: u64| length > limit as u64) {
        return Err(too_large());
    }
    let mut whole = Vec::new();
    // One more tells whether there is more.
    let mut reader = body.into_reader().take((limit as u64).saturating_add(1));
    reader
        .read_to_end(&mut whole)
        .map_err(|error| within_body(error.into()))?;
    if whole.len() > limit {
        return Err(too_large());
    }
    Ok(whole.into())
}

/// Classifies what went wrong before an answer began. In doubt, the request may have arrived.
fn before_answer(error: ureq::Error) -> TransportError {
    use ureq::Error as E;

    let kind = match error {
        E::Other(inner) => match inner.downcast::<Unconnected>() {
            Ok(unconnected) => return no_connection(unconnected.0),
            Err(other) => {
                return TransportError::new(TransportErrorKind::Other).with_source(other);
            }
        },
        E::Timeout(_) => TransportErrorKind::Timeout,
        // In TLS 1.3, a server may refuse the client's certificate once the client has begun to send.
        // It says so in an alert instead of reading any further.
        E::Io(ref error) if is_alert(error) => TransportErrorKind::Certificate,
        // Not too large as a body is, which has a bound that can be raised. reqwest takes it so as well.
        E::Io(_) | E::Protocol(_) | E::LargeResponseHeader(..) => TransportErrorKind::Interrupted,
        E::TlsRequired | E::ConnectionFailed => TransportErrorKind::Connect,
        E::Http(_) | E::BadUri(_) | E::RequireHttpsOnly(_) => TransportErrorKind::Unsendable,
        _ => TransportErrorKind::Other,
    };
    caused(kind, error)
}

fn is_alert(error: &std::io::Error) -> bool {
    let said = error.to_string();
    is_refused(&said) && said.to_ascii_lowercase().contains("alert")
}

fn no_connection(error: ureq::Error) -> TransportError {
    let kind = match &error {
        ureq::Error::Timeout(_) => TransportErrorKind::ConnectTimeout,
        ureq::Error::ConnectProxyFailed(said) => {
            let said = match said {
                said if said.contains("407") => proxy::WANTS_A_USER,
                said if said.ends_with("not respond") => proxy::CLOSED,
                _ => proxy::REFUSES,
            };
            return TransportError::new(TransportErrorKind::Connect).with_source(said);
        }
        other if is_refused(&other.to_string()) => TransportErrorKind::Certificate,
        _ => TransportErrorKind::Connect,
    };
    caused(kind, error)
}

fn within_body(error: ureq::Error) -> TransportError {
    let kind = match error {
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        _ => TransportErrorKind::Body,
    };
    caused(kind, error)
}

/// A failure with what is known of its cause, but for URLs, which may hold anything.
fn caused(kind: TransportErrorKind, error: ureq::Error) -> TransportError {
    use ureq::Error as E;

    let failed = TransportError::new(kind);
    match error {
        E::Io(error) => failed.with_source(error),
        E::Other(error) => failed.with_source(error),
        E::BadUri(_) => failed.with_source("its URL can't be used"),
        E::RequireHttpsOnly(_) => failed.with_source("plain http isn't allowed"),
        E::Timeout(Timeout::PerRead | Timeout::PerWrite) => {
            failed.with_source("the other end was silent for too long")
        }
        other => failed.with_source(other.to_string()),
    }
}
