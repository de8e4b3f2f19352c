//! Calls that block are repeated by the same rules, on the same time.

use std::time::Duration;

use alibabacloud_runtime::{Client, Error};
use cams_tests::act::Act;
use cams_tests::server::Answer;

use crate::timed::{coded, down, ok, read, scene, scene_with, send};

fn failure<const READ: bool>(call: alibabacloud_runtime::Call<'_, Act<READ>>) -> Error {
    call.send_blocking().map(drop).expect_err("a failure")
}

#[test]
fn a_read_is_repeated_with_waits_between_and_a_signature_of_its_own() {
    let (server, client, time) = scene([down(), Answer::hang_up(), ok()]);
    read(&client).send_blocking().expect("an answer");
    assert_eq!(time.waits(), [500, 1000]);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for header in ["x-acs-date", "x-acs-signature-nonce", "authorization"] {
        let [first, second] = [0, 1].map(|index| requests[index].header(header));
        assert!(first.is_some() && first != second, "{header}");
    }
}

#[test]
fn a_send_is_repeated_only_where_it_surely_was_not_carried_out() {
    let (server, client, time) = scene([coded(429, "Throttling", &[]), ok()]);
    send(&client).send_blocking().expect("an answer");
    assert_eq!((server.requests().len(), time.waits()), (2, vec![500]));

    for doubtful in [Answer::hang_up(), down(), ok().truncate(3)] {
        let (server, client, time) = scene([doubtful, ok()]);
        let error = failure(send(&client));
        assert!(error.may_have_been_carried_out(), "{error}");
        assert_eq!((server.requests().len(), time.waits()), (1, vec![]));
        assert_eq!(error.attempts(), 1);
    }
}

#[test]
fn no_connection_is_worth_another_attempt_of_anything() {
    let (url, _kept) = cams_tests::failure::deaf();
    let (_server, client, time) = scene_with([], |builder| builder.endpoint(url));
    let error = failure(send(&client));
    assert!(error.is_connect() && !error.may_have_been_carried_out());
    assert_eq!((error.attempts(), time.waits()), (3, vec![500, 1000]));
}

#[test]
fn a_time_for_the_whole_call_ends_it_before_a_wait_that_would_outlast_it() {
    let (server, client, time) = scene(vec![down(); 3]);
    let error = failure(read(&client).timeout(Duration::from_millis(1200)));
    assert_eq!(time.waits(), [500]);
    assert_eq!((error.attempts(), server.requests().len()), (2, 2));
    assert!(error.to_string().contains("time"), "{error}");
}

#[test]
fn the_service_corrects_the_clock() {
    let date = ("date", "Fri, 02 Jan 2026 04:04:05 GMT");
    let (server, client, time) = scene([coded(400, "IllegalTimestamp", &[date]), ok()]);
    send(&client).send_blocking().expect("an answer");
    assert_eq!(time.waits(), [0_u128; 0]);
    let requests = server.requests();
    assert_eq!(
        requests[0].header("x-acs-date"),
        Some("2026-01-02T03:04:05Z")
    );
    assert_eq!(
        requests[1].header("x-acs-date"),
        Some("2026-01-02T04:04:05Z")
    );
}

/// The built-in wait, a short one.
#[test]
fn without_a_time_of_its_own_a_client_waits_on_the_thread() {
    let server = cams_tests::server::Server::start([down(), ok()]);
    let policy = alibabacloud_runtime::RetryPolicy::default().base_delay(Duration::from_millis(5));
    let client: Client = alibabacloud_runtime::Builder::new(&cams_tests::act::SERVICE)
        .credentials(alibabacloud_runtime::Credentials::new("id", "secret"))
        .endpoint(server.url())
        .allow_http(true)
        .retry(policy)
        .build()
        .expect("a client");
    read(&client).send_blocking().expect("an answer");
    assert_eq!(server.requests().len(), 2);
}
