//! The transport over reqwest. No other file names that crate.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH};
use http::{HeaderMap, Version};
use reqwest::redirect;
#[cfg(not(feature = "native-tls"))]
use zeroize::Zeroizing;

use self::reuse::Reuse;
use self::urls::Urls;
use super::certificates::is_refused;
use super::{
    Identity, LONGEST, Proxy, Request, Response, Settings, Transport, TransportError,
    TransportErrorKind, proxy,
};
use crate::clock::Sleep;
use crate::{BoxFuture, Error, blocking};

mod reuse;
mod urls;

/// Sends requests with [reqwest](https://docs.rs/reqwest), inside a Tokio runtime that has I/O
/// and time enabled.
///
/// Connections are kept open and shared by clones. Unless the builder is given a
/// [proxy](crate::Builder::proxy), proxies are taken from the environment, read when this is made;
/// an endpoint on this machine is never called through one of those. Answers may come compressed
/// with gzip; what they are limited to counts for what they unpack to.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    reuse: Reuse,
    urls: Urls,
}

impl ReqwestTransport {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let reuse = Reuse::default();
        let mut builder = tls_backend(reqwest::Client::builder())?
            .connect_timeout(settings.connect_timeout.min(LONGEST))
            .read_timeout(settings.read_timeout.min(LONGEST))
            .https_only(!settings.allow_http)
            // A signature holds for one host, and keys have no business anywhere else.
            .redirect(redirect::Policy::none())
            // Repeating is decided above, where it is known what a repetition may do, and each
            // attempt is signed anew.
            .retry(reqwest::retry::never())
            .connector_layer(reuse.clone());
        if let Some(proxy) = &settings.proxy {
            builder = through(builder, proxy)?;
        }
        let mut roots = Vec::new();
        for certificate in &settings.root_certificates {
            for der in certificate.read()? {
                roots.push(reqwest::Certificate::from_der(&der).map_err(unusable)?);
            }
        }
        if !roots.is_empty() {
            builder = builder.tls_certs_merge(roots);
        }
        if let Some(identity) = &settings.identity {
            builder = builder.identity(client_certificate(identity)?);
        }
        let client = builder.build().map_err(unusable)?;
        Ok(Self {
            client,
            reuse,
            urls: Urls::default(),
        })
    }
}

/// Settles what does TLS: another crate of the program may have turned on more of it in the HTTP
/// library.
#[cfg(feature = "native-tls")]
fn tls_backend(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder.tls_backend_native())
}

#[cfg(all(feature = "reqwest", not(feature = "native-tls")))]
fn tls_backend(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    Ok(builder.tls_backend_rustls())
}

#[cfg(not(any(feature = "reqwest", feature = "native-tls")))]
fn tls_backend(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, Error> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(Error::configuration(
            "there is no cryptography for TLS: with the feature `rustls-no-provider`, install a \
             provider first, as in `rustls::crypto::ring::default_provider().install_default()`, or \
             take the feature `reqwest`, which brings one",
        ));
    }
    Ok(builder.tls_backend_rustls())
}

#[cfg(feature = "native-tls")]
fn client_certificate(identity: &Identity) -> Result<reqwest::Identity, Error> {
    let parts = identity.read()?;
    reqwest::Identity::from_pkcs8_pem(&parts.certificates, &parts.key).map_err(|error| {
        Error::configuration(
            "the client certificate can't be used: the system's TLS takes a key with `-----BEGIN \
             PRIVATE KEY-----`, which is PKCS#8, and it must belong to the certificate",
        )
        .with_source(error)
    })
}

#[cfg(not(feature = "native-tls"))]
fn client_certificate(identity: &Identity) -> Result<reqwest::Identity, Error> {
    let parts = identity.read()?;
    let pem = Zeroizing::new([&parts.certificates[..], &parts.key].concat());
    reqwest::Identity::from_pem(&pem).map_err(unusable)
}

/// Takes this proxy and no other.
fn through(
    builder: reqwest::ClientBuilder,
    proxy: &Proxy,
) -> Result<reqwest::ClientBuilder, Error> {
    let builder = builder.no_proxy();
    let Some(server) = proxy.server()? else {
        return Ok(builder);
    };
    let url = format!("{}://{}", server.scheme, server.authority);
    let proxy = reqwest::Proxy::all(url).map_err(|error| {
        Error::configuration("the proxy can't be used").with_source(error.without_url())
    })?;
    let proxy = match &server.user {
        Some((user, password)) => proxy.basic_auth(user, password),
        None => proxy,
    };
    let direct = reqwest::NoProxy::from_string(&server.no_proxy.join(","));
    Ok(builder.proxy(proxy.no_proxy(direct)))
}

fn unusable(error: reqwest::Error) -> Error {
    Error::configuration(
        "the HTTP client can't be set up: the certificates that were given, or the TLS settings of \
         this machine?",
    )
    .with_source(error.without_url())
}

