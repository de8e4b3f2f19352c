//! A request as it leaves: its headers and signature, its nonce, and what a call may change.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use alibabacloud_cams::chat_groups::DeleteChatGroupChannelType;
use alibabacloud_cams::{Client, Credentials};
use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::clock::Clock;
use alibabacloud_runtime::nonce::NonceSource;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use cams_tests::client::{KEYS, OK, bounded, builder, client, request};
use cams_tests::server::{Answer, Received, Server};
use cams_tests::signature;

/// The headers that make up the protocol, sorted.
fn acs_headers(request: &Received) -> Vec<String> {
    let mut names: Vec<String> = request
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| name.starts_with("x-acs-"))
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn exactly_the_headers_of_the_protocol_are_sent_and_signed() {
    let server = Server::start([Answer::json(200, OK)]);
    let client = client(&server);
    let call = client.delete_chat_group(request());
    bounded(call).await.expect("an answer");

    let request = server.request();
    let expected = [
        "x-acs-action",
        "x-acs-content-sha256",
        "x-acs-credentials-provider",
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-version",
    ];
    assert_eq!(acs_headers(&request), expected);
    let signed = signature::check(&request, KEYS[0], KEYS[1]).expect("a signature that holds");
    assert_eq!(signed, [&["host"], &expected[..]].concat());
    assert_eq!(request.header("host"), Some(&*server.host()));
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.header("content-type"), None, "there is no content");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert!(!request.query().contains('+'), "a blank is %20");
}

#[tokio::test]
async fn temporary_keys_bring_two_signed_headers() {
    let server = Server::start([Answer::json(200, OK)]);
    let client = builder(&server)
        .credentials(Credentials::temporary("STS.id", "secret", "CAIS+/token=="))
        .build()
        .expect("a client");
    let call = client.delete_chat_group(request());
    bounded(call).await.expect("an answer");

    let request = server.request();
    let signed = signature::check(&request, "STS.id", "secret").expect("a signature that holds");
    for (name, value) in [
        ("x-acs-accesskey-id", "STS.id"),
        ("x-acs-security-token", "CAIS+/token=="),
    ] {
        assert_eq!(request.header(name), Some(value));
        assert!(signed.iter().any(|other| other == name), "{name}");
    }
    assert_eq!(acs_headers(&request).len(), 8);
}

#[tokio::test]
async fn the_server_refuses_what_was_changed_on_the_way() {
    let server = Server::start([Answer::json(200, OK)]);
    let client = client(&server);
    let call = client.delete_chat_group(request());
    bounded(call).await.expect("an answer");

    let sent = server.request();
    assert!(signature::check(&sent, KEYS[0], KEYS[1]).is_ok());
    assert!(signature::check(&sent, KEYS[0], "another").is_err());
    assert!(signature::check(&sent, "another", KEYS[1]).is_err());
    let changes: &[fn(&mut Received)] = &[
        |it| it.method = "GET".to_owned(),
        |it| it.target = it.target.replace("E39901", "E39902"),
        |it| it.target.push_str("&More=1"),
        |it| it.body.push(b'x'),
        |it| it.headers.push(("x-acs-more".to_owned(), "1".to_owned())),
        |it| it.headers.retain(|(name, _)| name != "x-acs-date"),
        |it| {
            for (_, value) in &mut it.headers {
                *value = value.replace("DeleteChatGroup", "AddChatGroup");
            }
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut changed = sent.clone();
        change(&mut changed);
        assert!(
            signature::check(&changed, KEYS[0], KEYS[1]).is_err(),
            "change {index}"
        );
    }
}

#[tokio::test]
async fn every_call_has_a_nonce_of_its_own_and_shares_the_connection() {
    let server = Server::start(vec![Answer::json(200, OK); 3]);
    let client = client(&server);
    for _ in 0..2 {
        let call = client.delete_chat_group(request());
        bounded(call).await.expect("an answer");
    }
    let clone = client.clone();
    let call = clone.delete_chat_group(request());
    bounded(call).await.expect("an answer");

    let requests = server.requests();
    let nonces: BTreeSet<&str> = requests
        .iter()
        .filter_map(|request| request.header("x-acs-signature-nonce"))
        .collect();
    assert_eq!((requests.len(), nonces.len()), (3, 3), "{nonces:?}");
    for request in &requests {
        signature::check(request, KEYS[0], KEYS[1]).expect("a signature that holds");
    }
    assert_eq!(server.connections(), 1);
}

#[derive(Debug)]
struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        // 2026-01-02T03:04:05.9Z
        SystemTime::UNIX_EPOCH + Duration::from_millis(1_767_323_045_900)
    }
}

