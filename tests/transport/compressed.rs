//! Answers that come compressed.

use std::io::Write;
use std::time::Duration;

use cams_tests::client;
use cams_tests::failure::{Failure, fail};
use cams_tests::hush::{SUCCESS, builder, call};
use cams_tests::server::{Answer, Server};
use cams_tests::signature;
use flate2::Compression;
use flate2::write::GzEncoder;

const ENCODED: (&str, &str) = ("content-encoding", "gzip");

fn gzip(text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_ref()).expect("compressed");
    encoder.finish().expect("compressed")
}

/// Zeros as they come from a server that means no good: a megabyte of these bytes are a gigabyte.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..megabytes {
        encoder.write_all(&zeros).expect("compressed");
    }
    encoder.finish().expect("compressed")
}

#[tokio::test]
async fn a_compressed_answer_is_asked_for_and_unpacked() {
    let server = Server::start([Answer::new(200, &[ENCODED], gzip(SUCCESS))]);
    let client = client::client(&server);
    let answer = client::bounded(client.delete_chat_group(client::request())).await;
    assert_eq!(answer.expect("an answer").result, Some(1));
    let request = server.request();
    assert_eq!(request.header("accept-encoding"), Some("gzip"));
    // A proxy may change the header, so the signature doesn't hold for it.
    let authorization = request.header("authorization").expect("a signature");
    assert!(!authorization.contains("accept-encoding"));
    signature::check(&request, client::KEYS[0], client::KEYS[1]).expect("a signature that holds");
}

#[tokio::test]
async fn an_error_is_unpacked_with_its_body() {
    let body = r#"{"Code":"InvalidParameter","Message":"no"}"#;
    let server = Server::start([Answer::new(400, &[ENCODED], gzip(body))]);
    let client = builder(&server.url()).build().expect("a client");
    let error = call(&client).await.expect_err("refused");
    assert_eq!(error.code(), Some("InvalidParameter"));
    assert_eq!(
        error.raw_body().map(|body| &body[..]),
        Some(body.as_bytes())
    );
}

#[tokio::test]
async fn the_bound_counts_what_is_unpacked() {
    let packed = Answer::new(200, &[ENCODED], gzip(SUCCESS));
    for (bound, fits) in [(SUCCESS.len(), true), (SUCCESS.len() - 1, false)] {
        let server = Server::start([packed.clone()]);
        let client = builder(&server.url()).max_response_bytes(bound).build();
        let answer = call(&client.expect("a client")).await;
        assert_eq!(answer.is_ok(), fits, "{bound}: {answer:?}");
    }
}

#[tokio::test]
async fn a_bomb_is_stopped_before_it_is_read_to_its_end() {
    // Half of it stays away for longer than the client waits, so that only who stops early can tell
    // that it is too large.
    let bytes = bomb(64);
    let half = bytes.len() / 2;
    let slow = Answer::new(200, &[ENCODED], bytes).pause(half, Duration::from_secs(15));
    fail(Failure {
        setup: |builder| builder.max_response_bytes(1024 * 1024),
        status: Some(200),
        is: &["maybe done"],
        says: &["larger than allowed", "1048576", "max_response_bytes"],
        ..Failure::new("a bomb", slow)
    })
    .await;
}

#[tokio::test]
async fn a_damaged_answer_has_broken_off() {
    let whole = gzip(SUCCESS);
    let cut = &whole[..whole.len() - 12];
    let mut sum = whole.clone();
    let last = sum.len() - 5;
    sum[last] ^= 1;
    for (name, body) in [
        ("cut", cut),
        ("a wrong sum", &sum),
        ("no gzip at all", SUCCESS.as_bytes()),
    ] {
        fail(Failure {
            status: Some(200),
            is: &["maybe done"],
            says: &["the answer broke off, after HTTP 200"],
            ..Failure::new(name, Answer::new(200, &[ENCODED], body))
        })
        .await;
    }
}