impl ReqwestTransport {
    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        request.check_length()?;
        let unsendable =
            |why| Err(TransportError::new(TransportErrorKind::Unsendable).with_source(why));
        // With its thread parked, the runtime might not get to what this would wait for.
        if blocking::is_here() {
            return unsendable(
                "the transport over reqwest has to be awaited: await the call, or make the client \
                 without giving it a transport",
            );
        }
        // Outside of one, the HTTP library panics.
        if tokio::runtime::Handle::try_current().is_err() {
            return unsendable("there is no Tokio runtime here: make the call inside one");
        }
        let limit = request.max_response_bytes;
        let mut headers = request.headers;
        // The HTTP library leaves the length of an empty body out, and some servers refuse a POST
        // without.
        headers.insert(CONTENT_LENGTH, request.body.len().into());
        let url = self.urls.parse(&request.url).map_err(|error| {
            TransportError::new(TransportErrorKind::Unsendable).with_source(error)
        })?;
        let mut sent = reqwest::Request::new(request.method, url);
        // All that there are: its builder would put one after the other into a map of its own.
        *sent.headers_mut() = headers;
        *sent.body_mut() = Some(request.body.into());
        *sent.timeout_mut() = request.timeout.map(|timeout| timeout.min(LONGEST));

        let answer = self.reuse.asking(self.client.execute(sent)).await;
        let mut answer = answer.map_err(before_answer)?;
        let status = answer.status();
        let version = answer.version();
        let headers = std::mem::take(answer.headers_mut());
        let body = read(&mut answer, limit).await;
        if body.is_ok() && kept(version, &headers) {
            self.reuse.ended();
        }
        match body {
            Ok(body) => Ok(Response {
                status,
                headers,
                body,
            }),
            Err(error) => Err(error.with_answer(status, headers)),
        }
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    /// Takes a client as it is set up. It should follow no redirects and retry nothing by itself
    /// (`redirect::Policy::none()`, `retry::never()`); timeouts are its own matter too.
    fn from(client: reqwest::Client) -> Self {
        Self {
            client,
            reuse: Reuse::default(),
            urls: Urls::default(),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        Some(Box::new(TokioSleep))
    }
}

/// Waits with the Tokio runtime that the exchange ran in.
#[derive(Debug)]
pub(super) struct TokioSleep;

impl Sleep for TokioSleep {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        // Made when it is polled: in the runtime, as the exchange before it was.
        Box::pin(async move {
            // Outside of one, Tokio panics. What follows the wait can't be sent there, and says so.
            if tokio::runtime::Handle::try_current().is_ok() {
                tokio::time::sleep(time).await;
            }
        })
    }
}

/// Whether the connection is open for more.
fn kept(version: Version, headers: &HeaderMap) -> bool {
    let said = headers.get(CONNECTION).map(|said| said.as_bytes());
    version == Version::HTTP_11 && !said.is_some_and(|said| said.eq_ignore_ascii_case(b"close"))
}

/// Reads the body, but not past `limit`: the length that an answer claims proves nothing.
async fn read(answer: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::too_large(limit);
    if answer
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(too_large());
    }
    // Most answers are one chunk, which is then passed on without a copy.
    let Some(first) = answer.chunk().await.map_err(within_body)? else {
        return Ok(Bytes::new());
    };
    let mut whole: Option<BytesMut> = None;
    let mut length = first.len();
    while length <= limit {
        let Some(next) = answer.chunk().await.map_err(within_body)? else {
            return Ok(whole.map_or(first, BytesMut::freeze));
        };
        length = length.saturating_add(next.len());
        whole
            .get_or_insert_with(|| BytesMut::from(&first[..]))
            .extend_from_slice(&next);
    }
    Err(too_large())
}

/// Classifies what went wrong before an answer began. In doubt, the request may have arrived.
fn before_answer(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let innermost = innermost(&error);
    let kind = if error.is_builder() {
        TransportErrorKind::Unsendable
    } else if error.is_connect() && error.is_timeout() {
        TransportErrorKind::ConnectTimeout
    } else if is_refused(&innermost)
        && (error.is_connect() || innermost.to_ascii_lowercase().contains("alert"))
    {
        // In TLS 1.3 a server may refuse the client's certificate after the client has begun to send.
        // It says so in an alert instead of reading any further.
        TransportErrorKind::Certificate
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_request() {
        TransportErrorKind::Interrupted
    } else {
        TransportErrorKind::Other
    };
    let failed = TransportError::new(kind);
    match of_proxy(&innermost) {
        Some(said) if error.is_connect() => failed.with_source(said),
        _ => failed.with_source(error),
    }
}

/// The words of the cause of all causes.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn StdError = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// What the HTTP library says of proxies that refuse is short.
fn of_proxy(said: &str) -> Option<&'static str> {
    match said {
        "tunnel error: proxy authorization required" => Some(proxy::WANTS_A_USER),
        "tunnel error: unsuccessful" => Some(proxy::REFUSES),
        "tunnel error: unexpected end of file" => Some(proxy::CLOSED),
        _ => None,
    }
}

fn within_body(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Body
    };
    TransportError::new(kind).with_source(error.without_url())
}
