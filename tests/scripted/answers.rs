//! What a script can answer, and what a client makes of it.

use std::time::Duration;

use alibabacloud_cams::chat_groups::{
    DeleteChatGroupResponse, ListChatGroupRequest, ListChatGroupResponse,
};
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::runtime::transport::TransportErrorKind;
use alibabacloud_cams::types::Page;
use alibabacloud_cams::{Client, Error, RetryPolicy};
use cams_tests::client::request;
use serde_json::json;

use crate::client;

const SECOND: Duration = Duration::from_secs(1);

/// What becomes of a deletion that is answered like this.
async fn delete(answer: Answer) -> Result<DeleteChatGroupResponse, Error> {
    let script = Script::new();
    script.expect(Expected::any()).answer(answer);
    let outcome = client(&script)
        .delete_chat_group(request())
        .retry(RetryPolicy::off())
        .await;
    script.finish().expect("all went by the script");
    outcome
}

async fn failure(answer: Answer) -> Error {
    delete(answer).await.expect_err("a failure")
}

/// A call that is repeated after whatever may pass.
async fn list(client: &Client) -> Result<ListChatGroupResponse, Error> {
    let request = ListChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .page(Page::builder().index(1).size(10).build())
        .build();
    client.list_chat_group(request).await
}

#[tokio::test]
async fn success_has_an_envelope() {
    let id = Some("00000000-0000-0000-0000-000000000001");
    let answer = delete(Answer::ok()).await.expect("an answer");
    assert_eq!(answer.request_id.as_deref(), id);
    assert_eq!((answer.code.as_deref(), answer.result), (Some("OK"), None));

    let mut typed = DeleteChatGroupResponse::default();
    typed.result = Some(3);
    typed.message = Some("done".to_owned());
    for content in [
        Answer::success(&typed),
        Answer::success(json!({"Result": 3, "Message": "done"})),
    ] {
        let answer = delete(content).await.expect("an answer");
        assert_eq!(answer.request_id.as_deref(), id);
        assert_eq!(answer.code.as_deref(), Some("OK"));
        assert_eq!(
            (answer.result, answer.message),
            (Some(3), typed.message.clone())
        );
    }

    // What is given stays.
    typed.request_id = Some("mine".to_owned());
    typed.code = Some("200".to_owned());
    let answer = delete(Answer::success(&typed)).await.expect("an answer");
    assert_eq!(answer, typed);
}

#[tokio::test]
async fn errors_of_the_service_and_of_its_gateway() {
    let error = failure(Answer::business_error("Group.Gone", "it is gone")).await;
    assert!(error.is_service(), "{error}");
    assert_eq!(
        (error.status(), error.code()),
        (Some(200), Some("Group.Gone"))
    );
    assert_eq!(error.message(), Some("it is gone"));
    assert_eq!(
        error.request_id(),
        Some("00000000-0000-0000-0000-000000000001")
    );

    let error =
        failure(Answer::gateway_error(503, "ServiceUnavailable").request_id("gateway")).await;
    assert!(error.is_service(), "{error}");
    assert_eq!(
        (error.status(), error.code()),
        (Some(503), Some("ServiceUnavailable"))
    );
    assert_eq!(error.request_id(), Some("gateway"));

    let error = failure(Answer::throttled().retry_after(3 * SECOND)).await;
    assert!(error.is_throttled() && error.is_retryable(), "{error}");
    assert_eq!(error.retry_after(), Some(3 * SECOND));

    let page = Answer::raw(502, "<html>bad gateway</html>").header("content-type", "text/html");
    let error = failure(page).await;
    assert_eq!((error.status(), error.request_id()), (Some(502), None));
    assert!(error.to_string().contains("text/html"), "{error}");

    let error = failure(Answer::raw(200, "{")).await;
    assert!(error.is_decode(), "{error}");
    let error = failure(Answer::success(json!({"Result": "many"}))).await;
    assert!(
        error.is_decode() && error.to_string().contains("`Result`"),
        "{error}"
    );
}

