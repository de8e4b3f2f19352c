//! Connections are kept, shared, and given up when the other end has.

use std::iter::repeat_n;
use std::sync::Arc;

use alibabacloud_cams::{Client, Error};
use alibabacloud_runtime::Builder;
use cams_tests::act::{Act, SERVICE};
use cams_tests::client::{self, OK, bounded, request};
use cams_tests::server::{Answer, Server};

fn ok() -> Answer {
    Answer::json(200, OK)
}

async fn call(client: &Client) -> Result<(), Error> {
    bounded(client.delete_chat_group(request())).await.map(drop)
}

async fn one_after_the_other(server: &Server, calls: usize) {
    let client = client::client(server);
    for _ in 0..calls {
        call(&client.clone()).await.expect("an answer");
    }
    assert_eq!(server.requests().len(), calls);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_thousand_calls_in_a_row_use_one_connection() {
    let server = Server::start(repeat_n(ok(), 1000));
    one_after_the_other(&server, 1000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_in_a_row_use_one_connection_on_several_threads() {
    let server = Server::start(repeat_n(ok(), 1000));
    one_after_the_other(&server, 1000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_callers_use_sixty_four_connections_at_most() {
    const CALLERS: usize = 64;
    const ROUNDS: usize = 8;
    let server = Server::start(repeat_n(ok(), CALLERS * ROUNDS));
    let client = client::client(&server);
    let start = Arc::new(tokio::sync::Barrier::new(CALLERS));
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (client, start) = (client.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                for _ in 0..ROUNDS {
                    start.wait().await;
                    call(&client).await.expect("an answer");
                }
            })
        })
        .collect();
    for caller in callers {
        bounded(caller).await.expect("no panic");
    }
    assert_eq!(server.requests().len(), CALLERS * ROUNDS);
    assert!(server.connections() <= CALLERS, "{}", server.connections());
}

/// A client of an operation that is made up.
fn plain(server: &Server) -> alibabacloud_runtime::Client {
    Builder::new(&SERVICE)
        .credentials(alibabacloud_runtime::Credentials::new("id", "secret"))
        .endpoint(server.url())
        .allow_http(true)
        .build()
        .expect("a client")
}

fn act<const READ: bool>() -> Act<READ> {
    alibabacloud_runtime::model::Record::blank()
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_no_error_of_what_reads() {
    const CALLS: usize = 20;
    let server = Server::start(repeat_n(ok().close(), 2 * CALLS));
    let client = plain(&server);
    for _ in 0..CALLS {
        bounded(client.call(act::<true>()))
            .await
            .expect("an answer");
    }
}

#[tokio::test]
async fn what_sends_over_a_closed_connection_is_told_truly() {
    const CALLS: usize = 20;
    let server = Server::start(repeat_n(ok().close(), 2 * CALLS));
    let client = plain(&server);
    for _ in 0..CALLS {
        let before = server.requests().len();
        let sent = bounded(client.call(act::<false>())).await;
        let arrived = server.requests().len() - before;
        match sent {
            Ok(_) => assert_eq!(arrived, 1),
            Err(error) if error.may_have_been_carried_out() => assert!(arrived <= 1),
            Err(error) => assert_eq!(arrived, 0, "{error}"),
        }
    }
}

/// The server reads the request and goes away: nobody knows what it has done.
#[tokio::test]
async fn what_sends_is_not_sent_again_over_another_connection() {
    for _ in 0..20 {
        let server = Server::start([ok(), Answer::hang_up(), ok()]);
        let client = plain(&server);
        bounded(client.call(act::<false>()))
            .await
            .expect("an answer");
        let error = bounded(client.call(act::<false>())).await;
        let error = error.expect_err("no answer");
        assert!(error.may_have_been_carried_out(), "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(server.requests().len(), 2);
        bounded(client.call(act::<false>()))
            .await
            .expect("an answer");
    }
}
