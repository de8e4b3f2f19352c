//! Where calls that block are made, and with what.

use std::sync::{Arc, Mutex};
use std::thread;

use alibabacloud_cams::runtime::transport::{
    Request, ReqwestTransport, Response, Transport, TransportError,
};
use alibabacloud_cams::{Client, Credentials};
use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::credentials::ProvideCredentials;
use cams_tests::client::{KEYS, OK, bounded, builder, client, request};
use cams_tests::server::{Answer, Server};
use http::{HeaderMap, StatusCode};

fn script(answers: usize) -> Vec<Answer> {
    vec![Answer::json(200, OK); answers]
}

#[tokio::test]
async fn within_a_runtime_of_one_thread_both_ways_go_side_by_side() {
    let server = Server::start(script(4));
    let client = client(&server);
    for _ in 0..2 {
        bounded(client.delete_chat_group(request()))
            .await
            .expect("an answer");
        let call = client.delete_chat_group(request());
        call.send_blocking().expect("an answer");
    }
    // One each.
    assert_eq!((server.requests().len(), server.connections()), (4, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn within_a_runtime_of_several_threads_all_of_them_may_block() {
    let server = Server::start(script(20));
    let client = client(&server);
    let calls = (0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.delete_chat_group(request()).send_blocking() })
    });
    for call in calls.collect::<Vec<_>>() {
        bounded(call).await.expect("no panic").expect("an answer");
    }
}

/// Answers from memory, and keeps the names of the threads that ask.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<Vec<thread::ThreadId>>>);

impl Transport for Memory {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async {
            self.0
                .lock()
                .expect("no panic")
                .push(thread::current().id());
            Ok(Response::new(StatusCode::OK, HeaderMap::new(), OK))
        })
    }
}

#[test]
fn a_transport_that_is_given_serves_both_ways() {
    let memory = Memory::default();
    let client = Client::builder()
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .transport(memory.clone())
        .build()
        .expect("a client");
    client
        .delete_chat_group(request())
        .send_blocking()
        .expect("an answer");
    let asked = memory.0.lock().expect("no panic").clone();
    assert_eq!(asked, [thread::current().id()]);
}

/// It would wait for a task that may stand behind it.
#[tokio::test]
async fn the_transport_over_reqwest_says_that_it_has_to_be_awaited() {
    let server = Server::start(script(2));
    let given = ReqwestTransport::from(reqwest::Client::new());
    let client = builder(&server).transport(given).build().expect("a client");
    let error = client
        .delete_chat_group(request())
        .send_blocking()
        .expect_err("it waits");
    assert!(
        format!("{error:?}").contains("has to be awaited"),
        "{error:?}"
    );
    assert!(!error.may_have_been_carried_out() && !error.is_retryable());
    bounded(client.delete_chat_group(request()))
        .await
        .expect("an answer");
    assert_eq!(server.requests().len(), 1);
}

/// A source of keys that itself makes calls which block, as one over a client of another service
/// might.
#[derive(Debug)]
struct Nested(Client);

impl ProvideCredentials for Nested {
    fn name(&self) -> &str {
        "nested"
    }

    fn provide(&self) -> BoxFuture<'_, alibabacloud_runtime::Result<Credentials>> {
        Box::pin(async {
            let answer = self.0.delete_chat_group(request()).send_blocking()?;
            Ok(Credentials::new(answer.code.unwrap_or_default(), "secret"))
        })
    }
}

#[test]
fn one_call_may_be_made_within_another() {
    let [inner, outer] = [(); 2].map(|()| Server::start(script(1)));
    let client = builder(&outer).credentials(Nested(client(&inner)));
    let client = client.build().expect("a client");
    let call = client.delete_chat_group(request());
    call.send_blocking().expect("an answer");
    let signed = outer.request();
    let header = signed.header("authorization").expect("a signature");
    assert!(header.contains("Credential=OK,"), "{header}");
}

/// Yields once, and is woken by another thread only later.
#[derive(Debug)]
struct Elsewhere;

impl ProvideCredentials for Elsewhere {
    fn name(&self) -> &str {
        "elsewhere"
    }

    fn provide(&self) -> BoxFuture<'_, alibabacloud_runtime::Result<Credentials>> {
        let mut polls = 0;
        Box::pin(std::future::poll_fn(move |context| {
            polls += 1;
            if polls < 3 {
                let waker = context.waker().clone();
                thread::spawn(move || waker.wake());
                // Of no meaning: who parks has to look whether it was meant.
                thread::current().unpark();
                return std::task::Poll::Pending;
            }
            assert_eq!(polls, 3, "woken without a reason");
            std::task::Poll::Ready(Ok(Credentials::new(KEYS[0], KEYS[1])))
        }))
    }
}

#[test]
fn what_is_woken_from_elsewhere_goes_on() {
    let server = Server::start(script(1));
    let client = builder(&server)
        .credentials(Elsewhere)
        .build()
        .expect("a client");
    let call = client.delete_chat_group(request());
    call.send_blocking().expect("an answer");
}
