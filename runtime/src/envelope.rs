//! What every answer has in common, read before anything else: did it work, and if not, why not.

use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Uri};
use serde::de::DeserializeOwned;

use crate::error::Verdict;
use crate::transport::Response;
use crate::{Error, Result};

mod read;
mod surrogates;

pub(crate) use read::Envelope;
use read::{Body, Code, Picked};

/// Takes an answer of success through, and makes an error of any other.
///
/// Success is a status of 2xx and a code that is absent or says so. A field `Success` decides
/// nothing: services answer `false` beside `OK`.
pub(crate) fn check(answer: Response) -> Result<Response> {
    if answer.status.is_redirection() {
        let host = redirect_host(&answer.headers);
        return Err(failure(answer, Box::default(), Verdict::Redirect(host)));
    }
    match read(&answer) {
        Ok(Body::Object(Code(code))) => {
            if answer.status.is_success() && means_success(code.as_deref()) {
                return Ok(answer);
            }
            let envelope = envelope(&answer);
            Err(failure(answer, envelope, Verdict::Service(None)))
        }
        Ok(Body::Other(what)) => {
            let what = format!("the body is {what} where an object was expected");
            Err(unfit(answer, what))
        }
        Err(error) => {
            let what = describe(&answer, &error);
            Err(unfit(answer, what))
        }
    }
}

/// Reads what is wanted of an answer.
fn read<T: Picked>(answer: &Response) -> serde_json::Result<Body<T>> {
    let body = without_bom(&answer.body);
    serde_json::from_slice(body).or_else(|error| match surrogates::replaced(body) {
        Some(body) => serde_json::from_slice(&body),
        None => Err(error),
    })
}

/// The envelope of an answer, which is empty where there is none.
fn envelope(answer: &Response) -> Box<Envelope> {
    match read(answer) {
        Ok(Body::Object(envelope)) => Box::new(envelope),
        _ => Box::default(),
    }
}

/// Decodes an answer that has been [checked](check).
pub(crate) fn decode<T: DeserializeOwned>(answer: Response) -> Result<T> {
    let body = without_bom(&answer.body);
    serde_json::from_slice(body).or_else(|_| {
        // Keeping track of the path costs time, so only an answer that doesn't fit is read that
        // way. It may also be one with half a character in it.
        let replaced = surrogates::replaced(body);
        let body = replaced.as_deref().unwrap_or(body);
        let mut input = serde_json::Deserializer::from_slice(body);
        serde_path_to_error::deserialize(&mut input).map_err(|error| {
            let path = path(error.path());
            let error = error.into_inner();
            let what = format!(
                "at {path}: {} (line {}, column {})",
                without_values(&error),
                error.line(),
                error.column(),
            );
            failure(answer.clone(), envelope(&answer), Verdict::Unreadable(what))
        })
    })
}

fn means_success(code: Option<&str>) -> bool {
    code.is_none_or(|code| {
        ["OK", "200", "SUCCESS"]
            .iter()
            .any(|success| code.eq_ignore_ascii_case(success))
    })
}

/// The answer can't be read. Where its status says that it didn't work, that is what counts.
fn unfit(answer: Response, what: String) -> Error {
    let verdict = if answer.status.is_success() {
        Verdict::Unreadable(what)
    } else {
        Verdict::Service(Some(what))
    };
    failure(answer, Box::default(), verdict)
}

fn failure(answer: Response, mut envelope: Box<Envelope>, verdict: Verdict) -> Error {
    envelope.request_id = envelope
        .request_id
        .or_else(|| request_id(&answer.headers).map(str::to_owned));
    Error::answered(answer, envelope, verdict)
}

/// The request ID that an answer carries outside its body.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get("x-acs-request-id")?.to_str().ok()?;
    (!header.is_empty()).then_some(header)
}

/// The request ID of an answer that reports success, wherever it is.
pub(crate) fn request_id_of(answer: &Response) -> Option<String> {
    if let Some(id) = request_id(&answer.headers) {
        return Some(id.to_owned());
    }
    envelope(answer).request_id
}

/// Proxies and editors put a byte order mark before JSON; JSON itself has none.
fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn redirect_host(headers: &HeaderMap) -> Option<String> {
    let location: Uri = headers.get(LOCATION)?.to_str().ok()?.parse().ok()?;
    location.host().map(str::to_owned)
}

/// Says what a body is that isn't JSON, without a word of it.
fn describe(answer: &Response, error: &serde_json::Error) -> String {
    let body = without_bom(&answer.body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return "the body is empty".to_owned();
    }
    let bytes = answer.body.len();
    let content_type = answer
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map_or_else(
            || "without a content type".to_owned(),
            |value| format!("of type {}", value.trim()),
        );
    if error.is_eof() {
        return format!("the body ends in the middle of its JSON, after {bytes} bytes");
    }
    if body.trim_ascii_start().starts_with(b"<") {
        return format!(
            "the body is HTML or XML ({bytes} bytes {content_type}), as a proxy or a gateway on the \
             way sends it"
        );
    }
    format!(
        "the body is no JSON that can be read: {} at line {}, column {} ({bytes} bytes {content_type})",
        without_values(error),
        error.line(),
        error.column(),
    )
}

/// Writes a path. The keys of maps are data, so only those that look like names are shown.
fn path(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(if is_name(key) { key } else { "*" });
            }
            Segment::Unknown => text.push('?'),
        }
    }
    if text.is_empty() {
        return "the top".to_owned();
    }
    format!("`{text}`")
}

fn is_name(key: &str) -> bool {
    key.len() <= 64
        && key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Says what doesn't fit, without the value: serde's own messages quote it.
fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(text, _)| text);
    // What the parser itself says about bad JSON is one of a few fixed texts.
    if !error.is_data() {
        return text.to_owned();
    }
    // Our own readers name the kinds of values and quote nothing.
    if text.starts_with("expected ") && !text.contains(['"', '`', '\'']) {
        return text.to_owned();
    }
    if let Some(name) = text
        .strip_prefix("missing field `")
        .and_then(|rest| rest.strip_suffix('`'))
        && is_name(name)
    {
        return format!("the field `{name}` is missing");
    }
    // serde's standard messages: `invalid type: <kind> <value>, expected <what>`.
    let found = text
        .strip_prefix("invalid type: ")
        .or_else(|| text.strip_prefix("invalid value: "));
    let kinds = [
        "boolean",
        "integer",
        "floating point",
        "character",
        "string",
        "byte array",
        "null",
        "sequence",
        "map",
    ];
    match found.and_then(|found| kinds.into_iter().find(|kind| found.starts_with(kind))) {
        Some(kind) => format!("a value of the kind `{kind}` doesn't fit"),
        None => "the value doesn't fit".to_owned(),
    }
}
