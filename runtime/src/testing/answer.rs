//! What answers a request.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::json;

use super::Mismatch;
use crate::model::Json;
use crate::transport::{Response, TransportError, TransportErrorKind};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-acs-request-id");

/// What answers a request: an answer of the service, or a failure on the way to it or back.
///
/// ```
/// use std::time::Duration;
///
/// use alibabacloud_runtime::testing::Answer;
/// use alibabacloud_runtime::transport::TransportErrorKind;
///
/// // The service: success, its own error, its gateway's, too many calls.
/// Answer::success(serde_json::json!({"Result": 1}));
/// Answer::business_error("Product.Unsubscript", "The product isn't active.");
/// Answer::gateway_error(503, "ServiceUnavailable");
/// Answer::throttled().retry_after(Duration::from_secs(2));
/// // The way: nothing was sent, nobody knows, the answer broke off, or it comes too late.
/// Answer::fault(TransportErrorKind::Connect);
/// Answer::fault(TransportErrorKind::Interrupted);
/// Answer::ok().broken_off();
/// Answer::ok().after(Duration::from_secs(60));
/// ```
///
/// An answer of the service gets a request ID, in its body where it is an object without one, and in
/// the header: `00000000-0000-0000-0000-000000000001` for the script's first request, and so on.
#[derive(Clone)]
#[must_use = "it is for `Expectation::answer`"]
pub struct Answer {
    content: Content,
    headers: HeaderMap,
    delay: Option<Duration>,
    broken_off: bool,
    /// It can't be given, for this reason.
    problem: Option<String>,
}

#[derive(Clone)]
enum Content {
    /// JSON that gets a request ID.
    Json(StatusCode, Json),
    Raw(StatusCode, Bytes),
    Fault(TransportErrorKind),
    Never,
}

/// What comes of an exchange, and after what time.
pub(super) struct Played {
    /// None never comes.
    pub(super) outcome: Option<Result<Response, TransportError>>,
    pub(super) delay: Duration,
}

impl Answer {
    fn new(content: Content) -> Self {
        Self {
            content,
            headers: HeaderMap::new(),
            delay: None,
            broken_off: false,
            problem: None,
        }
    }

    /// Success, with nothing in it but the code `OK`.
    pub fn ok() -> Self {
        Self::new(Content::Json(StatusCode::OK, json!({"Code": "OK"})))
    }

    /// Success with this content: the response type of an operation, or anything that serialises to
    /// what the service sends. It gets the code `OK` unless it has one.
    pub fn success(content: impl Serialize) -> Self {
        match serde_json::to_value(content) {
            Ok(mut value) => {
                if let Some(members) = value.as_object_mut() {
                    members.entry("Code").or_insert_with(|| "OK".into());
                }
                Self::new(Content::Json(StatusCode::OK, value))
            }
            Err(error) => Self {
                problem: Some(format!("the answer can't be written as JSON: {error}")),
                ..Self::ok()
            },
        }
    }

    /// An error of the service itself, which comes with HTTP 200.
    pub fn business_error(code: impl Into<String>, message: impl Into<String>) -> Self {
        let body = json!({"Code": code.into(), "Message": message.into()});
        Self::new(Content::Json(StatusCode::OK, body))
    }

    /// An error of the gateway before the service, such as 403 `Forbidden.RAM`.
    pub fn gateway_error(status: u16, code: impl Into<String>) -> Self {
        let body = json!({"Code": code.into(), "Message": "An error of the script."});
        Self::new(Content::Json(StatusCode::OK, body)).status(status)
    }

    /// That there were too many calls: HTTP 429, `Throttling.User`.
    pub fn throttled() -> Self {
        Self::gateway_error(429, "Throttling.User")
    }

    /// These bytes, whatever they are. No request ID is put in.
    pub fn raw(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(Content::Raw(StatusCode::OK, body.into())).status(status)
    }

    /// No answer, but this failure. Its [kind](TransportErrorKind) says whether the request may have
    /// been carried out, which decides about repetitions.
    pub fn fault(kind: TransportErrorKind) -> Self {
        Self::new(Content::Fault(kind))
    }

