//! What becomes of an answer of success: the right value, however it is written and sent.
//!
//! Everything goes through the emitted client and a server on this machine.

use std::time::Duration;

use alibabacloud_cams::chat_groups::DeleteChatGroupResponse;
use cams_tests::hush::{SUCCESS, builder, call};
use cams_tests::server::{Answer, Server};
use serde_json::{Value, json};

async fn succeed(name: &str, answer: Answer) -> DeleteChatGroupResponse {
    let server = Server::start([answer]);
    let client = builder(&server.url()).build().expect("a client");
    let answer = call(&client).await;
    assert_eq!(server.requests().len(), 1, "{name}");
    answer.unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[tokio::test]
async fn the_documented_answer_gives_the_documented_values() {
    let answer = succeed("documented", Answer::json(200, SUCCESS)).await;
    assert_eq!(answer.access_denied_detail.as_deref(), Some("None"));
    assert_eq!(answer.message.as_deref(), Some("None"));
    assert_eq!(
        answer.request_id.as_deref(),
        Some("90E63D28-E31D-1EB2-8939-A94866411B2O")
    );
    assert_eq!(answer.code.as_deref(), Some("OK"));
    assert_eq!(answer.success, Some(true));
    assert_eq!(answer.result, Some(1));

    let documented: Value = serde_json::from_str(SUCCESS).expect("JSON");
    assert_eq!(json!(answer), documented);
}

#[tokio::test]
async fn answers_of_success_are_read_generously() {
    for (body, expected) in [
        // What decides is the code, or its absence.
        (
            r#"{"Code":"OK","Success":false}"#,
            json!({"Code": "OK", "Success": false}),
        ),
        (r#"{"Result":2}"#, json!({"Result": 2})),
        (r#"{"Code":""}"#, json!({"Code": ""})),
        (r#"{"Code":null}"#, json!({})),
        (r#"{"Code":"ok"}"#, json!({"Code": "ok"})),
        (r#"{"Code":"Success"}"#, json!({"Code": "Success"})),
        (r#"{"Code":"200"}"#, json!({"Code": "200"})),
        (r#"{"Code":200}"#, json!({"Code": "200"})),
        (r#"{"code":"OK"}"#, json!({})),
        ("{}", json!({})),
        // Declared as text, documented elsewhere as an object: the answer is worth more than either.
        (
            r#"{"AccessDeniedDetail":{"AuthAction":"a:B","Nested":{"List":[1,null]}},"Code":"OK"}"#,
            json!({
                "AccessDeniedDetail": r#"{"AuthAction":"a:B","Nested":{"List":[1,null]}}"#,
                "Code": "OK",
            }),
        ),
        // What a service adds is passed over, what it leaves blank is absent.
        (
            r#"{"Code":"OK","New":{"A":[1,{"B":null}]},"result":"x"}"#,
            json!({"Code": "OK"}),
        ),
        (
            r#"{"AccessDeniedDetail":null,"Code":"OK","Message":null,"RequestId":null,"Result":null,"Success":null}"#,
            json!({"Code": "OK"}),
        ),
        // Values of another kind that mean the same.
        (
            r#"{"Code":200,"Message":1,"Result":"1","Success":"true"}"#,
            json!({"Code": "200", "Message": "1", "Result": 1, "Success": true}),
        ),
        (
            r#"{"Result":3.0,"Success":"False"}"#,
            json!({"Result": 3, "Success": false}),
        ),
        (
            r#"{"Result":9223372036854775807}"#,
            json!({"Result": i64::MAX}),
        ),
        ("\u{feff} {\"Result\":1}\r\n", json!({"Result": 1})),
    ] {
        let answer = succeed(body, Answer::json(200, body)).await;
        assert_eq!(json!(answer), expected, "{body}");
    }
}

#[tokio::test]
async fn how_a_body_is_sent_does_not_matter() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                   a\r\n{\"Result\":\r\n2\r\n7}\r\n0\r\n\r\n";
    let until_closed = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"Result\":7}";
    for (name, answer) in [
        ("status 201", Answer::json(201, r#"{"Result":7}"#)),
        ("no type", Answer::new(200, &[], r#"{"Result":7}"#)),
        ("chunks", Answer::raw(chunked)),
        ("until closed", Answer::raw(until_closed).close()),
        (
            "two parts",
            Answer::json(200, r#"{"Result":7}"#).pause(4, Duration::from_millis(1)),
        ),
    ] {
        assert_eq!(succeed(name, answer).await.result, Some(7), "{name}");
    }
}
