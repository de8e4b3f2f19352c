//! What is repeated after which failure, and what a repetition looks like on the wire.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::transport::TransportErrorKind;
use alibabacloud_runtime::{BoxFuture, Credentials};
use cams_tests::client::{KEYS, OK};
use cams_tests::failure::deaf;
use cams_tests::server::{Answer, Server};
use cams_tests::signature;

use crate::scene::{
    Outcome, Scripted, Time, builder, coded, down, failure, ok, outcome, read, scene, scene_with,
    send,
};

/// A failure, and whether a read and a send are repeated after it.
fn failures() -> Vec<(&'static str, Answer, bool, bool)> {
    let html = Answer::new(502, &[("content-type", "text/html")], "<html>");
    let moved = |status| Answer::new(status, &[("location", "https://elsewhere.example/")], "");
    vec![
        ("reset", Answer::hang_up(), true, false),
        ("half an answer", ok().truncate(5), true, false),
        ("500", coded(500, "InternalError", &[]), true, false),
        ("502 by a proxy", html, true, false),
        ("503", down(), true, false),
        ("504", coded(504, "RequestTimeout", &[]), true, false),
        ("408", coded(408, "Timeout", &[]), true, false),
        (
            "a fault at 400",
            coded(400, "SystemError", &[]),
            true,
            false,
        ),
        ("a fault at 200", coded(200, "SystemBusy", &[]), true, false),
        (
            "a nonce",
            coded(400, "SignatureNonceUsed", &[]),
            true,
            false,
        ),
        ("429", coded(429, "Whatever", &[]), true, true),
        (
            "throttled at 400",
            coded(400, "Throttling.User", &[]),
            true,
            true,
        ),
        (
            "throttled at 503",
            coded(503, "Throttling", &[]),
            true,
            true,
        ),
        (
            "a limit",
            coded(400, "System.LimitControl", &[]),
            true,
            true,
        ),
        (
            "a bad value",
            coded(400, "InvalidParameter", &[]),
            false,
            false,
        ),
        ("forbidden", coded(403, "Forbidden.RAM", &[]), false, false),
        (
            "signature",
            coded(400, "SignatureDoesNotMatch", &[]),
            false,
            false,
        ),
        (
            "its own code",
            coded(200, "GroupNotExist", &[]),
            false,
            false,
        ),
        ("501", coded(501, "Whatever", &[]), false, false),
        ("unreadable", Answer::json(200, "[]"), false, false),
        ("a redirect", moved(307), false, false),
        ("another", moved(302), false, false),
    ]
}

/// Whether what arrived was repeated once, each time as if it were the first.
fn repeated(name: &str, server: &Server) -> bool {
    let requests = server.requests();
    let distinct = |header: &str| {
        let values = requests.iter().filter_map(|request| request.header(header));
        values.collect::<BTreeSet<_>>().len()
    };
    for header in ["x-acs-signature-nonce", "x-acs-date", "authorization"] {
        assert_eq!(distinct(header), requests.len(), "{name}: {header}");
    }
    for request in &requests {
        signature::check(request, KEYS[0], KEYS[1]).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(request.target, requests[0].target, "{name}");
    }
    assert!(requests.len() <= 2, "{name}: {}", requests.len());
    requests.len() == 2
}

#[tokio::test]
async fn a_class_is_repeated_where_it_does_no_harm() {
    for (name, answer, reads, sends) in failures() {
        let (server, client, _) = scene([answer.clone(), ok()]);
        let came = outcome(read(&client)).await;
        assert_eq!(repeated(name, &server), reads, "read: {name}");
        assert_eq!(came.is_ok(), reads, "read: {name}: {came:?}");

        let (server, client, _) = scene([answer, ok()]);
        let came = outcome(send(&client)).await;
        assert_eq!(repeated(name, &server), sends, "send: {name}");
        assert_eq!(came.is_ok(), sends, "send: {name}: {came:?}");
    }
}

#[tokio::test]
async fn failures_without_an_answer_are_told_apart() {
    use TransportErrorKind as Kind;
    for (kind, reads, sends) in [
        (Kind::Connect, true, true),
        (Kind::ConnectTimeout, true, true),
        (Kind::Timeout, true, false),
        (Kind::Interrupted, true, false),
        (Kind::Body, true, false),
        (Kind::Other, true, false),
        (Kind::TooLarge, false, false),
        (Kind::Unsendable, false, false),
    ] {
        let transport = Scripted::new([Outcome::Fails(kind)]);
        let client = builder(&Time::new()).transport(transport.clone());
        let client = client.build().expect("a client");
        assert_eq!(outcome(read(&client)).await.is_ok(), reads, "{kind:?}");
        assert_eq!(transport.sent(), 1 + u32::from(reads), "read: {kind:?}");
        transport.then(Outcome::Fails(kind), 1);
        assert_eq!(outcome(send(&client)).await.is_ok(), sends, "{kind:?}");
        assert_eq!(transport.sent(), 1 + u32::from(sends), "send: {kind:?}");
    }
}