impl NonceSource for Fixed {
    fn next(&self) -> alibabacloud_runtime::Result<String> {
        Ok("0123456789abcdef0123456789abcdef".to_owned())
    }
}

/// Keeps the headers of what it is given to send.
#[derive(Clone, Debug, Default)]
struct Keeping(Arc<Mutex<Vec<http::HeaderMap>>>);

impl Transport for Keeping {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.0
            .lock()
            .expect("no panic before")
            .push(request.headers);
        Box::pin(async {
            let (status, headers) = (http::StatusCode::OK, http::HeaderMap::new());
            Ok(Response::new(status, headers, OK))
        })
    }
}

#[tokio::test]
async fn time_nonce_keys_and_request_determine_the_signature() {
    let keeping = Keeping::default();
    let client = Client::builder()
        .credentials(Credentials::new("YourAccessKeyId", "YourAccessKeySecret"))
        .transport(keeping.clone())
        .clock(Fixed)
        .nonce(Fixed)
        .build()
        .expect("a client");
    for _ in 0..2 {
        let call = client.delete_chat_group(request());
        bounded(call).await.expect("an answer");
    }

    let sent = keeping.0.lock().expect("no panic before");
    assert_eq!(sent.len(), 2);
    for headers in sent.iter() {
        assert_eq!(headers["host"], "cams.ap-southeast-1.aliyuncs.com");
        assert_eq!(headers["x-acs-date"], "2026-01-02T03:04:05Z", "cut");
        // Worked out in another language, from the service's documentation.
        assert_eq!(
            headers["authorization"],
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;\
             x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;\
             x-acs-version,Signature=ce4a26dd1a9de2e10b6d71344c60e9f331eaa92e2cc6b461b57bb331b47a52f1"
        );
    }
}

#[tokio::test]
async fn a_call_can_send_what_the_description_lacks() {
    let server = Server::start([Answer::json(200, OK)]);
    let client = client(&server);
    let mut wanted = request();
    wanted.channel_type = Some(DeleteChatGroupChannelType::from("WHATSAPP"));
    let call = client
        .delete_chat_group(wanted)
        .query("OwnerId", "1")
        .query("GroupId", "x y")
        .query("ChannelType", "")
        .query("Another", "{\"a\":[]}");
    bounded(call).await.expect("an answer");

    let request = server.request();
    signature::check(&request, KEYS[0], KEYS[1]).expect("a signature that holds");
    let expected = [
        ("Another", "{\"a\":[]}"),
        ("BusinessNumber", "8613800001111"),
        ("ChannelType", ""),
        ("CustSpaceId", "cams-7d2f"),
        ("GroupId", "x y"),
        ("OwnerId", "1"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(request.query_pairs(), expected);
}

#[tokio::test]
async fn a_time_that_no_clock_can_count_is_no_limit() {
    let server = Server::start(vec![Answer::json(200, OK); 2]);
    // The clock can still count the second one, but not for much longer.
    for timeout in [Duration::MAX, Duration::from_secs(i64::MAX as u64 / 2)] {
        let client = builder(&server)
            .connect_timeout(timeout)
            .read_timeout(timeout)
            .timeout(timeout)
            .build()
            .expect("a client");
        let call = client.delete_chat_group(request());
        bounded(call).await.expect("an answer");
    }
}

#[tokio::test]
async fn the_time_for_one_call_is_its_own() {
    let silent = Answer::json(200, OK).delay(Duration::from_secs(20));
    let server = Server::start([silent, Answer::json(200, OK)]);
    let client = client(&server);
    let call = client
        .delete_chat_group(request())
        .timeout(Duration::from_secs(1));
    let error = bounded(call).await.expect_err("no answer");
    assert!(
        error.is_timeout() && error.may_have_been_carried_out(),
        "{error}"
    );

    // The next call of the same client has all the time that it needs.
    let call = client.delete_chat_group(request());
    bounded(call).await.expect("an answer");
    // And one without time sends nothing.
    let call = client.delete_chat_group(request()).timeout(Duration::ZERO);
    let error = bounded(call).await.expect_err("no time");
    assert!(
        error.is_timeout() && !error.may_have_been_carried_out(),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}
