//! Which request meets which expectation, and how often.

use std::sync::Arc;

use alibabacloud_cams::chat_groups::{
    DeleteChatGroupRequest, DeleteChatGroupResponse, ListChatGroupRequest,
};
use alibabacloud_cams::runtime::testing::{Answer, Expected, Received, Script};
use alibabacloud_cams::types::Page;
use alibabacloud_cams::{Client, Error};

use crate::{client, report};

async fn delete(client: &Client, group: &str) -> Result<Option<i64>, Error> {
    let request = DeleteChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .group_id(group)
        .build();
    let answer: DeleteChatGroupResponse = client.delete_chat_group(request).await?;
    Ok(answer.result)
}

async fn list(client: &Client) -> Result<(), Error> {
    let request = ListChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .page(Page::builder().index(1).size(10).build())
        .build();
    client.list_chat_group(request).await.map(drop)
}

fn group(id: &str) -> Expected {
    Expected::of::<DeleteChatGroupRequest>().parameter("GroupId", id)
}

fn rows(rows: i64) -> Answer {
    Answer::success(serde_json::json!({"Result": rows}))
}

#[tokio::test]
async fn requests_come_in_the_order_that_was_written_down() {
    let script = Script::new();
    script.expect(group("A")).answer(rows(1));
    script.expect(group("B")).answer(rows(2));
    let all = client(&script);
    assert_eq!(delete(&all, "A").await.expect("an answer"), Some(1));
    assert_eq!(delete(&all, "B").await.expect("an answer"), Some(2));
    script.finish().expect("all went by the script");

    let script = Script::new();
    script.expect(group("A"));
    script.expect(group("B"));
    let all = client(&script);
    let error = delete(&all, "B").await.expect_err("too early");
    assert!(error.is_configuration() && !error.is_retryable(), "{error}");
    assert!(!error.may_have_been_carried_out(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(
        error
            .to_string()
            .contains(r#"GroupId: expected "A", came "B""#),
        "{error}"
    );
    // What was expected may still come, but that doesn't make it good.
    delete(&all, "A").await.expect("an answer");
    delete(&all, "B").await.expect("an answer");
    assert!(report(script).contains("request 1, DeleteChatGroup, isn't expected"));
}

#[tokio::test]
async fn in_any_order_each_request_finds_its_own() {
    let script = Script::unordered();
    script.expect(group("A")).answer(rows(1));
    script.expect(group("B")).answer(rows(2));
    script
        .expect(Expected::of::<DeleteChatGroupRequest>())
        .answer(rows(3));
    let all = client(&script);
    let (b, other, a) = tokio::join!(delete(&all, "B"), delete(&all, "C"), delete(&all, "A"));
    let rows = [a, b, other].map(|rows| rows.expect("an answer"));
    assert_eq!(rows, [Some(1), Some(2), Some(3)]);
    let error = delete(&all, "A").await.expect_err("once too often");
    assert!(
        error.to_string().contains("no further request is"),
        "{error}"
    );
    assert!(report(script).contains("request 4"));
}

#[tokio::test]
async fn numbers_are_held() {
    for (least, most, good) in [
        (2, 2, vec![2]),
        (0, 1, vec![0, 1]),
        (1, usize::MAX, vec![1, 4]),
        (0, usize::MAX, vec![0, 4]),
    ] {
        for calls in 0..=4 {
            let script = Script::new();
            script.expect(group("A")).times(least..=most);
            let all = client(&script);
            let mut failed = false;
            for _ in 0..calls {
                failed |= delete(&all, "A").await.is_err();
            }
            let (few, many) = (calls < least, calls > most);
            assert_eq!(failed, many, "{calls} of {least} to {most}");
            assert_eq!(
                script.finish().is_err(),
                few || many,
                "{calls} of {least} to {most}"
            );
            assert!(!(good.contains(&calls) && (few || many)));
        }
    }
}

#[tokio::test]
async fn answers_come_in_turn_and_the_last_one_stays() {
    let script = Script::new();
    script.expect(group("A")).answer(rows(1)).answer(rows(2));
    let all = client(&script);
    assert_eq!(delete(&all, "A").await.expect("an answer"), Some(1));
    // As many as there are answers.
    let open = r#"DeleteChatGroup with GroupId="A": expected 2 times, came once"#;
    let report = report(script);
    assert!(report.contains(open), "{report}");

    let script = Script::new();
    let expectation = script.expect(group("A")).answer(rows(1)).answer(rows(2));
    expectation.times(..);
    let all = client(&script);
    for wanted in [1, 2, 2, 2] {
        assert_eq!(delete(&all, "A").await.expect("an answer"), Some(wanted));
    }
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn an_expectation_that_is_met_gives_way_to_the_next() {
    let script = Script::new();
    script.expect(group("A")).times(1..);
    script.expect(Expected::any()).answer(rows(7));
    let all = client(&script);
    delete(&all, "A").await.expect("an answer");
    delete(&all, "A").await.expect("an answer");
    assert_eq!(delete(&all, "B").await.expect("an answer"), Some(7));
    // There is no way back.
    delete(&all, "A").await.expect_err("too late");
    report(script);
}

#[tokio::test]
async fn what_is_not_expected_may_have_an_answer() {
    let script = Script::unordered();
    script.expect(group("A")).answer(rows(1));
    script.otherwise_with(|request| match request.action() {
        "DeleteChatGroup" => rows(0),
        other => Answer::business_error("NoSuchThing", format!("what is {other}?")),
    });
    let all = client(&script);
    assert_eq!(delete(&all, "B").await.expect("an answer"), Some(0));
    assert_eq!(delete(&all, "A").await.expect("an answer"), Some(1));
    let error = list(&all).await.expect_err("a code");
    assert_eq!(error.message(), Some("what is ListChatGroup?"));
    script.finish().expect("all went by the script");

    let script = Script::new();
    script.otherwise(Answer::gateway_error(403, "Forbidden.RAM"));
    let error = list(&client(&script)).await.expect_err("a status");
    assert_eq!(
        (error.status(), error.code()),
        (Some(403), Some("Forbidden.RAM"))
    );
    script.finish().expect("nothing was expected");
}

#[test]
fn numbers_are_written_in_any_form() {
    use alibabacloud_cams::runtime::testing::Times;
    for (times, text) in [
        (Times::from(0), "never"),
        (Times::from(1), "once"),
        (Times::from(3), "3 times"),
        (Times::from(1..3), "1 to 2 times"),
        (Times::from(2..=5), "2 to 5 times"),
        (Times::from(..=2), "0 to 2 times"),
        (Times::from(1..), "1 times or more"),
        (Times::from(..), "any number of times"),
    ] {
        assert_eq!(times.to_string(), text);
    }
}

#[tokio::test]
async fn an_answer_may_look_at_its_script() {
    let script = Arc::new(Script::new());
    let own = Arc::downgrade(&script);
    let answer = move |_: &Received| {
        let script = own.upgrade().expect("it is there");
        script.expect(group("B"));
        rows(script.requests().len() as i64)
    };
    script.expect(group("A")).answer_with(answer);
    let all = client(&script);
    assert_eq!(delete(&all, "A").await.expect("an answer"), Some(1));
    delete(&all, "B").await.expect("an answer");
    let script = Arc::into_inner(script).expect("no other");
    script.finish().expect("all went by the script");
}