#[tokio::test]
async fn failures_on_the_way_tell_the_truth() {
    for (kind, carried_out) in [
        (TransportErrorKind::Unsendable, false),
        (TransportErrorKind::Connect, false),
        (TransportErrorKind::ConnectTimeout, false),
        (TransportErrorKind::Timeout, true),
        (TransportErrorKind::Interrupted, true),
        (TransportErrorKind::Body, true),
        (TransportErrorKind::Other, true),
    ] {
        let error = failure(Answer::fault(kind)).await;
        assert_eq!(error.may_have_been_carried_out(), carried_out, "{kind:?}");
        assert_eq!(error.status(), None, "{kind:?}");
    }

    let error = failure(Answer::ok().broken_off()).await;
    assert_eq!(error.status(), Some(200));
    assert!(error.request_id().is_some() && error.may_have_been_carried_out());

    let script = Script::new();
    script
        .expect(Expected::any())
        .answer(Answer::raw(200, " ".repeat(100)));
    let small = script.prepare(Client::builder()).max_response_bytes(99);
    let small = small.build().expect("a client");
    let error = small.delete_chat_group(request()).await;
    let error = error.expect_err("too much");
    assert!(error.to_string().contains("max_response_bytes"), "{error}");
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn waits_are_kept_and_take_no_time() {
    let script = Script::new();
    script
        .expect(Expected::of::<ListChatGroupRequest>())
        .answer(Answer::throttled().retry_after(7 * SECOND))
        .answer(TransportErrorKind::Timeout)
        .answer(Answer::ok());
    list(&client(&script)).await.expect("an answer");
    assert_eq!(script.waits(), [SECOND * 15 / 2, SECOND]);
    assert_eq!(script.requests().len(), 3);
    script.finish().expect("all went by the script");

    // A send isn't repeated where it may have been carried out.
    let script = Script::new();
    script
        .expect(Expected::any())
        .answer(TransportErrorKind::Timeout);
    let error = client(&script).delete_chat_group(request()).await;
    assert_eq!(error.expect_err("no answer").attempts(), 1);
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn what_takes_too_long_runs_into_limits() {
    let script = Script::new();
    script
        .expect(Expected::any())
        .answer(Answer::ok().after(3 * SECOND))
        .answer(Answer::ok().after(5 * SECOND))
        .answer(Answer::never());
    let all = client(&script);
    let delete = |limit| all.delete_chat_group(request()).timeout(limit);
    delete(5 * SECOND).await.expect("an answer in time");
    for _ in 0..2 {
        let error = delete(5 * SECOND).await.expect_err("too late");
        assert!(
            error.is_timeout() && error.may_have_been_carried_out(),
            "{error}"
        );
    }
    assert_eq!(script.requests()[2].timeout(), Some(5 * SECOND));
    script.finish().expect("all went by the script");

    // Time that passes counts for all attempts together.
    let script = Script::new();
    let slow = Answer::gateway_error(503, "ServiceUnavailable").after(4 * SECOND);
    script.expect(Expected::any()).answer(slow).times(..);
    let listed = client(&script);
    let error = {
        let request = ListChatGroupRequest::builder()
            .business_number("8613800001111")
            .cust_space_id("cams-7d2f")
            .page(Page::builder().index(1).size(10).build())
            .build();
        listed.list_chat_group(request).timeout(9 * SECOND).await
    };
    assert_eq!(error.expect_err("down").attempts(), 2);
    assert_eq!(script.waits(), [SECOND / 2]);
    let second = script.requests()[1].timeout();
    assert_eq!(second, Some(SECOND * 9 / 2));
}

#[test]
fn any_executor_will_do() {
    use std::task::{Context, Poll, Waker};

    let script = Script::new();
    script
        .expect(Expected::any())
        .answer(Answer::throttled().after(SECOND))
        .answer(Answer::ok());
    let all = client(&script);
    let mut call = all.delete_chat_group(request()).into_future();
    // Ready at once, without a runtime.
    let Poll::Ready(answer) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it waits");
    };
    answer.expect("an answer");
    drop(call);
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn an_answer_that_cannot_be_given_is_reported() {
    struct Odd;
    impl serde::Serialize for Odd {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("odd"))
        }
    }
    for (answer, says) in [
        (Answer::gateway_error(99, "X"), "99 is no HTTP status"),
        (
            Answer::ok().header("a b", "c"),
            "`a b` can't be sent as a header",
        ),
        (Answer::success(Odd), "can't be written as JSON: odd"),
        (Answer::never().status(200), "has no status"),
        (
            Answer::fault(TransportErrorKind::Connect).header("a", "b"),
            "has no header",
        ),
        (Answer::never().broken_off(), "has no body"),
    ] {
        let script = Script::new();
        script.expect(Expected::any()).answer(answer);
        let error = client(&script).delete_chat_group(request()).await;
        let error = error.expect_err("no answer");
        assert!(error.is_configuration(), "{error}");
        let report = crate::report(script);
        assert!(
            report.contains(says) && error.to_string().contains(says),
            "{report}"
        );
    }
}
