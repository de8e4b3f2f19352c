//! What is traced of calls.

use std::future::poll_fn;
use std::task::Poll;

use alibabacloud_cams::runtime::credentials::Cached;
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::runtime::transport::TransportErrorKind;
use alibabacloud_cams::{Client, Credentials};
use cams_tests::client::request;
use tracing::Level;

use crate::recorder::Recorder;
use crate::{SECOND, listing};

/// What is the same in all spans of calls.
const ALWAYS: &[&str] = &["otel.", "rpc.", "server.", "alibabacloud.api_version"];

fn scene<const N: usize>(answers: [Answer; N]) -> (Script, Client) {
    let script = Script::new();
    for answer in answers {
        script.expect(Expected::any()).answer(answer);
    }
    let client = script.prepare(Client::builder()).build();
    (script, client.expect("a client"))
}

#[tokio::test]
async fn a_call_is_a_span_with_a_span_for_each_attempt() {
    let (recorder, _guard) = Recorder::start(Level::TRACE);
    let (_script, client) = scene([Answer::ok().after(SECOND)]);
    client
        .delete_chat_group(request())
        .await
        .expect("an answer");
    let spans = recorder.spans();
    let [call, attempt] = spans.as_slice() else {
        panic!("{recorder}");
    };
    assert_eq!(
        (call.name, call.level, call.parent),
        ("call", Level::INFO, None)
    );
    assert_eq!(
        call.fields(&[]),
        [
            "alibabacloud.api_version=2020-06-06",
            "alibabacloud.attempts=1",
            "alibabacloud.request_id=00000000-0000-0000-0000-000000000001",
            "http.response.status_code=200",
            "latency_ms=1000",
            "otel.kind=client",
            "otel.name=Cams/DeleteChatGroup",
            "otel.status_code=OK",
            "outcome=success",
            "rpc.method=DeleteChatGroup",
            "rpc.service=Cams",
            "rpc.system=alibabacloud",
            "server.address=cams.ap-southeast-1.aliyuncs.com",
        ]
    );
    assert_eq!(
        (attempt.name, attempt.level, attempt.parent),
        ("attempt", Level::DEBUG, Some(0))
    );
    assert_eq!(
        attempt.fields(&[]),
        [
            "alibabacloud.attempt=1",
            "alibabacloud.request_id=00000000-0000-0000-0000-000000000001",
            "http.request.method=POST",
            "http.response.status_code=200",
            "latency_ms=1000",
            "otel.kind=client",
            "otel.name=Cams/DeleteChatGroup attempt",
            "otel.status_code=OK",
            "outcome=success",
        ]
    );
    assert!(spans.iter().all(|span| span.is_closed()), "{recorder}");
    assert!(recorder.events().is_empty(), "{recorder}");
    for traced in &spans {
        assert_eq!(traced.target, "alibabacloud_runtime");
    }
}

#[tokio::test]
async fn a_port_is_apart_from_its_host() {
    for (endpoint, host, port) in [
        ("cams.example.com:8443", "cams.example.com", Some("8443")),
        ("[::1]:8443", "[::1]", Some("8443")),
        ("[::1]", "[::1]", None),
    ] {
        let (recorder, _guard) = Recorder::start(Level::INFO);
        let script = Script::new();
        script.expect(Expected::any());
        let client = script.prepare(Client::builder()).endpoint(endpoint);
        let client = client.build().expect("a client");
        client
            .delete_chat_group(request())
            .await
            .expect("an answer");
        let span = &recorder.spans()[0];
        assert_eq!(span.get("server.address"), Some(host));
        assert_eq!(span.get("server.port"), port);
    }
}

