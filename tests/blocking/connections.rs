//! Connections: kept, shared, never a reason to send something twice; and time, for each exchange.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::Duration;

use cams_tests::client::{OK, builder, client, request};
use cams_tests::hush;
use cams_tests::server::{Answer, Server};

fn ok() -> Answer {
    Answer::json(200, OK)
}

#[test]
fn a_thousand_calls_use_one_connection() {
    let server = Server::start(vec![ok(); 1000]);
    let client = client(&server);
    for _ in 0..1000 {
        let call = client.delete_chat_group(request());
        call.send_blocking().expect("an answer");
    }
    assert_eq!((server.requests().len(), server.connections()), (1000, 1));
}

#[test]
fn clones_on_many_threads_share_connections() {
    const THREADS: usize = 16;
    const ROUNDS: usize = 10;
    let server = Server::start(vec![ok(); THREADS * ROUNDS]);
    let client = client(&server);
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let client = client.clone();
                for _ in 0..ROUNDS {
                    barrier.wait();
                    let call = client.delete_chat_group(request());
                    call.send_blocking().expect("an answer");
                }
            });
        }
    });
    assert_eq!(server.requests().len(), THREADS * ROUNDS);
    assert!(server.connections() <= THREADS, "{}", server.connections());
}

#[test]
fn an_answer_with_a_head_without_end_is_none() {
    let head = "x".repeat(1 << 20);
    let answer = || Answer::new(200, &[("x-long", &head)], OK);
    let server = Server::start([answer(), answer()]);
    let client = client(&server);
    let call = || client.delete_chat_group(request());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for outcome in [
        call().send_blocking(),
        runtime.block_on(call().into_future()),
    ] {
        let error = outcome.expect_err("no answer");
        let text = error.to_string();
        // What bounds bodies doesn't help.
        assert!(text.contains("before an answer began"), "{text}");
        assert!(error.may_have_been_carried_out() && !error.is_retryable());
    }
}

#[test]
fn a_kept_connection_that_was_closed_is_not_used() {
    let server = Server::start([ok().close(), ok()]);
    let client = client(&server);
    let call = || client.delete_chat_group(request()).send_blocking();
    call().expect("an answer");
    server.was_left(1);
    call().expect("an answer");
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

/// Closed after the second request was read on it: whether that was carried out, nobody knows.
#[test]
fn what_was_sent_on_a_kept_connection_is_not_sent_again() {
    let server = Server::start([ok(), Answer::hang_up(), ok()]);
    let client = client(&server);
    let call = || client.delete_chat_group(request()).send_blocking();
    call().expect("an answer");
    let error = call().expect_err("no answer");
    assert!(error.may_have_been_carried_out(), "{error}");
    assert_eq!((server.requests().len(), server.connections()), (2, 1));
}

#[test]
fn no_connection_in_time_is_surely_nothing_sent() {
    // Takes connections, but never agrees on keys.
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let client = hush::builder(&format!("https://{address}"));
    let client = client.connect_timeout(Duration::from_millis(300));
    let error = hush::call_blocking(&client.build().expect("a client")).expect_err("no keys");
    assert!(error.is_timeout() && error.is_connect(), "{error}");
    assert!(!error.may_have_been_carried_out(), "{error}");
}

#[test]
fn an_end_before_keys_are_agreed_on_is_surely_nothing_sent() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let accepting = thread::spawn(move || {
        for _ in 0..2 {
            let (stream, _) = listener.accept().expect("a connection");
            let mut hello = [0; 1];
            let read = std::io::Read::read_exact(&mut &stream, &mut hello);
            read.expect("the begin of a handshake");
        }
    });
    let client = hush::builder(&format!("https://{address}"));
    let client = client.build().expect("a client");
    for _ in 0..2 {
        let error = hush::call_blocking(&client).expect_err("no keys");
        assert!(error.is_connect() && error.is_retryable(), "{error}");
        assert!(!error.may_have_been_carried_out(), "{error}");
        hush::assert_hushed("handshake", &hush::shown(&error));
    }
    accepting.join().expect("no panic");
}

/// A byte now and then is no silence, so only the time for the call ends this.
#[test]
fn the_time_for_a_call_holds_while_bytes_come() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (sender, ended) = mpsc::channel::<()>();
    let dripping = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        let mut reader = BufReader::new(&stream);
        let mut line = String::new();
        while reader.read_line(&mut line).expect("a line") > 2 {
            line.clear();
        }
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
        (&stream).write_all(head).expect("written");
        let drip = Duration::from_millis(20);
        while ended.recv_timeout(drip) == Err(mpsc::RecvTimeoutError::Timeout) {
            if (&stream).write_all(b" ").is_err() {
                break;
            }
        }
    });
    let client = hush::builder(&format!("http://{address}"));
    let client = client.timeout(Duration::from_millis(500));
    let error = hush::call_blocking(&client.build().expect("a client")).expect_err("too long");
    drop(sender);
    assert!(error.is_timeout() && error.may_have_been_carried_out());
    assert_eq!(error.status(), Some(200));
    dripping.join().expect("no panic");
}

#[test]
fn plain_http_is_refused_for_keys_and_calls_alike() {
    let server = Server::start([ok()]);
    let error = builder(&server)
        .allow_http(false)
        .build()
        .expect_err("plain");
    assert!(error.to_string().contains("plain http"), "{error}");
}

/// A proxy of HTTP, which is told to make a tunnel, and refuses.
#[test]
fn a_proxy_that_refuses_is_surely_nothing_sent() {
    use alibabacloud_runtime::transport::Proxy;

    let refusing = Server::start(vec![Answer::new(403, &[], "HUSHPROXY").close(); 2]);
    let proxy = Proxy::new(refusing.url()).basic_auth("me", "HUSHPASSWORD");
    let client = hush::builder("https://cams.example.com").proxy(proxy);
    let error = hush::call_blocking(&client.build().expect("a client")).expect_err("refused");
    assert!(
        error.is_connect() && !error.may_have_been_carried_out(),
        "{error}"
    );
    hush::assert_hushed("proxy", &hush::shown(&error));
    let request = refusing.request();
    assert_eq!(
        (&*request.method, &*request.target),
        ("CONNECT", "cams.example.com:443")
    );
    // `me:HUSHPASSWORD`
    let told = request.header("proxy-authorization");
    assert_eq!(told, Some("Basic bWU6SFVTSFBBU1NXT1JE"));
}

#[test]
fn past_a_proxy_goes_what_its_list_names() {
    use alibabacloud_runtime::transport::Proxy;

    let used = Arc::new(AtomicUsize::new(0));
    for (list, direct) in [
        (vec!["127.0.0.1"], true),
        (vec!["127.0.0.0/8"], true),
        (vec!["*"], true),
        (vec!["10.0.0.0/8", "0.0.1", "example.com"], false),
    ] {
        let server = Server::start([ok()]);
        let proxy = Server::start([Answer::new(403, &[], "").close()]);
        let client = builder(&server).proxy(Proxy::new(proxy.url()).no_proxy(list.clone()));
        let client = client.build().expect("a client");
        let outcome = client.delete_chat_group(request()).send_blocking();
        assert_eq!(outcome.is_ok(), direct, "{list:?}");
        used.fetch_add(proxy.requests().len(), Ordering::SeqCst);
    }
    assert_eq!(used.load(Ordering::SeqCst), 1);
}
