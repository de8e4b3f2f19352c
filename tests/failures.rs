//! What becomes of a call that fails: an error that says what happened, and what may have.
//!
//! Everything goes through the emitted client and a server on this machine. The answers and their
//! errors are tables, in `failures`.

#[path = "failures/broken_off.rs"]
mod broken_off;
#[path = "failures/reported.rs"]
mod reported;
#[path = "failures/unreadable.rs"]
mod unreadable;

use std::net::TcpListener;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use alibabacloud_cams::{Client, Credentials};
use broken_off::broken_off;
use cams_tests::failure::{Failure, fail, refused, traits};
use cams_tests::hush::{
    KEY_ID, PHONE, SECRET, SUCCESS, TOKEN, assert_hushed, builder, call, request, shown,
};
use cams_tests::server::{Answer, Server};
use reported::reported;
use unreadable::unreadable;

#[tokio::test]
async fn an_error_that_the_service_reports_keeps_what_it_says() {
    for failure in reported() {
        fail(failure).await;
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_says_where_and_why() {
    for failure in unreadable() {
        fail(failure).await;
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_says_what_may_have_happened() {
    for failure in broken_off() {
        fail(failure).await;
    }
}

#[tokio::test]
async fn details_and_body_of_an_error_can_be_asked_for() {
    let mut failures = reported();
    let denied = failures.remove(3);
    let error = fail(denied).await;
    let detail = error.access_denied_detail().expect("a detail");
    assert_eq!(detail["AuthAction"], "cams:DeleteChatGroup");
    let page = failures.remove(8);
    let error = fail(page).await;
    assert_eq!(
        error.raw_body().map(|body| &body[..]),
        Some(&b"<html>HUSHPAGE</html>"[..])
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::start([Answer::json(200, SUCCESS)]);
    let location = format!("{}/", target.url());
    for status in [301, 302, 303, 307, 308] {
        let moved = Answer::new(status, &[("location", &location)], "");
        // These two are also how a server says that it has done its work.
        let is: &[&str] = match status {
            302 | 303 => &["maybe done"],
            _ => &[],
        };
        fail(Failure {
            status: Some(status),
            is,
            says: &["a redirect to 127.0.0.1"],
            ..Failure::new("a redirect to another server", moved)
        })
        .await;
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn half_a_character_in_an_answer_of_success_is_replaced() {
    let body = r#"{"Code":"OK","Message":"a\ud83db","RequestId":"90E6","Result":1}"#;
    let server = Server::start([Answer::json(200, body)]);
    let client = builder(&server.url()).build().expect("a client");
    let answer = call(&client).await.expect("an answer");
    assert_eq!(answer.message.as_deref(), Some("a\u{fffd}b"));
    assert_eq!(
        (answer.request_id.as_deref(), answer.result),
        (Some("90E6"), Some(1))
    );
}

#[test]
fn outside_of_a_runtime_nothing_is_sent() {
    let server = Server::start([Answer::json(200, SUCCESS)]);
    let client = builder(&server.url()).build().expect("a client");
    let mut call = client.delete_chat_group(request()).into_future();
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!("it can't be under way");
    };
    assert_eq!(traits(&error), ["configuration"], "{error}");
    assert!(error.to_string().contains("Tokio runtime"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_refused_connection_leaves_nothing_done() {
    let error = refused().await;
    assert_eq!(traits(&error), ["connect", "retryable"]);
    assert_eq!((error.status(), error.request_id()), (None, None));
    let text = error.to_string();
    assert!(text.contains("no connection to 127.0.0.1"), "{text}");
    assert!(text.to_lowercase().contains("refused"), "{text}");
}

#[tokio::test]
async fn a_server_without_tls_gets_nothing() {
    // What it says instead of a greeting ends the attempt at once.
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let thread = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().expect("accepted");
        let timeout = Some(Duration::from_secs(20));
        stream.set_read_timeout(timeout).expect("a bounded wait");
        stream
            .write_all(b"HTTP/1.1 400 HUSHREASON\r\n\r\n")
            .expect("written");
        let mut received = Vec::new();
        // The other end may cut the connection; what came before counts.
        let _ = stream.read_to_end(&mut received);
        received
    });
    let client = Client::builder()
        .credentials(Credentials::temporary(KEY_ID, SECRET, TOKEN))
        .endpoint(format!("https://{address}"))
        .build()
        .expect("a client");
    let error = call(&client).await.expect_err("no connection");
    assert_eq!(traits(&error), ["connect", "retryable"], "{error}");
    assert_hushed("no TLS", &shown(&error));
    let received = thread.join().expect("no panic");
    let received = String::from_utf8_lossy(&received);
    assert!(!received.contains(TOKEN) && !received.contains(PHONE));
}
