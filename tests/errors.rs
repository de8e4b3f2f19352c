//! What an error tells a program: may I repeat the call, and may it have been carried out?
//!
//! Answers are put into the client's hands by a transport without a socket, so that every status, code
//! and failure can be looked at by itself.

use std::error::Error as _;
use std::sync::Mutex;
use std::time::Duration;

use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::model::Record;
use alibabacloud_runtime::transport::{
    Request, Response, Transport, TransportError, TransportErrorKind,
};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Credentials, Error};
use cams_tests::act::{Act, SERVICE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// Gives one outcome, once.
#[derive(Debug)]
struct Once(Mutex<Option<Result<Response, TransportError>>>);

impl Transport for Once {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let outcome = self.0.lock().expect("no panic before").take();
        Box::pin(async { outcome.expect("one call") })
    }
}

async fn error<const READ: bool>(outcome: Result<Response, TransportError>) -> Error {
    let client: Client = Builder::new(&SERVICE)
        .credentials(Credentials::new("an-access-key-id", "an-access-key-secret"))
        .transport(Once(Mutex::new(Some(outcome))))
        .build()
        .expect("a client");
    let error = client
        .call(Act::<READ>::blank())
        .await
        .expect_err("an error");
    let mut shown = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
    for hidden in ["8613800001111", "an-access-key-secret", "HUSH"] {
        assert!(!shown.contains(hidden), "{hidden} is shown: {shown}");
    }
    assert_eq!(error.operation(), Some("Act"));
    error
}

type Headers = [(&'static str, &'static str)];

fn answer(status: u16, headers: &Headers, body: &str) -> Response {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect();
    let status = StatusCode::from_u16(status).expect("a status");
    Response::new(status, headers, body.to_owned())
}