#[tokio::test]
async fn repetitions_have_their_reasons() {
    let (recorder, _guard) = Recorder::start(Level::DEBUG);
    let (_script, client) = scene([
        Answer::throttled().retry_after(2 * SECOND),
        Answer::fault(TransportErrorKind::Timeout),
        Answer::business_error("Group.None", "HUSH"),
    ]);
    client.list_chat_group(listing()).await.expect_err("a code");
    let spans = recorder.spans();
    let [call, first, second, third] = spans.as_slice() else {
        panic!("{recorder}");
    };
    assert_eq!(
        call.fields(ALWAYS),
        [
            "alibabacloud.attempts=3",
            "alibabacloud.code=Group.None",
            "alibabacloud.request_id=00000000-0000-0000-0000-000000000003",
            "error.type=Group.None",
            "http.response.status_code=200",
            "latency_ms=3500",
            "outcome=service_error",
        ]
    );
    assert_eq!(call.get("otel.status_code"), Some("ERROR"));
    for (attempt, outcome, kind, resent) in [
        (first, "throttled", "Throttling.User", None),
        (second, "timeout", "timeout", Some("1")),
        (third, "service_error", "Group.None", Some("2")),
    ] {
        assert_eq!(attempt.parent, Some(0));
        assert_eq!(attempt.get("outcome"), Some(outcome));
        assert_eq!(attempt.get("error.type"), Some(kind));
        assert_eq!(attempt.get("http.request.resend_count"), resent);
    }
    let events = recorder.events();
    let told: Vec<_> = events.iter().map(|event| event.fields(&[])).collect();
    assert_eq!(
        told,
        [
            vec![
                "alibabacloud.attempt=1",
                "alibabacloud.code=Throttling.User",
                "message=the call is repeated",
                "reason=throttled",
                "wait_ms=2500",
            ],
            vec![
                "alibabacloud.attempt=2",
                "message=the call is repeated",
                "reason=timeout",
                "wait_ms=1000",
            ],
        ]
    );
    for event in &events {
        assert_eq!((event.parent, event.level), (Some(0), Level::DEBUG));
    }
}

#[tokio::test]
async fn failures_have_their_types() {
    for (answer, outcome, kind) in [
        (Answer::throttled(), "throttled", "Throttling.User"),
        (
            Answer::raw(502, "<p>HUSH"),
            "service_error",
            "service_error",
        ),
        (TransportErrorKind::Connect.into(), "connect", "connect"),
        (Answer::never(), "timeout", "timeout"),
        (Answer::ok().broken_off(), "interrupted", "interrupted"),
        (
            Answer::success(serde_json::json!({"Result": "HUSH"})),
            "unreadable",
            "unreadable",
        ),
    ] {
        let (recorder, _guard) = Recorder::start(Level::TRACE);
        let (_script, client) = scene([answer]);
        let call = client.delete_chat_group(request()).timeout(SECOND / 4);
        call.await.expect_err("a failure");
        let call = &recorder.spans()[0];
        assert_eq!(call.get("outcome"), Some(outcome));
        assert_eq!(call.get("error.type"), Some(kind), "{outcome}");
        assert_eq!(call.get("otel.status_code"), Some("ERROR"), "{outcome}");
        assert!(call.is_closed(), "{outcome}");
    }
}

#[tokio::test]
async fn a_code_forges_no_lines() {
    let (recorder, _guard) = Recorder::start(Level::TRACE);
    let code = format!("A\nERROR b{}", "x".repeat(200));
    let (_script, client) = scene([Answer::business_error(code, "")]);
    client
        .delete_chat_group(request())
        .await
        .expect_err("a code");
    let spans = recorder.spans();
    for name in ["alibabacloud.code", "error.type"] {
        let shown = spans[0].get(name).expect("a code");
        assert!(shown.starts_with("A\\nERROR b"), "{shown}");
        assert!(shown.chars().count() < 120, "{shown}");
    }
}

#[tokio::test]
async fn a_call_that_is_given_up_is_closed_as_such() {
    let (recorder, _guard) = Recorder::start(Level::TRACE);
    let (_script, client) = scene([Answer::throttled(), Answer::never()]);
    let mut call = client.delete_chat_group(request()).into_future();
    poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    // Between two polls, its spans are open, but nobody is in them.
    tracing::info!(target: "elsewhere", "meanwhile");
    assert!(recorder.spans().iter().any(|span| !span.is_closed()));
    drop(call);
    let spans = recorder.spans();
    let outcomes: Vec<_> = spans.iter().map(|span| span.get("outcome")).collect();
    assert_eq!(
        outcomes,
        [Some("cancelled"), Some("throttled"), Some("cancelled")]
    );
    assert_eq!(spans[0].get("alibabacloud.attempts"), Some("2"));
    assert!(spans.iter().all(|span| span.is_closed()), "{recorder}");
    let events = recorder.events();
    let meanwhile = events.iter().find(|event| event.target == "elsewhere");
    assert_eq!(meanwhile.expect("an event").parent, None);
}