#[tokio::test]
async fn what_is_refused_to_the_end_says_how_often() {
    let (url, _kept) = deaf();
    let time = Time::new();
    let client = builder(&time).endpoint(&*url).allow_http(true);
    let client = client.build().expect("a client");
    let error = failure(send(&client)).await;
    assert!(error.is_connect() && error.is_retryable(), "{error}");
    assert!(!error.may_have_been_carried_out(), "{error}");
    assert_eq!(error.attempts(), 3);
    let text = error.to_string();
    assert!(
        text.starts_with("Act failed after 3 attempts: no connection"),
        "{text}"
    );
    assert_eq!(time.waits(), [500, 1000]);
}

/// Gives other keys each time.
#[derive(Debug, Default)]
struct Changing(AtomicUsize);

impl ProvideCredentials for Changing {
    fn name(&self) -> &str {
        "changing"
    }

    fn provide(&self) -> BoxFuture<'_, alibabacloud_runtime::Result<Credentials>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credentials::new(format!("id{number}"), "secret")) })
    }
}

#[tokio::test]
async fn every_attempt_has_the_keys_of_its_time() {
    let (server, client, _) = scene_with([down(), ok()], |builder| {
        builder.credentials(Changing::default())
    });
    outcome(read(&client)).await.expect("an answer");
    for (number, request) in server.requests().iter().enumerate() {
        let id = format!("id{number}");
        signature::check(request, &id, "secret").expect("a signature that holds");
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_caller_may_know_better_than_the_class() {
    let (server, client, _) = scene([Answer::hang_up(), ok()]);
    let call = send(&client).idempotent(true);
    outcome(call).await.expect("an answer");
    assert_eq!(server.requests().len(), 2);

    let (server, client, _) = scene([down(), coded(429, "Throttling", &[]), ok()]);
    let error = failure(read(&client).idempotent(false)).await;
    assert!(!error.is_retryable(), "{error}");
    assert!(
        error.to_string().contains("look before you repeat it"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
    let call = read(&client).idempotent(false);
    outcome(call).await.expect("an answer");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    let (server, client, _) = scene([Answer::hang_up(), coded(400, "InvalidParameter", &[])]);
    let error = failure(send(&client).idempotent(true)).await;
    assert_eq!(
        (error.attempts(), error.code()),
        (2, Some("InvalidParameter"))
    );
    assert!(error.may_have_been_carried_out(), "{error:?}");
    assert_eq!(server.requests().len(), 2);

    let (_server, client, _) = scene([coded(400, "InvalidParameter", &[])]);
    let error = failure(send(&client).idempotent(true)).await;
    assert!(!error.may_have_been_carried_out(), "{error:?}");
}

#[tokio::test]
async fn emitted_operations_know_their_class() {
    use alibabacloud_cams::RetryPolicy;
    use alibabacloud_cams::templates::ListChatappTemplateRequest;
    use cams_tests::client::{bounded, builder, request};

    let (server, time) = (Server::start(vec![down(); 4]), Time::new());
    let client = builder(&server)
        .retry(RetryPolicy::default())
        .sleep(time.clone())
        .build()
        .expect("a client");
    let error = bounded(client.delete_chat_group(request())).await;
    assert_eq!(error.expect_err("down").attempts(), 1);
    let request = ListChatappTemplateRequest::builder()
        .cust_space_id("cams-7d2f")
        .build();
    let error = bounded(client.list_chatapp_template(request)).await;
    assert_eq!(error.expect_err("down").attempts(), 3);
    assert_eq!((server.requests().len(), time.waits().len()), (4, 2));
}

#[tokio::test]
async fn pages_and_answers_that_do_not_fit_take_the_same_way() {
    use alibabacloud_paged::Client;
    use alibabacloud_paged::listings::ListTokensRequest;
    use cams_tests::client::bounded;

    let page = |body: &str| Answer::json(200, body);
    let server = Server::start([
        down(),
        page(r#"{"Data":[{"Id":"a"}],"NextPage":"one"}"#),
        down(),
        page(r#"{"Data":[{"Id":"b"}]}"#),
        down(),
        page(r#"{"Data":1}"#),
        down(),
        page(r#"{"Data":1}"#),
        down(),
        down(),
        down(),
        page(OK),
    ]);
    let time = Time::new();
    let client = Client::builder()
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .endpoint(server.url())
        .allow_http(true)
        .clock(time.clone())
        .sleep(time.clone())
        .build()
        .expect("a client");
    let request = || ListTokensRequest::builder().build();
    let mut items = client.list_tokens(request()).items();
    for id in ["a", "b"] {
        let item = bounded(items.next()).await.expect("an entry");
        assert_eq!(item.expect("a good one").id.as_deref(), Some(id));
    }
    assert!(bounded(items.next()).await.is_none());
    assert_eq!(server.requests().len(), 4);

    let error = bounded(client.list_tokens(request())).await;
    let error = error.expect_err("a number is no list");
    assert!(error.is_decode() && error.attempts() == 2, "{error}");
    let mut pages = client.list_tokens(request()).pages();
    let error = bounded(pages.next()).await.expect("an error");
    let error = error.expect_err("a number is no list");
    assert!(error.is_decode() && error.attempts() == 2, "{error}");

    let mut pages = client.list_tokens(request()).pages();
    let error = bounded(pages.next()).await.expect("an error");
    assert_eq!(error.expect_err("down").attempts(), 3);
}