fn coded(status: u16, code: &str) -> Response {
    answer(
        status,
        &[],
        &format!(r#"{{"Code":"{code}","Message":"m","RequestId":"r"}}"#),
    )
}

/// Status and code, and then: throttled, may have been carried out, a read is retryable, a send is.
const CODES: &[(u16, &str, [bool; 4])] = &[
    (400, "Throttling", [true, false, true, true]),
    (503, "Throttling.User", [true, false, true, true]),
    (403, "Throttling.Api.Risk", [true, false, true, true]),
    (200, "Throttling.System", [true, false, true, true]),
    (400, "System.LimitControl", [true, false, true, true]),
    (429, "Whatever", [true, false, true, true]),
    (503, "ServiceUnavailable", [false, true, true, false]),
    (500, "InternalError", [false, true, true, false]),
    (400, "SystemError", [false, true, true, false]),
    (200, "SystemBusy", [false, true, true, false]),
    (408, "Timeout", [false, true, true, false]),
    (504, "RequestTimeout", [false, true, true, false]),
    (400, "SignatureNonceUsed", [false, true, true, false]),
    (400, "InvalidParameter", [false, false, false, false]),
    (
        200,
        "InvalidParameter.PhoneNumberError",
        [false, false, false, false],
    ),
    (200, "GroupNotExist", [false, true, false, false]),
    (403, "Forbidden.RAM", [false, false, false, false]),
    (403, "SignatureDoesNotMatch", [false, false, false, false]),
    (400, "IllegalTimestamp", [false, false, false, false]),
    (
        404,
        "InvalidAccessKeyId.NotFound",
        [false, false, false, false],
    ),
    (409, "LastTokenProcessing", [false, true, false, false]),
    // However a fault of the service is spelt, it says nothing about when it happened.
    (400, "isp.SYSTEM_ERROR", [false, true, false, false]),
    (400, "isp.service-unavailable", [false, true, false, false]),
    (400, "isp.UNKNOWN_ERROR", [false, true, false, false]),
    (403, "GATEWAY_TIMEOUT", [false, true, false, false]),
    (200, "MissingParameter", [false, false, false, false]),
    // It may be missing at the end of the work as well.
    (200, "MissingReceipt", [false, true, false, false]),
    (501, "Whatever", [false, true, false, false]),
];

#[tokio::test]
async fn codes_say_what_may_be_repeated() {
    for &(status, code, expected) in CODES {
        let send = error::<false>(Ok(coded(status, code))).await;
        let read = error::<true>(Ok(coded(status, code))).await;
        let found = [
            send.is_throttled(),
            send.may_have_been_carried_out(),
            read.is_retryable(),
            send.is_retryable(),
        ];
        assert_eq!(found, expected, "{status} {code}");
        assert!(send.is_service() && !send.is_decode() && !send.is_timeout());
        assert_eq!(
            (
                send.status(),
                send.code(),
                send.message(),
                send.request_id()
            ),
            (Some(status), Some(code), Some("m"), Some("r"))
        );
    }
}

/// How the exchange failed, and then as above, with a connection missing and time run out before.
const FAILURES: &[(TransportErrorKind, [bool; 5])] = &[
    (
        TransportErrorKind::Unsendable,
        [false, false, false, false, false],
    ),
    (
        TransportErrorKind::Connect,
        [true, false, false, true, true],
    ),
    (
        TransportErrorKind::ConnectTimeout,
        [true, true, false, true, true],
    ),
    (
        TransportErrorKind::Timeout,
        [false, true, true, true, false],
    ),
    (
        TransportErrorKind::Interrupted,
        [false, false, true, true, false],
    ),
    (TransportErrorKind::Body, [false, false, true, true, false]),
    (
        TransportErrorKind::TooLarge,
        [false, false, true, false, false],
    ),
    (TransportErrorKind::Other, [false, false, true, true, false]),
];

#[tokio::test]
async fn failures_say_what_may_be_repeated() {
    for &(kind, expected) in FAILURES {
        let failure = || Err(TransportError::new(kind).with_source("the cause"));
        let (send, read) = (
            error::<false>(failure()).await,
            error::<true>(failure()).await,
        );
        let found = [
            send.is_connect(),
            send.is_timeout(),
            send.may_have_been_carried_out(),
            read.is_retryable(),
            send.is_retryable(),
        ];
        assert_eq!(found, expected, "{kind:?}");
        assert!(send.to_string().contains("the cause"), "{send}");
        assert_eq!(send.status(), None);
    }
}

#[tokio::test]
async fn an_answer_says_how_long_to_wait() {
    let limit = "Limit:1,Remain:0,TimeLeft:2000,Reset:1234";
    let shorter = "Limit:1,Remain:0,TimeLeft:700,Reset:1234";
    let cases: &[(&Headers, Option<u64>)] = &[
        (&[], None),
        (
            &[("x-acs-retry-after", "1500"), ("retry-after", "9")],
            Some(1500),
        ),
        (
            &[("x-acs-retry-after", "0"), ("retry-after", "9")],
            Some(9000),
        ),
        (&[("x-acs-retry-after", "-1")], None),
        (&[("x-acs-retry-after", "soon")], None),
        (
            &[
                ("x-ratelimit-user", limit),
                ("x-ratelimit-user-api", shorter),
            ],
            Some(2000),
        ),
        (
            &[("x-ratelimit-user", shorter), ("retry-after", "9")],
            Some(700),
        ),
        (
            &[("x-ratelimit-user", "TimeLeft"), ("retry-after", " 3 ")],
            Some(3000),
        ),
        // Some calls remain: this isn't the limit that was met.
        (
            &[(
                "x-ratelimit-user",
                "Limit:9,Remain:1,TimeLeft:2000,Reset:1234",
            )],
            None,
        ),
        (&[("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], None),
        (&[("retry-after", "99999999999999999999999")], None),
    ];
    for &(headers, expected) in cases {
        let error = error::<false>(Ok(answer(503, headers, "{}"))).await;
        assert_eq!(
            error.retry_after(),
            expected.map(Duration::from_millis),
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_names_what_to_do() {
    let denied = answer(
        403,
        &[],
        r#"{"Code":"NoPermission","Message":"no","AccessDeniedDetail":{"AuthAction":"demo:Act"},
            "Recommend":"https://example.com/help","HostId":"demo.example.com"}"#,
    );
    let error = error::<false>(Ok(denied)).await;
    assert!(error.to_string().contains("demo:Act"), "{error}");
    assert_eq!(
        error.access_denied_detail().expect("detail")["AuthAction"],
        "demo:Act"
    );
    assert_eq!(error.recommend(), Some("https://example.com/help"));
    assert_eq!(error.host_id(), Some("demo.example.com"));
}

#[tokio::test]
async fn a_message_that_quotes_the_signed_text_is_not_shown() {
    let body =
        r#"{"Code":"SignatureDoesNotMatch","Message":"we signed: x-acs-security-token:HUSH"}"#;
    let error = error::<false>(Ok(answer(400, &[], body))).await;
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("HUSH")),
        "it can be asked for"
    );
    assert!(error.to_string().contains("access key secret"), "{error}");
}

#[tokio::test]
async fn a_message_can_neither_forge_lines_nor_flood() {
    let body = format!(
        r#"{{"Code":"C","Message":"a\nb\u001b[31m\u202e{}"}}"#,
        "x".repeat(10_000)
    );
    let shown = error::<false>(Ok(answer(400, &[], &body)))
        .await
        .to_string();
    assert!(!shown.contains(['\n', '\u{1b}', '\u{202e}']), "{shown}");
    assert!(shown.len() < 1000, "{} bytes", shown.len());
}

#[tokio::test]
async fn a_body_that_is_no_answer_is_described_and_kept_but_not_shown() {
    let html = answer(
        502,
        &[("content-type", "text/html; charset=utf-8")],
        "<html>HUSH</html>",
    );
    let failed = error::<false>(Ok(html)).await;
    assert!(failed.to_string().contains("text/html"), "{failed}");
    assert_eq!(
        failed.raw_body().map(|body| &body[..]),
        Some(&b"<html>HUSH</html>"[..])
    );

    let moved = [("location", "https://elsewhere.example/?token=HUSH")];
    let moved = error::<false>(Ok(answer(307, &moved, ""))).await;
    assert!(moved.to_string().contains("elsewhere.example"), "{moved}");
    assert!(!moved.may_have_been_carried_out() && moved.status() == Some(307));
}

#[tokio::test]
async fn whatever_came_can_be_asked_for_and_is_not_shown() {
    let headers: &Headers = &[("x-trace", "HUSHtrace"), ("x-acs-request-id", "r")];
    let html = "<html>HUSH</html>";
    for (status, body) in [
        (502, html),
        (200, html),
        (403, r#"{"Code":"Forbidden","Detail":"HUSH"}"#),
        (200, r#"{"Code":"GroupNotExist","Data":"HUSH"}"#),
        (200, r#"{"Code":"OK","Data":"HUSH""#),
        (307, "HUSH"),
    ] {
        let error = error::<false>(Ok(answer(status, headers, body))).await;
        let kept = error.raw_body().map(|body| &body[..]);
        assert_eq!(kept, Some(body.as_bytes()), "{status} {body}");
        assert_eq!(error.headers().expect("headers")["x-trace"], "HUSHtrace");
        assert_eq!(error.request_id(), Some("r"));
    }
    // An answer that broke off has no body to look at, but it began.
    let status = StatusCode::OK;
    let began = answer(200, headers, "").headers;
    let broken = TransportError::new(TransportErrorKind::Body).with_answer(status, began);
    let error = error::<false>(Err(broken)).await;
    assert!(error.raw_body().is_none());
    assert_eq!(error.headers().expect("headers")["x-trace"], "HUSHtrace");
}

#[tokio::test]
async fn half_a_character_costs_nothing_but_itself() {
    for status in [200, 429] {
        let body = r#"{"Code":"C","Message":"\\ud83d \uD83D \ud83d\udE00 \udE00\u0041 \ud83d","RequestId":"r"}"#;
        let error = error::<false>(Ok(answer(status, &[], body))).await;
        assert_eq!(
            (error.code(), error.message(), error.request_id()),
            (
                Some("C"),
                Some("\\ud83d \u{fffd} \u{1f600} \u{fffd}A \u{fffd}"),
                Some("r")
            )
        );
        assert!(error.is_service() && error.is_throttled() == (status == 429));
        assert_eq!(
            error.raw_body().map(|body| &body[..]),
            Some(body.as_bytes())
        );
    }
}

/// Gets its keys by a call of its own.
#[derive(Debug)]
struct Asking(Client);

impl ProvideCredentials for Asking {
    fn name(&self) -> &str {
        "asking"
    }

    fn provide(&self) -> BoxFuture<'_, alibabacloud_runtime::Result<Credentials>> {
        Box::pin(async {
            self.0.call(Act::<false>::blank()).await?;
            unreachable!("the call fails")
        })
    }
}

#[tokio::test]
async fn a_failure_to_get_keys_is_not_the_failure_of_the_call() {
    for outcome in [
        Ok(coded(500, "InternalError")),
        Ok(answer(200, &[], "[]")),
        Err(TransportError::new(TransportErrorKind::Timeout)),
        Err(TransportError::new(TransportErrorKind::Unsendable)),
    ] {
        let builder = || Builder::<Client>::new(&SERVICE);
        let asked = builder()
            .credentials(Credentials::new("id", "secret"))
            .transport(Once(Mutex::new(Some(outcome))))
            .build()
            .expect("a client");
        let client = builder()
            .credentials(Asking(asked))
            .transport(Once(Mutex::new(None)))
            .build()
            .expect("a client");
        let error = client.call(Act::<false>::blank()).await;
        let error = error.expect_err("no keys");
        let text = error.to_string();
        assert!(
            text.contains("the keys from `asking` can't be had"),
            "{text}"
        );
        assert!(!error.is_service() && !error.is_decode() && !error.is_timeout());
        assert!(!error.may_have_been_carried_out(), "{text}");
        assert_eq!((error.status(), error.code()), (None, None));
        let cause = error.source().expect("a cause");
        assert!(cause.is::<Error>(), "{cause}");
    }
}

#[test]
fn an_error_is_as_small_as_a_pointer() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
