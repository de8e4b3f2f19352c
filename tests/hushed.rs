//! What is secret or personal is never shown: not by an error, whatever happened, and not by what
//! stands around a call.

#[path = "failures/broken_off.rs"]
mod broken_off;
#[path = "failures/reported.rs"]
mod reported;
#[path = "failures/unreadable.rs"]
mod unreadable;

use std::time::Duration;

use alibabacloud_cams::Credentials;
use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use broken_off::broken_off;
use cams_tests::failure::{Failure, fail, refused};
use cams_tests::hush::{PHONE, SECRET, TOKEN, assert_hushed, builder, call, request, shown};
use cams_tests::server::{Answer, Server};
use reported::reported;
use serde_json::json;
use unreadable::unreadable;

#[tokio::test]
async fn nothing_secret_is_ever_shown() {
    for failure in [reported(), unreadable(), broken_off()]
        .into_iter()
        .flatten()
    {
        let name = failure.name;
        assert_hushed(name, &shown(&fail(failure).await));
    }
    assert_hushed("refused", &shown(&refused().await));

    // The one thing that is shown on purpose is the service's message, but for where it quotes the
    // request.
    let quote = format!("we signed x-acs-security-token:{TOKEN} BusinessNumber={PHONE}");
    let body = json!({"Code": "SignatureDoesNotMatch", "Message": quote}).to_string();
    let message: &'static str = quote.leak();
    let error = fail(Failure {
        status: Some(403),
        code: Some("SignatureDoesNotMatch"),
        message: Some(message),
        is: &["of the service"],
        says: &["access key secret"],
        ..Failure::new("a message that quotes", Answer::json(403, body))
    })
    .await;
    assert_hushed("a message that quotes", &shown(&error));

    // What stands around a call.
    let server = Server::start([Answer::json(
        200,
        r#"{"Code":"OK","New":"HUSHNEW","Result":1}"#,
    )]);
    let builder = builder(&server.url());
    assert_hushed("the builder", &format!("{builder:?} {builder:#?}"));
    let client = builder.build().expect("a client");
    assert_hushed("the client", &format!("{client:?} {client:#?}"));
    let one = client
        .delete_chat_group(request())
        .query("Extra", "HUSHEXTRA")
        .timeout(Duration::from_secs(20));
    assert_hushed("the call", &format!("{one:?} {one:#?}"));
    let answer = call(&client).await.expect("an answer");
    assert_hushed("the answer", &format!("{answer:?} {answer:#?}"));
    let keys = Credentials::temporary("LTAI5tHUSHKEYlast", SECRET, TOKEN);
    assert_hushed("the keys", &format!("{keys:?} {keys:#?}"));

    // A request shows what isn't said to be personal or secret, and names what is.
    let request = DeleteChatGroupRequest::builder()
        .business_number(PHONE)
        .cust_space_id("cams-7d2f")
        .group_id("E39901");
    assert!(!format!("{request:?} {request:#?}").contains(PHONE));
    let request = request.build();
    let shown = format!("{request:?}");
    assert!(
        !shown.contains(PHONE) && shown.contains("E39901"),
        "{shown}"
    );
    assert!(shown.contains("business_number: [personal]"), "{shown}");
}

#[tokio::test]
async fn a_request_that_cannot_be_read_says_what_is_missing_and_no_value() {
    for (request, says) in [
        (json!({"GroupId": "HUSHGROUP"}), "`BusinessNumber`"),
        (
            json!({"BusinessNumber": PHONE, "CustSpaceId": "HUSHSPACE"}),
            "`GroupId`",
        ),
        (
            json!({"BusinessNumber": PHONE, "CustSpaceId": ["HUSHSPACE"], "GroupId": "g"}),
            "expected a string, found a list",
        ),
        (
            json!({"BusinessNumber": null, "CustSpaceId": "HUSHSPACE", "GroupId": "g"}),
            "expected a string, found null",
        ),
        (json!("HUSHTEXT"), "expected an object, found a string"),
    ] {
        let error = serde_json::from_value::<DeleteChatGroupRequest>(request);
        let error = error.expect_err("not a request");
        assert!(error.to_string().contains(says), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("HUSH") && !shown.contains(PHONE), "{shown}");
    }
}
