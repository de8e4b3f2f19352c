//! The one error of this crate.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::DATE;
use serde_json::Value;

use crate::envelope::{self, Envelope};
use crate::transport::{Response, TransportError, TransportErrorKind};
use crate::{RetryClass, clock};

mod codes;
mod display;
mod wait;

#[cfg(feature = "tracing")]
pub(crate) use display::Shown;

/// What a fallible function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call didn't give its response.
///
/// `Display` says in one line what happened and, where that is known, what to do about it. Neither
/// it nor `Debug` nor any [source](StdError::source) shows keys, parameters or bodies; what is
/// shown of the service's answer is its code, its message and the request ID.
///
/// There is one type for everything that may go wrong. Ask it:
///
/// | question | methods |
/// |---|---|
/// | what did the service say? | [`code`](Self::code), [`message`](Self::message), [`request_id`](Self::request_id), [`status`](Self::status); in full: [`headers`](Self::headers), [`raw_body`](Self::raw_body) |
/// | what kind of failure is it? | [`is_service`](Self::is_service), [`is_throttled`](Self::is_throttled), [`is_connect`](Self::is_connect), [`is_timeout`](Self::is_timeout), [`is_decode`](Self::is_decode), [`is_pagination`](Self::is_pagination), [`is_configuration`](Self::is_configuration) |
/// | may I call again? | [`is_retryable`](Self::is_retryable), [`may_have_been_carried_out`](Self::may_have_been_carried_out), [`retry_after`](Self::retry_after), [`attempts`](Self::attempts) |
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    source: Option<BoxError>,
    // What was being done, known as soon as a call is under way.
    operation: Option<&'static str>,
    retry: Option<RetryClass>,
    host: Option<String>,
    // What came of repetitions.
    attempts: u32,
    doubtful: bool,
    held: Option<Held>,
}

/// Why a call ended that would have been repeated otherwise.
#[derive(Clone, Copy)]
pub(crate) enum Held {
    /// The service asks to wait longer than this, the most that is allowed.
    TooLong(Duration),
    /// The wait would have outlasted the call's time, or has used it up.
    Deadline,
    /// The client's calls fail too often.
    Budget,
}

/// What a call waited for, when its time ran out before anything was sent.
pub(crate) enum Missed {
    /// Nothing that would explain it.
    Sending,
    /// Keys, of this source.
    Keys(String),
    /// The rate limit, for so long.
    Turn(Duration),
}

type BoxError = Box<dyn StdError + Send + Sync>;

enum Kind {
    /// The client can't do what it was told to.
    Configuration(String),
    /// There are no keys to sign with.
    Credentials(String),
    /// The time for the call ran out before anything was sent.
    OutOfTime(Missed),
    /// No whole answer came.
    Transport(TransportError),
    /// The pages of a listing don't come to an end, or can't be asked for further.
    Pagination(String),
    /// An answer came, but not the one that was hoped for.
    Answer {
        answer: Response,
        envelope: Box<Envelope>,
        verdict: Verdict,
    },
}

/// What is wrong with an answer.
pub(crate) enum Verdict {
    /// It reports an error; if its body wasn't readable, that is said.
    Service(Option<String>),
    /// It points elsewhere, to this host.
    Redirect(Option<String>),
    /// It reports success, but can't be read.
    Unreadable(String),
}

impl Error {
    /// An error of a [source of keys](crate::credentials::ProvideCredentials): it has none to give.
    ///
    /// The message should say why, and must not hold a secret.
    pub fn credentials(message: impl Into<String>) -> Self {
        Self::new(Kind::Credentials(message.into()))
    }

    /// The same error with what caused it, for a [source of keys](Self::credentials). The cause's
    /// text is shown and logged, so it must not hold a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// This error as what it is for a call: there are no keys, whatever the source of keys was
    /// doing. What it says about a request is about another one.
    pub(crate) fn without_keys(self, source: &str) -> Self {
        match self.0.kind {
            Kind::Configuration(_) | Kind::Credentials(_) => self,
            _ => Self::credentials(format!("the keys from `{source}` can't be had"))
                .with_source(self),
        }
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(Kind::Configuration(message.into()))
    }

    pub(crate) fn pagination(message: impl Into<String>) -> Self {
        Self::new(Kind::Pagination(message.into()))
    }

    pub(crate) fn out_of_time(missed: Missed) -> Self {
        Self::new(Kind::OutOfTime(missed))
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self::new(Kind::Transport(error))
    }

    pub(crate) fn answered(answer: Response, envelope: Box<Envelope>, verdict: Verdict) -> Self {
        Self::new(Kind::Answer {
            answer,
            envelope,
            verdict,
        })
    }

    fn new(kind: Kind) -> Self {
        Self(Box::new(Inner {
            kind,
            source: None,
            operation: None,
            retry: None,
            host: None,
            attempts: 0,
            doubtful: false,
            held: None,
        }))
    }