#[tokio::test]
async fn what_happens_in_an_attempt_is_found_in_its_span() {
    for (level, name) in [(Level::DEBUG, "attempt"), (Level::INFO, "call")] {
        let (recorder, _guard) = Recorder::start(level);
        let script = Script::unordered();
        script.otherwise_with(|request| {
            tracing::info!(target: "transport", action = request.action());
            Answer::ok()
        });
        let client = script.prepare(Client::builder()).build();
        let client = client.expect("a client");
        let around = tracing::info_span!("around");
        let both = tracing::Instrument::instrument(
            async {
                let (deletion, list) = (
                    client.delete_chat_group(request()),
                    client.list_chat_group(listing()),
                );
                let (one, two) = tokio::join!(deletion.into_future(), list.into_future());
                (one.expect("an answer"), two.expect("an answer"))
            },
            around,
        );
        both.await;
        let (spans, events) = (recorder.spans(), recorder.events());
        assert_eq!(events.len(), 2, "{recorder}");
        for event in events {
            let mut span = &spans[event.parent.expect("a span")];
            assert_eq!(span.name, name);
            if name == "attempt" {
                span = &spans[span.parent.expect("a call")];
            }
            assert_eq!(span.get("rpc.method"), event.get("action"));
            assert_eq!(spans[span.parent.expect("its caller")].name, "around");
        }
    }
}

#[tokio::test]
async fn where_nothing_is_taken_nothing_is_done() {
    let (recorder, _guard) = Recorder::start(Level::ERROR);
    let (_script, client) = scene([Answer::throttled(), Answer::ok()]);
    client
        .delete_chat_group(request())
        .await
        .expect("an answer");
    assert!(recorder.spans().is_empty() && recorder.events().is_empty());
}

/// Keys, or a reason not to give any, which says more than traces should.
#[derive(Debug)]
struct Vault(bool);

impl alibabacloud_cams::runtime::credentials::ProvideCredentials for Vault {
    fn name(&self) -> &str {
        "vault"
    }

    fn provide(
        &self,
    ) -> alibabacloud_cams::runtime::BoxFuture<'_, Result<Credentials, alibabacloud_cams::Error>>
    {
        Box::pin(async {
            match self.0 {
                true => Ok(Credentials::new("HUSHID", "HUSHSECRET")),
                false => Err(alibabacloud_cams::Error::credentials("no file /home/HUSH")),
            }
        })
    }
}

#[tokio::test]
async fn renewals_of_keys_are_events() {
    for (open, level, message) in [
        (true, Level::DEBUG, "keys were renewed"),
        (false, Level::WARN, "keys couldn't be renewed"),
    ] {
        let (recorder, _guard) = Recorder::start(Level::TRACE);
        let script = Script::new();
        script.otherwise(Answer::ok());
        let keys = Cached::with_clock(Vault(open), script.time());
        let client = script.prepare(Client::builder()).credentials(keys);
        let client = client.build().expect("a client");
        let outcome = client.delete_chat_group(request()).await;
        assert_eq!(outcome.is_ok(), open);
        let events = recorder.events();
        assert_eq!(events.len(), 1, "{recorder}");
        assert_eq!(events[0].level, level);
        assert_eq!(
            events[0].fields(&[]),
            [
                "alibabacloud.credentials_provider=vault".to_owned(),
                "latency_ms=0".to_owned(),
                format!("message={message}"),
            ]
        );
        assert!(!recorder.to_string().contains("HUSH"), "{recorder}");
        let outcome = recorder.spans()[0].get("outcome").map(str::to_owned);
        let wanted = if open { "success" } else { "credentials" };
        assert_eq!(outcome.as_deref(), Some(wanted));
    }
}
