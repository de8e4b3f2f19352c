//! An operation that sends a form: where its parameters travel, and how they are signed.

use alibabacloud_runtime::{Builder, Client, Credentials};
use cams_tests::client::{KEYS, OK, bounded};
use cams_tests::formal::{Formal, SERVICE};
use cams_tests::server::{Answer, Server};
use cams_tests::signature;

#[tokio::test]
async fn a_form_travels_in_the_body_signed_with_its_type() {
    let server = Server::start([Answer::json(200, OK)]);
    let client: Client = Builder::new(&SERVICE)
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .endpoint(server.url())
        .allow_http(true)
        .build()
        .expect("a client");
    let formal = Formal {
        code: "1 + 1 & \u{1f600}".to_owned(),
        phone: String::new(),
        page: i64::MAX,
    };
    let call = client.call(formal).query("Phone", "+86 1").query("Q", "~");
    bounded(call).await.expect("an answer");

    let request = server.request();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        request.query_pairs(),
        [pair("Page", "9223372036854775807"), pair("Q", "~")]
    );
    assert_eq!(
        request.form_pairs(),
        [pair("Code", "1 + 1 & \u{1f600}"), pair("Phone", "+86 1")]
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let signed = signature::check(&request, KEYS[0], KEYS[1]).expect("a signature that holds");
    assert!(signed.contains(&"content-type".to_owned()), "{signed:?}");
}
