//! A clock that is wrong.

use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, RetryPolicy};
use cams_tests::client::OK;
use cams_tests::server::{Answer, Server};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::scene::{Time, builder, coded, failure, ok, outcome, read, scene, scene_with, send};

const HERE: &str = "2026-01-02T03:04:05Z";

/// A request refused for its date, at this time by the service's clock.
fn refused(date: &str) -> Answer {
    coded(400, "IllegalTimestamp", &[("date", date)])
}

const HOUR_LATER: &str = "Fri, 02 Jan 2026 04:04:05 GMT";
const HOUR_BEFORE: &str = "Fri, 02 Jan 2026 02:04:05 GMT";

fn dates(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .filter_map(|request| request.header("x-acs-date").map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn the_time_of_the_service_is_learnt_once_and_kept() {
    for (date, there) in [
        (HOUR_LATER, "2026-01-02T04:04:05Z"),
        (HOUR_BEFORE, "2026-01-02T02:04:05Z"),
    ] {
        let (server, client, time) = scene([refused(date), ok(), ok(), ok()]);
        outcome(send(&client)).await.expect("an answer");
        outcome(send(&client.clone())).await.expect("an answer");
        outcome(read(&client)).await.expect("an answer");
        assert_eq!(dates(&server), [HERE, there, there, there]);
        assert!(time.waits().is_empty(), "{:?}", time.waits());
    }
}

#[tokio::test]
async fn every_spelling_of_the_code_counts() {
    for code in [
        "IllegalTimestamp",
        "InvalidTimeStamp.Expired",
        "InvalidTimeStamp.Format",
    ] {
        let wrong = coded(400, code, &[("date", HOUR_LATER)]);
        let (server, client, _) = scene([wrong, ok()]);
        outcome(send(&client)).await.expect("an answer");
        assert_eq!(server.requests().len(), 2, "{code}");
    }
}

#[tokio::test]
async fn a_date_that_is_refused_again_ends_the_call() {
    let (server, client, _) = scene([refused(HOUR_LATER), refused(HOUR_BEFORE), ok()]);
    let error = failure(read(&client)).await;
    assert_eq!(
        (error.attempts(), server.requests().len()),
        (2, 2),
        "{error}"
    );
    assert!(
        error.to_string().contains("this machine's clock"),
        "{error}"
    );
    // The last word of the service holds for the next call.
    outcome(read(&client)).await.expect("an answer");
    assert_eq!(dates(&server)[2], "2026-01-02T02:04:05Z");
}

#[tokio::test]
async fn without_another_time_there_is_nothing_to_learn() {
    for answer in [
        coded(400, "IllegalTimestamp", &[]),
        // Within a minute: the clock isn't what is wrong.
        refused("Fri, 02 Jan 2026 03:05:04 GMT"),
        refused("Fri, 02 Jan 2026 03:03:06 GMT"),
        refused("soon"),
        // Another error says nothing about the clock.
        coded(400, "InvalidParameter", &[("date", HOUR_LATER)]),
    ] {
        let (server, client, _) = scene([answer.clone(), ok()]);
        failure(read(&client)).await;
        assert_eq!(server.requests().len(), 1, "{answer:?}");
        outcome(read(&client)).await.expect("an answer");
        assert_eq!(dates(&server), [HERE, HERE], "{answer:?}");
    }
}

#[tokio::test]
async fn in_doubt_a_send_is_not_repeated() {
    let wrong = coded(500, "IllegalTimestamp", &[("date", HOUR_LATER)]);
    let (server, client, _) = scene([wrong, ok()]);
    let error = failure(send(&client)).await;
    assert!(error.may_have_been_carried_out(), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn with_repetitions_off_the_next_call_gains() {
    let (server, client, _) = scene_with([refused(HOUR_LATER), ok()], |builder| {
        builder.retry(RetryPolicy::off())
    });
    let error = failure(read(&client)).await;
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    outcome(read(&client)).await.expect("an answer");
    assert_eq!(dates(&server)[1], "2026-01-02T04:04:05Z");
}

/// Refuses every date but one an hour later, after a while.
#[derive(Debug)]
struct Later;

impl Transport for Later {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let right = request.headers["x-acs-date"] == "2026-01-02T04:04:05Z";
        Box::pin(async move {
            tokio::task::yield_now().await;
            let mut headers = HeaderMap::new();
            headers.insert("date", HeaderValue::from_static(HOUR_LATER));
            Ok(if right {
                Response::new(StatusCode::OK, headers, OK)
            } else {
                let body = r#"{"Code":"InvalidTimeStamp.Expired"}"#;
                Response::new(StatusCode::BAD_REQUEST, headers, body)
            })
        })
    }
}

#[tokio::test]
async fn calls_at_the_same_time_learn_each_for_itself() {
    let client = builder(&Time::new()).transport(Later);
    let client = client.build().expect("a client");
    let (one, other) = tokio::join!(outcome(send(&client)), outcome(send(&client)));
    one.expect("an answer");
    other.expect("an answer");
}

#[tokio::test]
async fn what_needs_no_wait_needs_no_timer() {
    let client = alibabacloud_runtime::Builder::<alibabacloud_runtime::Client>::new(
        &cams_tests::act::SERVICE,
    )
    .credentials(alibabacloud_runtime::Credentials::new("id", "secret"))
    .clock(Time::new())
    .transport(Later)
    .build()
    .expect("a client");
    outcome(send(&client)).await.expect("an answer");
}
