//! One HTTP exchange: what goes out, what comes back, and how it may fail.
//!
//! A transport knows nothing of operations, keys or JSON, and has no opinion about status codes. It
//! doesn't retry and doesn't follow redirects: a signature holds for one request to one host.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::BoxFuture;
use crate::clock::Sleep;

mod built_in;
#[cfg_attr(
    not(any(feature = "_reqwest", feature = "blocking")),
    allow(dead_code, reason = "a built-in transport reads it")
)]
mod certificates;
#[cfg_attr(
    not(any(feature = "_reqwest", feature = "blocking")),
    allow(dead_code, reason = "a built-in transport reads it")
)]
mod proxy;
#[cfg(feature = "_reqwest")]
mod reqwest;
#[cfg_attr(
    not(any(feature = "_reqwest", feature = "blocking")),
    allow(dead_code, reason = "a built-in transport reads it")
)]
mod settings;
#[cfg(feature = "blocking")]
mod ureq;

/// The types of methods, headers and statuses, for a transport of your own.
pub use http;

pub(crate) use self::built_in::BuiltIn;
pub use self::certificates::{Certificate, Identity};
pub use self::proxy::Proxy;
#[cfg(feature = "_reqwest")]
pub use self::reqwest::ReqwestTransport;
#[cfg(feature = "_reqwest")]
use self::reqwest::TokioSleep;
pub(crate) use self::settings::Settings;
#[cfg(feature = "blocking")]
use self::ureq::UreqTransport;

/// The longest time to wait, ten years: later points in time can be more than a clock can count,
/// and HTTP libraries panic there.
#[cfg(any(feature = "_reqwest", feature = "blocking"))]
const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// Sends requests. Implement it to bring an HTTP client of your own, or none at all in a test.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends `request` once, as it is, and reads the whole answer.
    ///
    /// Any status is an answer, not an error. Dropping the future gives the exchange up.
    ///
    /// A call that blocks polls the future on its own thread, without an async runtime, and may well
    /// do so within a task of one that it holds up: then the future must not wait for that runtime.
    ///
    /// # Errors
    ///
    /// When no whole answer came. The [kind](TransportErrorKind) has to be chosen with care: what
    /// is said to be unsent may be sent again.
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>>;

    /// What waits, between attempts, in the surroundings that this transport sends in. A client asks
    /// once, when it is built. Without one, and without [another](crate::Builder::sleep), nothing is
    /// repeated that takes a wait.
    fn timer(&self) -> Option<Box<dyn Sleep>> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        (**self).send(request)
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        (**self).timer()
    }
}

/// A request, signed and ready to send.
#[non_exhaustive]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The whole URL. A text, since a query may be longer than [`http::Uri`] takes.
    pub url: String,
    /// All headers that belong to the request, `host` included. `content-length` is the
    /// transport's.
    pub headers: HeaderMap,
    /// The body, which may be empty.
    pub body: Bytes,
    /// How long the exchange may take, from connecting to the last byte; without limit if none.
    pub timeout: Option<Duration>,
    /// How many bytes of a body to read before giving up.
    pub max_response_bytes: usize,
}

#[cfg(any(feature = "_reqwest", feature = "blocking"))]
impl Request {
    /// Refuses a URL that the HTTP libraries can't hold. A client's bound may be higher, and others
    /// than clients may send.
    fn check_length(&self) -> Result<(), TransportError> {
        let (length, most) = (self.url.len(), crate::config::MAX_URL_BYTES);
        if length <= most {
            return Ok(());
        }
        Err(TransportError::new(TransportErrorKind::Unsendable).with_source(format!(
            "its URL is {length} bytes long, and {most} are the most that can be sent: pass less \
             in one call"
        )))
    }
}

impl fmt::Debug for Request {
    /// Neither the query nor header values nor the body: they carry tokens and personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish()
    }
}

/// An answer of any status, read to its end.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, which may be empty.
    pub body: Bytes,
}

impl Response {
    /// An answer of these three parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers,
            body: body.into(),
        }
    }
}

impl fmt::Debug for Response {
    /// The size of the body, not its text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// How an exchange failed; above all, whether the request may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request can't be sent by this transport. Not one byte of it has left.
    Unsendable,
    /// There was no connection. Not one byte of the request has left.
    Connect,
    /// There was no connection, since one side didn't accept the other's certificate. Not one byte of
    /// the request has left.
    Certificate,
    /// There was no connection in time. Not one byte of the request has left.
    ConnectTimeout,
    /// No whole answer came in time. The request may have been carried out.
    Timeout,
    /// The connection ended, or made no sense, before an answer began. The request may have been
    /// carried out.
    Interrupted,
    /// The answer began and broke off. The request may have been carried out.
    Body,
    /// The answer is larger than allowed. The request may have been carried out.
    TooLarge,
    /// Anything else. The request may have been carried out.
    Other,
}

/// Why an exchange failed.
pub struct TransportError {
    kind: TransportErrorKind,
    answer: Option<Box<(StatusCode, HeaderMap)>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// A failure of this kind.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            answer: None,
            source: None,
        }
    }

    /// The same failure, with what caused it. Its text must hold neither the query nor a header: it
    /// is shown to people and written to logs.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same failure, after an answer had begun like this.
    pub fn with_answer(mut self, status: StatusCode, headers: HeaderMap) -> Self {
        self.answer = Some(Box::new((status, headers)));
        self
    }

    #[cfg(any(feature = "_reqwest", feature = "blocking"))]
    fn too_large(limit: usize) -> Self {
        Self::new(TransportErrorKind::TooLarge)
            .with_source(format!("its body has more than {limit} bytes"))
    }

    /// How it failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The status of an answer that began.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer.as_ref().map(|answer| answer.0)
    }

    /// The headers of an answer that began.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer.as_ref().map(|answer| &answer.1)
    }
}

impl fmt::Debug for TransportError {
    /// Header values stay out, as they do everywhere.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("status", &self.status())
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Unsendable => "the request can't be sent",
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Certificate => {
                "a certificate was refused, so there is no connection"
            }
            TransportErrorKind::ConnectTimeout => "no connection in time",
            TransportErrorKind::Timeout => "no whole answer in time",
            TransportErrorKind::Interrupted => "the connection ended before an answer began",
            TransportErrorKind::Body => "the answer broke off",
            TransportErrorKind::TooLarge => "the answer is larger than allowed",
            TransportErrorKind::Other => "the exchange failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