    /// No answer, ever. A call with a time limit runs into it; any other waits until it is dropped,
    /// and one that blocks waits for ever.
    pub fn never() -> Self {
        Self::new(Content::Never)
    }

    /// With this status.
    pub fn status(mut self, status: u16) -> Self {
        match (StatusCode::from_u16(status), &mut self.content) {
            (Ok(status), Content::Json(old, _) | Content::Raw(old, _)) => *old = status,
            (Ok(_), _) => self.has_no("status"),
            (Err(_), _) => self.problem = Some(format!("{status} is no HTTP status")),
        }
        self
    }

    /// With this header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if matches!(self.content, Content::Fault(_) | Content::Never) {
            self.has_no("header");
        }
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            _ => self.problem = Some(format!("`{name}` can't be sent as a header")),
        }
        self
    }

    /// With this request ID.
    pub fn request_id(self, id: &str) -> Self {
        self.header(REQUEST_ID.as_str(), id)
    }

    /// Asking to wait for this long, in whole milliseconds.
    pub fn retry_after(self, wait: Duration) -> Self {
        self.header("x-acs-retry-after", &wait.as_millis().to_string())
    }

    /// Coming after this time. If the attempt has less time, it runs into its limit; no real time
    /// passes.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// Breaking off after its headers. The request has been carried out, as far as anyone knows.
    pub fn broken_off(mut self) -> Self {
        if matches!(self.content, Content::Fault(_) | Content::Never) {
            self.has_no("body");
        }
        self.broken_off = true;
        self
    }

    fn has_no(&mut self, part: &str) {
        self.problem = Some(format!("an answer that never comes has no {part}"));
    }

    /// Plays the answer to the request of this number.
    pub(super) fn play(self, number: usize, most_bytes: usize) -> Result<Played, Mismatch> {
        if let Some(problem) = self.problem {
            return Err(Mismatch(problem));
        }
        let delay = self.delay.unwrap_or_default();
        let mut headers = self.headers;
        let (status, body) = match self.content {
            Content::Json(status, mut json) => {
                let id = match headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()) {
                    Some(id) => id.to_owned(),
                    None => format!("00000000-0000-0000-0000-{number:012}"),
                };
                if let Ok(value) = HeaderValue::from_str(&id) {
                    headers.insert(REQUEST_ID, value);
                }
                headers
                    .entry(header::CONTENT_TYPE)
                    .or_insert(HeaderValue::from_static("application/json"));
                if let Some(members) = json.as_object_mut() {
                    members.entry("RequestId").or_insert_with(|| id.into());
                }
                (status, Bytes::from(json.to_string()))
            }
            Content::Raw(status, body) => (status, body),
            Content::Fault(kind) => {
                let outcome = Some(Err(TransportError::new(kind)));
                return Ok(Played { outcome, delay });
            }
            Content::Never => {
                return Ok(Played {
                    outcome: None,
                    delay,
                });
            }
        };
        let fault = if self.broken_off {
            Some(TransportErrorKind::Body)
        } else {
            (body.len() > most_bytes).then_some(TransportErrorKind::TooLarge)
        };
        let outcome = Some(match fault {
            Some(kind) => Err(TransportError::new(kind).with_answer(status, headers)),
            None => Ok(Response::new(status, headers, body)),
        });
        Ok(Played { outcome, delay })
    }
}

impl From<TransportErrorKind> for Answer {
    fn from(kind: TransportErrorKind) -> Self {
        Self::fault(kind)
    }
}

impl fmt::Debug for Answer {
    /// The status, or the failure; never a body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Answer");
        match &self.content {
            Content::Json(status, _) | Content::Raw(status, _) => shown.field("status", status),
            Content::Fault(kind) => shown.field("fault", kind),
            Content::Never => shown.field("fault", &"no answer"),
        };
        shown.field("delay", &self.delay).finish_non_exhaustive()
    }
}
