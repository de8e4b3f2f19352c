//! A connection that TLS has ended, though the socket is still open: nothing is sent on it.

use std::io::{Read, Write};
use std::iter::repeat;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use alibabacloud_runtime::transport::Certificate;
use cams_tests::hush::{SUCCESS, builder, call_blocking};
use cams_tests::tls::{Authority, VERSIONS, acceptor};
use tokio_rustls::rustls::{ServerConfig, ServerConnection};

/// Answers a request and says in the same breath that nothing more will come. Then it waits until the
/// client has gone.
fn answer_and_end(mut socket: TcpStream, config: Arc<ServerConfig>) {
    let mut session = ServerConnection::new(config).expect("a session");
    let mut request = Vec::new();
    while !request.windows(4).any(|four| four == b"\r\n\r\n") {
        session.complete_io(&mut socket).expect("a client");
        let mut part = [0; 4096];
        while let Ok(read @ 1..) = session.reader().read(&mut part) {
            request.extend_from_slice(&part[..read]);
        }
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
        SUCCESS.len()
    );
    let answer = [head.as_bytes(), SUCCESS.as_bytes()].concat();
    session.writer().write_all(&answer).expect("room");
    session.send_close_notify();
    let mut flight = Vec::new();
    while session.wants_write() {
        session.write_tls(&mut flight).expect("room");
    }
    socket.write_all(&flight).expect("a client");
    // It may be reset.
    let _ = socket.read_to_end(&mut Vec::new());
}

#[test]
fn nothing_is_sent_on_a_connection_that_tls_has_ended() {
    for version in VERSIONS {
        let authority = Authority::new("ours");
        let leaf = authority.issue(&["localhost"]);
        let config = Arc::clone(acceptor(&leaf, None, &[version]).config());
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let client = builder(&format!("https://localhost:{port}"))
            .add_root_certificate(Certificate::from_pem(authority.pem()))
            .build()
            .expect("a client");
        // Nobody waits for it: without a second connection it has no end.
        thread::spawn(move || {
            for (socket, config) in listener.incoming().zip(repeat(config)).take(2) {
                let socket = socket.expect("a connection");
                thread::spawn(|| answer_and_end(socket, config));
            }
        });
        for _ in 0..2 {
            call_blocking(&client).expect("an answer");
        }
    }
}
