//! What is sent is the same, byte by byte, as when a call is awaited.

use std::time::{Duration, SystemTime};

use alibabacloud_cams::runtime::clock::Clock;
use alibabacloud_cams::runtime::nonce::NonceSource;
use alibabacloud_cams::{Builder, Client, Credentials, Error};
use alibabacloud_runtime::Client as AnyClient;
use cams_tests::client::{KEYS, OK, bounded, builder, request};
use cams_tests::formal::{Formal, SERVICE};
use cams_tests::server::{Answer, Received, Server};
use cams_tests::signature;

/// Always the same time, and the same nonce.
#[derive(Clone, Copy, Debug)]
struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045)
    }
}

impl NonceSource for Fixed {
    fn next(&self) -> Result<String, Error> {
        Ok("3156853299f313e23d1673dc12e1703d".to_owned())
    }
}

fn fixed<C: From<AnyClient>>(builder: Builder<C>) -> C {
    let builder = builder.clock(Fixed).nonce(Fixed);
    builder.build().expect("a client")
}

/// Everything of a request, in its order. Where the server listens isn't a part of it.
fn shown(request: &Received, server: &Server) -> String {
    let host = server.host();
    format!("{request:#?}").replace(&host, "host")
}

/// Holds two requests to be the same, but for the signature of the host.
fn assert_same(awaited: (&Received, &Server), blocking: (&Received, &Server)) {
    let line = |request: &Received| {
        let mut request = request.clone();
        // It covers the host, whose port differs.
        for (name, value) in &mut request.headers {
            if name == "authorization" {
                let end = value.find("Signature=").expect("a signature");
                value.truncate(end);
            }
        }
        request
    };
    let [awaited, blocking] =
        [awaited, blocking].map(|(request, server)| shown(&line(request), server));
    assert_eq!(awaited, blocking);
}

#[tokio::test]
async fn both_ways_send_the_same() {
    let server = [(); 2].map(|()| Server::start([Answer::json(200, OK)]));
    let awaited = fixed(builder(&server[0]));
    bounded(awaited.delete_chat_group(request()))
        .await
        .expect("an answer");
    let blocking = fixed(builder(&server[1]));
    blocking
        .delete_chat_group(request())
        .send_blocking()
        .expect("an answer");

    let [first, second] = [server[0].request(), server[1].request()];
    assert_same((&first, &server[0]), (&second, &server[1]));
    assert_eq!(second.header("content-length"), Some("0"));
    signature::check(&second, KEYS[0], KEYS[1]).expect("a good signature");
}

#[tokio::test]
async fn a_form_and_a_token_are_sent_as_well() {
    let server = [(); 2].map(|()| Server::start([Answer::json(200, OK)]));
    let client = |server: &Server| -> AnyClient {
        let keys = Credentials::temporary(KEYS[0], KEYS[1], "token");
        let builder = Builder::new(&SERVICE).credentials(keys);
        fixed(builder.endpoint(server.url()).allow_http(true))
    };
    let formal = || Formal {
        code: "a b&c=ü~*'()".to_owned(),
        phone: "+861".to_owned(),
        page: 3,
    };
    let call = |client: &AnyClient| client.call(formal()).send_blocking();
    bounded(client(&server[0]).call(formal()))
        .await
        .expect("an answer");
    call(&client(&server[1])).expect("an answer");
    let [first, second] = [server[0].request(), server[1].request()];
    assert_same((&first, &server[0]), (&second, &server[1]));
    assert!(!second.body.is_empty());
    signature::check(&second, KEYS[0], KEYS[1]).expect("a good signature");
}

/// What a library would like to write in another way.
#[test]
fn the_query_keeps_its_spelling() {
    let server = Server::start([Answer::json(200, OK)]);
    let client: Client = builder(&server).build().expect("a client");
    let odd = "a b+c*d~e'f(g)!h%20i/j?k;l,m\"n<o>p[q]{r}|s\\t^u`v€";
    let call = client.delete_chat_group(request()).query("Odd", odd);
    call.send_blocking().expect("an answer");
    let request = server.request();
    let sent = request.query_pairs();
    assert!(sent.contains(&("Odd".to_owned(), odd.to_owned())));
    let expected = format!("Odd={}", signature::escape(odd));
    assert!(request.query().contains(&expected), "{}", request.query());
    signature::check(&request, KEYS[0], KEYS[1]).expect("a good signature");
}

#[test]
fn the_longest_url_is_sent_whole_and_a_longer_one_not_at_all() {
    const MOST: usize = 65_534;
    let server = Server::start([Answer::json(200, OK), Answer::json(200, OK)]);
    let client: Client = builder(&server)
        .max_url_bytes(MOST + 1)
        .build()
        .expect("a client");
    client
        .delete_chat_group(request())
        .send_blocking()
        .expect("an answer");
    let plain = server.url().len() + server.request().target.len();
    let rest = MOST - plain - "&Long=".len();
    let long = |more| {
        client
            .delete_chat_group(request())
            .query("Long", "x".repeat(rest + more))
    };
    long(0).send_blocking().expect("an answer");
    let requests = server.requests();
    assert_eq!(server.url().len() + requests[1].target.len(), MOST);
    signature::check(&requests[1], KEYS[0], KEYS[1]).expect("a good signature");

    let error = long(1).send_blocking().expect_err("too long");
    assert!(!error.may_have_been_carried_out() && !error.is_retryable());
    assert!(format!("{error:?}").contains("65535 bytes"), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}
