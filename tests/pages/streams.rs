//! The streams themselves: what they keep, when they send, and how they can be used.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use alibabacloud_paged::listings::{ListNodesRequest, ListTokensRequest};
use alibabacloud_paged::{Client, Credentials, Items, Pages};
use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use cams_tests::client::bounded;
use cams_tests::server::Answer;
use futures_core::Stream;
use serde_json::json;

use crate::scene::{all, asked_for, entries, scene, serve, token_page};

fn request() -> ListTokensRequest {
    ListTokensRequest::builder().build()
}

#[test]
fn they_go_wherever_a_task_may_go() {
    fn free<T: Send + Unpin + 'static>() {}
    free::<Items<ListTokensRequest>>();
    free::<Pages<ListNodesRequest>>();
}

#[tokio::test]
async fn a_task_may_take_them_and_outlive_the_client() {
    let (_server, client) = scene([token_page(&["a"], "one"), token_page(&["b"], "")]);
    let items = client.list_tokens(request()).items();
    drop(client);
    let listed = bounded(tokio::spawn(all(items))).await.expect("no panic");
    assert_eq!(listed.len(), 2);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let (server, client) = scene([token_page(&["a", "b"], "one"), token_page(&["c"], "")]);
    let mut items = client.list_tokens(request()).items();
    assert_eq!(server.connections(), 0);
    for _ in 0..2 {
        let item = bounded(items.next()).await.expect("an entry");
        item.expect("a good one");
        assert_eq!(server.requests().len(), 1);
    }
    drop(items);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn pages_are_whole_answers() {
    let mut page = token_page(&["a"], "one");
    page["RequestId"] = json!("90E6");
    let (_server, client) = scene([page, token_page(&["b"], "")]);
    let mut pages = client.list_tokens(request()).pages();
    let first = bounded(pages.next()).await.expect("a page");
    let first = first.expect("a good one");
    assert_eq!(first.next_page.as_deref(), Some("one"));
    assert_eq!(first.data.len(), 1);
    let second = bounded(pages.next()).await.expect("a page");
    assert_eq!(second.expect("a good one").data[0].id.as_deref(), Some("b"));
    assert!(bounded(pages.next()).await.is_none());
}

#[tokio::test]
async fn the_options_of_the_call_hold_for_every_page() {
    let (server, client) = scene([token_page(&["a"], "one"), token_page(&["b"], "")]);
    let call = client.list_tokens(request()).query("Extra", "1");
    assert_eq!(all(call.items()).await.len(), 2);
    assert_eq!(asked_for(&server, "Extra"), ["1", "1"]);

    // So does the time that each of them may take.
    let noting = Noting::default();
    let client = Client::builder()
        .credentials(Credentials::new("id", "secret"))
        .transport(noting.clone())
        .build()
        .expect("a client");
    let call = client.list_tokens(request());
    let hour = Duration::from_secs(3_600);
    assert_eq!(all(call.timeout(hour).items()).await.len(), 2);
    let given = noting.0.lock().expect("no panic").clone();
    let within = |given: &Option<Duration>| given.is_some_and(|given| given <= hour);
    assert!(given.len() == 2 && given.iter().all(within), "{given:?}");
}

/// A transport that notes how long exchanges may take, and has two pages to give.
#[derive(Clone, Debug, Default)]
struct Noting(Arc<Mutex<Vec<Option<Duration>>>>);

impl Transport for Noting {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let mut given = self.0.lock().expect("no panic");
        let page = match given.len() {
            0 => token_page(&["a"], "one"),
            _ => token_page(&["b"], ""),
        };
        given.push(request.timeout);
        Box::pin(async move {
            let headers = Default::default();
            Ok(Response::new(Default::default(), headers, page.to_string()))
        })
    }
}

#[tokio::test]
async fn a_step_that_is_given_up_loses_nothing() {
    let slow = Answer::json(200, token_page(&["a"], "").to_string());
    let (server, client) = serve([slow.delay(Duration::from_millis(200))]);
    let mut items = client.list_tokens(request()).items();
    let mut context = Context::from_waker(Waker::noop());
    {
        let mut step = std::pin::pin!(items.next());
        assert!(step.as_mut().poll(&mut context).is_pending());
    }
    let item = bounded(items.next()).await.expect("an entry");
    assert_eq!(item.expect("a good one").id.as_deref(), Some("a"));
    assert_eq!(server.requests().len(), 1, "asked for once");
}

#[tokio::test]
async fn they_are_streams_for_whoever_polls_them() {
    async fn step<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
        bounded(std::future::poll_fn(|context| {
            Pin::new(&mut *stream).poll_next(context)
        }))
        .await
    }
    let (_server, client) = scene([token_page(&["a", "b"], "one"), token_page(&["c"], "")]);
    let mut items = client.list_tokens(request()).items();
    assert_eq!(items.size_hint(), (0, None));
    let mut ids = Vec::new();
    while let Some(item) = step(&mut items).await {
        ids.extend(item.expect("a good one").id);
    }
    assert_eq!(ids, ["a", "b", "c"]);

    let (_server, client) = scene([json!({"Data": {"Model": entries(&["a"])}}), json!({})]);
    let mut pages = client
        .list_nodes(ListNodesRequest::builder().build())
        .pages();
    let mut count = 0;
    while let Some(page) = step(&mut pages).await {
        page.expect("a good one");
        count += 1;
    }
    assert_eq!(count, 2);
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(
        Pin::new(&mut pages).poll_next(&mut context),
        Poll::Ready(None)
    ));
}

#[tokio::test]
async fn debug_shows_no_values() {
    let page =
        json!({"Data": [{"Id": "HUSH"}, {"Id": "HUSH", "Phone": "HUSH"}], "NextPage": "HUSH"});
    let (_server, client) = scene([page]);
    let request = ListTokensRequest::builder().page_key("HUSHKEY").build();
    let call = client.list_tokens(request).query("HUSHNAME", "HUSH");
    let mut items = call.items();
    bounded(items.next())
        .await
        .expect("an entry")
        .expect("good");
    let shown = format!("{items:?} {items:#?}");
    assert!(!shown.contains("HUSH"), "{shown}");
    assert!(
        shown.contains("ListTokens") && shown.contains("at_hand: 1"),
        "{shown}"
    );
    let pages = client.list_tokens(ListTokensRequest::builder().page_key("HUSH").build());
    let shown = format!("{:?}", pages.pages());
    assert!(
        !shown.contains("HUSH") && shown.contains("ListTokens"),
        "{shown}"
    );
}
