//! What a hook is told, and when.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use alibabacloud_cams::Client;
use alibabacloud_cams::runtime::RetryClass;
use alibabacloud_cams::runtime::observe::{AttemptStarted, CallEnded, CallInfo, Observe, Outcome};
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::runtime::transport::TransportErrorKind;
use cams_tests::client::request;

use crate::notes::Notes;
use crate::{SECOND, listing};

/// A script of these answers, and a client whose calls are written down.
fn scene<const N: usize>(answers: [Answer; N]) -> (Script, Client, Notes) {
    let (script, notes) = (Script::new(), Notes::default());
    for answer in answers {
        script.expect(Expected::any()).answer(answer);
    }
    let builder = script.prepare(Client::builder()).observe(notes.clone());
    (script, builder.build().expect("a client"), notes)
}

#[tokio::test]
async fn a_call_that_goes_well() {
    let (script, client, notes) = scene([Answer::ok().after(3 * SECOND)]);
    client
        .delete_chat_group(request())
        .await
        .expect("an answer");
    assert_eq!(
        notes.take(),
        [
            "1: begins",
            "1: success 200 …1 in 3s",
            "DeleteChatGroup: success 200 …1 by 1 in 3s",
        ]
    );
    script.finish().expect("all went by the script");

    // The request ID of an answer without the header stands in its body.
    let bare = Answer::raw(200, r#"{"Code":"OK","RequestId":"in body 7"}"#);
    let (_script, client, notes) = scene([bare]);
    client
        .delete_chat_group(request())
        .await
        .expect("an answer");
    assert_eq!(notes.take()[1], "1: success 200 …7 in 0ns");
}

#[tokio::test]
async fn every_attempt_and_its_reason() {
    let (script, client, notes) = scene([
        Answer::throttled().retry_after(2 * SECOND).after(SECOND),
        Answer::fault(TransportErrorKind::Interrupted).after(SECOND),
        Answer::business_error("Group.None", "none"),
    ]);
    client.list_chat_group(listing()).await.expect_err("a code");
    assert_eq!(
        notes.take(),
        [
            "1: begins",
            "1: throttled 429 Throttling.User …1 in 1s",
            "1: again for throttled Throttling.User after 2.5s",
            "2: begins",
            "2: interrupted in 1s",
            "2: again for interrupted after 1s",
            "3: begins",
            "3: service_error 200 Group.None …3 in 0ns",
            "ListChatGroup: service_error 200 Group.None …3 by 3 in 5.5s",
        ]
    );
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn failures_have_their_names() {
    for (answer, outcome) in [
        (Answer::throttled(), Outcome::Throttled),
        (
            Answer::gateway_error(403, "Forbidden"),
            Outcome::ServiceError,
        ),
        (Answer::fault(TransportErrorKind::Connect), Outcome::Connect),
        (
            Answer::fault(TransportErrorKind::ConnectTimeout),
            Outcome::Connect,
        ),
        (Answer::fault(TransportErrorKind::Timeout), Outcome::Timeout),
        (Answer::never(), Outcome::Timeout),
        (
            Answer::fault(TransportErrorKind::Interrupted),
            Outcome::Interrupted,
        ),
        (Answer::ok().broken_off(), Outcome::Interrupted),
        (
            Answer::fault(TransportErrorKind::Other),
            Outcome::Interrupted,
        ),
        (Answer::raw(200, "{"), Outcome::Unreadable),
        (Answer::raw(302, ""), Outcome::Unreadable),
        (
            Answer::fault(TransportErrorKind::TooLarge),
            Outcome::Unreadable,
        ),
        (
            Answer::fault(TransportErrorKind::Unsendable),
            Outcome::Configuration,
        ),
    ] {
        let name = format!("{answer:?}");
        let (_script, client, notes) = scene([answer]);
        let call = client.delete_chat_group(request()).timeout(SECOND / 4);
        call.await.expect_err("a failure");
        let told = notes.take();
        assert_eq!(told.len(), 3, "{told:?}");
        for line in &told[1..] {
            assert!(line.contains(&format!(": {outcome}")), "{name}: {line}");
        }
    }
}

#[tokio::test]
async fn what_does_not_fit_shows_in_the_end_of_the_call() {
    let odd = || Answer::success(serde_json::json!({"Result": "many"}));
    let (_script, client, notes) = scene([odd()]);
    client.delete_chat_group(request()).await.expect_err("odd");
    let told = notes.take();
    assert_eq!(told[1], "1: success 200 …1 in 0ns");
    assert_eq!(
        told[2..],
        ["DeleteChatGroup: unreadable 200 OK …1 by 1 in 0ns"]
    );

    // Of each page of a listing too.
    let odd = || Answer::success(serde_json::json!({"Data": {"Total": "many"}}));
    let (_script, client, notes) = scene([odd()]);
    let mut pages = client.list_chat_group(listing()).pages();
    pages.next().await.expect("a page").expect_err("odd");
    assert_eq!(
        notes.take()[2..],
        ["ListChatGroup: unreadable 200 OK …1 by 1 in 0ns"]
    );
}

#[tokio::test]
async fn what_was_not_attempted_ends_too() {
    let (_script, client, notes) = scene([]);
    let long = "x".repeat(70_000);
    let call = client.delete_chat_group(request()).query("Long", long);
    call.await.expect_err("too long");
    assert_eq!(notes.take(), ["DeleteChatGroup: configuration by 0 in 0ns"]);

    // Nothing happens before a call is awaited.
    drop(client.delete_chat_group(request()));
    drop(client.delete_chat_group(request()).into_future());
    assert!(notes.take().is_empty());
}

#[tokio::test]
async fn a_call_that_is_given_up_is_told() {
    let (script, client, notes) = scene([Answer::throttled(), Answer::never().after(SECOND)]);
    let mut call = client.delete_chat_group(request()).into_future();
    poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
    assert_eq!(notes.take().len(), 4);
    script.time().pass(3 * SECOND);
    drop(call);
    assert_eq!(
        notes.take(),
        [
            "2: cancelled in 4s",
            "DeleteChatGroup: cancelled by 2 in 4.5s"
        ]
    );
    script.finish().expect("all went by the script");
}

#[derive(Debug)]
struct Asserts;

impl Observe for Asserts {
    fn attempt_started(&self, started: &AttemptStarted<'_>) {
        let CallInfo {
            product,
            version,
            operation,
            class,
            endpoint,
            ..
        } = started.call;
        assert_eq!((product, version), ("Cams", "2020-06-06"));
        assert_eq!((operation, class), ("DeleteChatGroup", RetryClass::Send));
        assert_eq!(endpoint, "cams.ap-southeast-1.aliyuncs.com");
        panic!("as hooks do");
    }

    fn call_ended(&self, _: &CallEnded<'_>) {
        panic!("as hooks do");
    }
}

#[tokio::test]
async fn a_hook_that_panics_ends_nothing() {
    let (script, notes) = (Script::new(), Notes::default());
    script.expect(Expected::any());
    script.expect(Expected::any()).answer(Answer::never());
    let client = script.prepare(Client::builder());
    let client = client.observe(Asserts).observe(Arc::new(notes.clone()));
    let client = client.build().expect("a client");
    client
        .delete_chat_group(request())
        .await
        .expect("an answer");
    assert_eq!(notes.take().len(), 3);

    // Nor the process, while another panic drops the call.
    let outcome = tokio::spawn(async move {
        let mut call = client.delete_chat_group(request()).into_future();
        poll_fn(|context| {
            assert!(call.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        panic!("in the middle of a call");
    });
    assert!(outcome.await.expect_err("a panic").is_panic());
    let told = notes.take();
    assert_eq!(
        told[1..],
        [
            "1: cancelled in 0ns",
            "DeleteChatGroup: cancelled by 1 in 0ns"
        ]
    );
}