    /// Adds what was being done.
    pub(crate) fn during(mut self, operation: &'static str, retry: RetryClass, host: &str) -> Self {
        self.0.operation = Some(operation);
        self.0.retry = Some(retry);
        self.0.host = Some(host.to_owned());
        self
    }

    /// Adds how many attempts there were, whether one of them may have been carried out, and what
    /// kept the call from being repeated.
    pub(crate) fn after(mut self, attempts: u32, doubtful: bool, held: Option<Held>) -> Self {
        self.0.attempts = attempts;
        self.0.doubtful = doubtful;
        self.0.held = held;
        self
    }

    /// The service's error code, such as `Throttling.User`.
    ///
    /// Codes are an open set: compare with those that you handle and let the others be.
    pub fn code(&self) -> Option<&str> {
        self.envelope()?.code.as_deref()
    }

    /// The service's own words, as they came. They may quote parameters of the request.
    pub fn message(&self) -> Option<&str> {
        self.envelope()?.message.as_deref()
    }

    /// The ID under which the service's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Answer { envelope, .. } => envelope.request_id.as_deref(),
            // An answer that broke off had its headers.
            Kind::Transport(error) => envelope::request_id(error.headers()?),
            _ => None,
        }
    }

    /// The HTTP status, if an answer at least began. A service may report errors with status 200.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            Kind::Answer { answer, .. } => Some(answer.status.as_u16()),
            Kind::Transport(error) => error.status().map(|status| status.as_u16()),
            _ => None,
        }
    }

    /// The name of the operation that was called, as it is on the wire.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation
    }

    /// What the service tells about a missing permission, usually an object with `AuthAction` and
    /// others, sometimes a text.
    pub fn access_denied_detail(&self) -> Option<&Value> {
        self.envelope()?.access_denied_detail.as_ref()
    }

    /// The service's page about this very error, where it names one.
    pub fn recommend(&self) -> Option<&str> {
        self.envelope()?.recommend.as_deref()
    }

    /// The host that the service names as the one that refused the request.
    pub fn host_id(&self) -> Option<&str> {
        self.envelope()?.host_id.as_deref()
    }

    /// The headers of the answer, if one at least began. They may hold anything: not for a log.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match &self.0.kind {
            Kind::Answer { answer, .. } => Some(&answer.headers),
            Kind::Transport(error) => error.headers(),
            _ => None,
        }
    }

    /// The body of the answer, as it came but decompressed, whatever is wrong with it: an error of the
    /// service, a page of a proxy, a success that doesn't fit. It may hold anything: not for a log.
    ///
    /// There is none where the answer didn't come to its end, or was larger than
    /// [allowed](crate::Builder::max_response_bytes).
    pub fn raw_body(&self) -> Option<&Bytes> {
        match &self.0.kind {
            Kind::Answer { answer, .. } => Some(&answer.body),
            _ => None,
        }
    }

    /// How many attempts were made, this error being about the last one; 0 where there was nothing to
    /// attempt, as with a request that can't be sent. [`RetryPolicy`](crate::RetryPolicy) says when
    /// there is more than one.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the service asks to wait before the next call.
    ///
    /// Taken from `x-acs-retry-after` (milliseconds), else from the rate limits that the answer
    /// reports as used up (the longer one), else from `Retry-After` where that is a number of seconds.
    pub fn retry_after(&self) -> Option<Duration> {
        wait::retry_after(self.headers()?)
    }

    /// Whether the service answered, and its answer was an error: a status of 4xx or 5xx, or a code
    /// other than success.
    pub fn is_service(&self) -> bool {
        matches!(
            &self.0.kind,
            Kind::Answer {
                verdict: Verdict::Service(_),
                ..
            }
        )
    }

    /// Whether there were too many calls. See [`retry_after`](Self::retry_after).
    pub fn is_throttled(&self) -> bool {
        self.is_service()
            && (self.status() == Some(429) || self.code().is_some_and(codes::is_throttled))
    }

    /// Whether time ran out: while connecting, while waiting for the answer, or before anything was
    /// sent, by a [rate limit](crate::RateLimits) or a slow source of keys.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            Kind::OutOfTime(_) => true,
            Kind::Transport(error) => matches!(
                error.kind(),
                TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout
            ),
            _ => false,
        }
    }

    /// Whether there was no connection: name not found, refused, TLS failed, or no answer to any of
    /// it in time.
    pub fn is_connect(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(error) => matches!(
                error.kind(),
                TransportErrorKind::Connect
                    | TransportErrorKind::Certificate
                    | TransportErrorKind::ConnectTimeout
            ),
            _ => false,
        }
    }

    /// Whether the service reports success in a form that doesn't fit the response. The operation
    /// has been carried out; [`raw_body`](Self::raw_body) has the answer.
    pub fn is_decode(&self) -> bool {
        matches!(
            &self.0.kind,
            Kind::Answer {
                verdict: Verdict::Unreadable(_),
                ..
            }
        )
    }

    /// Whether the client is to blame as it is set up: no keys, a bad endpoint, a value that can't
    /// be sent. Nothing was sent, and nothing will be until that changes.
    pub fn is_configuration(&self) -> bool {
        match &self.0.kind {
            Kind::Configuration(_) => true,
            Kind::Transport(error) => error.kind() == TransportErrorKind::Unsendable,
            _ => false,
        }
    }

    /// Whether [pages](crate::Pages) were given up: the service repeats itself, so that they would
    /// never end, or their numbers are used up. What came before is good.
    pub fn is_pagination(&self) -> bool {
        matches!(self.0.kind, Kind::Pagination(_))
    }

    /// Whether the same call may succeed a little later and can't do its work twice.
    ///
    /// An operation that only reads may be repeated after whatever may pass. One that sends or
    /// changes something may only be repeated if the request [surely wasn't carried
    /// out](Self::may_have_been_carried_out).
    pub fn is_retryable(&self) -> bool {
        let repeatable =
            self.0.retry == Some(RetryClass::Read) || !self.may_have_been_carried_out();
        repeatable && self.may_pass()
    }

    /// Whether the request may have reached the service and done its work in spite of this error, by
    /// any of the [attempts](Self::attempts).
    ///
    /// `false` is a promise: nothing was sent, or the service refused it. In doubt it is `true`;
    /// before sending something again, look whether it is there.
    pub fn may_have_been_carried_out(&self) -> bool {
        if self.0.doubtful {
            return true;
        }
        match &self.0.kind {
            Kind::Configuration(_) | Kind::Credentials(_) | Kind::OutOfTime(_) => false,
            Kind::Pagination(_) => true,
            Kind::Transport(error) => !matches!(
                error.kind(),
                TransportErrorKind::Unsendable
                    | TransportErrorKind::Connect
                    | TransportErrorKind::Certificate
                    | TransportErrorKind::ConnectTimeout
            ),
            Kind::Answer { verdict, .. } => match verdict {
                // Of the others, some answer a request that has been carried out by pointing to
                // what came of it.
                Verdict::Redirect(_) => !matches!(self.status(), Some(301 | 307 | 308)),
                Verdict::Unreadable(_) => true,
                Verdict::Service(_) => {
                    !(self.is_throttled()
                        || codes::is_refusal(self.status().unwrap_or_default(), self.code()))
                }
            },
        }
    }

    pub(crate) fn is_credentials(&self) -> bool {
        matches!(self.0.kind, Kind::Credentials(_))
    }

    /// Whether the exchange broke off, which is neither for want of a connection nor of time.
    pub(crate) fn is_interrupted(&self) -> bool {
        match &self.0.kind {
            Kind::Transport(error) => matches!(
                error.kind(),
                TransportErrorKind::Interrupted
                    | TransportErrorKind::Body
                    | TransportErrorKind::Other
            ),
            _ => false,
        }
    }

    pub(crate) fn is_out_of_time(&self) -> bool {
        matches!(self.0.kind, Kind::OutOfTime(_))
    }

    /// Whether the service refuses the keys that the request was signed with.
    pub(crate) fn refuses_keys(&self) -> bool {
        self.is_service() && self.code().is_some_and(codes::is_keys)
    }

    /// The date of an answer that refuses the request's date, in seconds since 1970.
    pub(crate) fn date_of_refused_clock(&self) -> Option<i64> {
        match &self.0.kind {
            Kind::Answer { answer, .. } if self.code().is_some_and(codes::is_clock) => {
                clock::seconds_of_header(answer.headers.get(DATE)?.to_str().ok()?)
            }
            _ => None,
        }
    }

    /// Whether the cause may go away by itself.
    pub(crate) fn may_pass(&self) -> bool {
        match &self.0.kind {
            Kind::Configuration(_)
            | Kind::Credentials(_)
            | Kind::OutOfTime(_)
            | Kind::Pagination(_) => false,
            Kind::Transport(error) => !matches!(
                error.kind(),
                TransportErrorKind::Unsendable
                    | TransportErrorKind::Certificate
                    | TransportErrorKind::TooLarge
            ),
            Kind::Answer { .. } => {
                self.is_service()
                    && (self.is_throttled()
                        || matches!(self.status(), Some(408 | 500 | 502 | 503 | 504))
                        || self.code().is_some_and(codes::is_passing))
            }
        }
    }

    fn envelope(&self) -> Option<&Envelope> {
        match &self.0.kind {
            Kind::Answer { envelope, .. } => Some(envelope),
            _ => None,
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.kind {
            // The transport's error says the same as this one; its cause says more.
            Kind::Transport(error) => error.source(),
            _ => self.0.source.as_deref().map(|source| source as _),
        }
    }
}
