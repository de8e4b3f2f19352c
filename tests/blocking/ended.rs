//! A connection that TLS has ended, though the socket is still open: nothing is sent on it. And one
//! that ends without a word of TLS: what it has brought isn't known to be whole.

use std::io::{Read, Write};
use std::iter::repeat;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use alibabacloud_cams::Client;
use alibabacloud_runtime::transport::Certificate;
use cams_tests::failure::traits;
use cams_tests::hush::{SUCCESS, assert_hushed, builder, call, call_blocking, shown};
use cams_tests::tls::{Authority, VERSIONS, acceptor, records};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, SupportedProtocolVersion};

/// Answers a request, and ends.
#[derive(Clone, Copy)]
enum Ends {
    /// Says in the same breath that nothing more will come. Then it waits until the client has gone.
    Session,
    /// Goes away. How long the answer is, it hasn't said.
    Silently,
}

fn answer(mut socket: TcpStream, config: Arc<ServerConfig>, ends: Ends) {
    let mut session = ServerConnection::new(config).expect("a session");
    let mut request = Vec::new();
    while !request.windows(4).any(|four| four == b"\r\n\r\n") {
        session.complete_io(&mut socket).expect("a client");
        let mut part = [0; 4096];
        while let Ok(read @ 1..) = session.reader().read(&mut part) {
            request.extend_from_slice(&part[..read]);
        }
    }
    let length = match ends {
        Ends::Session => format!("content-length: {}\r\n", SUCCESS.len()),
        Ends::Silently => String::new(),
    };
    let answer = format!("HTTP/1.1 200 OK\r\n{length}\r\n{SUCCESS}");
    session.writer().write_all(answer.as_bytes()).expect("room");
    if matches!(ends, Ends::Session) {
        session.send_close_notify();
    }
    let flight = records(&mut session);
    socket.write_all(&flight).expect("a client");
    if matches!(ends, Ends::Session) {
        // It may be reset.
        let _ = socket.read_to_end(&mut Vec::new());
    }
}

/// A client of a server that takes two connections.
fn client(version: &'static SupportedProtocolVersion, ends: Ends) -> Client {
    let authority = Authority::new("ours");
    let leaf = authority.issue(&["localhost"]);
    let config = Arc::clone(acceptor(&leaf, None, &[version]).config());
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    // Nobody waits for it: without a second connection it has no end.
    thread::spawn(move || {
        for (socket, config) in listener.incoming().zip(repeat(config)).take(2) {
            let socket = socket.expect("a connection");
            thread::spawn(move || answer(socket, config, ends));
        }
    });
    builder(&format!("https://localhost:{port}"))
        .add_root_certificate(Certificate::from_pem(authority.pem()))
        .build()
        .expect("a client")
}

#[test]
fn nothing_is_sent_on_a_connection_that_tls_has_ended() {
    for version in VERSIONS {
        let client = client(version, Ends::Session);
        for _ in 0..2 {
            call_blocking(&client).expect("an answer");
        }
    }
}

#[test]
fn an_answer_that_ends_without_a_word_of_tls_is_not_taken_for_whole() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for version in VERSIONS {
        let client = client(version, Ends::Silently);
        for (name, outcome) in [
            ("awaited", runtime.block_on(call(&client))),
            ("blocking", call_blocking(&client)),
        ] {
            let error = outcome.expect_err(name);
            assert_eq!(traits(&error), ["maybe done"], "{name}: {error}");
            let text = error.to_string();
            assert!(text.contains("the answer broke off"), "{name}: {text}");
            assert_hushed(name, &shown(&error));
        }
    }
}
