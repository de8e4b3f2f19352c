//! The bound on the length of URLs: what counts, what is said, and that nothing has happened by then.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use alibabacloud_cams::{Client, Credentials, Error};
use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::{BoxFuture, Builder, Result};
use cams_tests::client::{KEYS, OK, bounded, builder, request};
use cams_tests::formal::{Formal, SERVICE};
use cams_tests::server::{Answer, Server};

/// What the built-in transport can send, and the default.
const MOST: usize = 65_534;

/// Keys, and how often they were asked for.
#[derive(Clone, Debug, Default)]
struct Counting(Arc<AtomicUsize>);

impl ProvideCredentials for Counting {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(Credentials::new(KEYS[0], KEYS[1])) })
    }

    fn name(&self) -> &'static str {
        "counting"
    }
}

/// The length of a URL of this server with that query.
fn length(server: &Server, query: usize) -> usize {
    server.url().len() + "/?".len() + query
}

/// The length of the query of a plain request.
async fn plain() -> usize {
    let server = Server::start([Answer::json(200, OK)]);
    let client = builder(&server).build().expect("a client");
    let call = client.delete_chat_group(request());
    bounded(call).await.expect("an answer");
    server.request().query().len()
}

fn refused(error: &Error) -> String {
    assert!(error.is_configuration(), "{error}");
    assert!(!error.may_have_been_carried_out() && !error.is_retryable());
    assert_eq!(error.operation(), Some("DeleteChatGroup"));
    format!("{error}")
}

#[tokio::test]
async fn a_url_may_be_as_long_as_the_bound_and_no_longer() {
    let query = plain().await;
    for (less, sent) in [(0, true), (1, false), (usize::MAX, false)] {
        let server = Server::start([Answer::json(200, OK)]);
        let bound = length(&server, query).saturating_sub(less);
        let keys = Counting::default();
        let client: Client = builder(&server)
            .credentials(keys.clone())
            .max_url_bytes(bound)
            .build()
            .expect("a client");
        let answer = bounded(client.delete_chat_group(request())).await;
        assert_eq!(answer.is_ok(), sent, "{bound}");
        let times = usize::from(sent);
        assert_eq!(server.connections(), times, "{bound}");
        assert_eq!(keys.0.load(Ordering::SeqCst), times, "{bound}");
    }
}

#[tokio::test]
async fn the_refusal_says_what_is_long_and_what_to_do() {
    let server = Server::start([]);
    let bound = length(&server, plain().await);
    let client = builder(&server).max_url_bytes(bound).build();
    let client: Client = client.expect("a client");
    // Encoded, each of these takes six bytes; name, `=` and `&` count as well.
    let hush = "\u{e9}".repeat(100);
    let call = client.delete_chat_group(request()).query("Hush", &hush);
    let error = bounded(call).await.expect_err("too long");
    let long = bound + 606;
    assert_eq!(
        refused(&error),
        format!(
            "DeleteChatGroup failed: the URL is {long} bytes long, and `max_url_bytes` of the \
             client's builder allows {bound}; the largest parameter is `Hush` with 605 bytes: send less \
             in one call, raise the bound, or, where the service takes the parameter in a form \
             body, have it described there"
        )
    );
    assert!(!format!("{error:?}").contains("%C3"));

    // A parameter of the request itself.
    let mut long = request();
    long.group_id = "HUSH".repeat(500);
    let call = client.delete_chat_group(long);
    let text = refused(&bounded(call).await.expect_err("too long"));
    assert!(
        text.contains("the largest parameter is `GroupId` with 2008 bytes"),
        "{text}"
    );
    assert!(!text.contains("HUSH"), "{text}");

    // A name may be anything, too.
    let name = format!("Na\nme{}", "x".repeat(9_000));
    let call = client.delete_chat_group(request()).query(name, "");
    let text = refused(&bounded(call).await.expect_err("too long"));
    assert!(
        text.contains("`Na?mexxx") && text.contains("xxx…`"),
        "{text}"
    );
    assert!(text.len() < 500, "{text}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_default_is_what_the_built_in_transport_can_send() {
    let server = Server::start([Answer::json(200, OK)]);
    let client: Client = builder(&server).build().expect("a client");
    let own = length(&server, plain().await + "&Pad=".len());
    let pad = |more: usize| "a".repeat(MOST - own + more);
    let call = client.delete_chat_group(request()).query("Pad", pad(0));
    bounded(call).await.expect("an answer");
    assert_eq!(length(&server, server.request().query().len()), MOST);

    let call = client.delete_chat_group(request()).query("Pad", pad(1));
    let text = refused(&bounded(call).await.expect_err("too long"));
    assert!(text.contains("allows 65534"), "{text}");

    // Beyond it, that transport refuses.
    let client = builder(&server).max_url_bytes(usize::MAX).build();
    let client: Client = client.expect("a client");
    let call = client.delete_chat_group(request()).query("Pad", pad(1));
    let text = refused(&bounded(call).await.expect_err("too long"));
    assert!(
        text.contains("65534 are the most that can be sent"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_form_does_not_count() {
    let server = Server::start([Answer::json(200, OK)]);
    let client: alibabacloud_runtime::Client = Builder::new(&SERVICE)
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .endpoint(server.url())
        .allow_http(true)
        .max_url_bytes(server.url().len() + "/?Page=1".len())
        .build()
        .expect("a client");
    let formal = || Formal {
        code: "x".repeat(100_000),
        phone: String::new(),
        page: 1,
    };
    // Nor does what replaces a field of it.
    let call = client.call(formal()).query("Phone", "1".repeat(100_000));
    bounded(call).await.expect("an answer");
    assert_eq!(server.request().body.len(), 200_000 + "Code=&Phone=".len());

    let call = client.call(formal()).query("Q", "");
    let error = bounded(call).await.expect_err("one parameter too many");
    assert!(error.to_string().contains("`Page` with 6 bytes"), "{error}");
}
