//! Listings as iterators.

use alibabacloud_paged::listings::ListTokensRequest;
use alibabacloud_runtime::{BlockingItems, BlockingPages};
use cams_tests::server::Answer;

use crate::scene::{asked_for, scene, serve, token_page};

fn request() -> ListTokensRequest {
    ListTokensRequest::builder().build()
}

#[test]
fn they_go_wherever_a_thread_may_go() {
    fn free<T: Send + Unpin + 'static>() {}
    free::<BlockingItems<ListTokensRequest>>();
    free::<BlockingPages<ListTokensRequest>>();
}

#[test]
fn entries_come_from_page_to_page() {
    let (server, client) = scene([
        token_page(&["a", "b"], "one"),
        token_page(&[], "two"),
        token_page(&["c"], ""),
    ]);
    let mut items = client.list_tokens(request()).items_blocking();
    drop(client);
    assert_eq!(server.connections(), 0);
    let first = items.next().expect("an entry").expect("a good one");
    assert_eq!(first.id.as_deref(), Some("a"));
    assert_eq!(items.size_hint(), (1, None));
    assert_eq!(server.requests().len(), 1);
    assert!(format!("{items:?}").contains("ListTokens"), "{items:?}");

    let rest: Result<Vec<_>, _> = items.by_ref().collect();
    let ids = rest
        .expect("good ones")
        .into_iter()
        .map(|entry| entry.id.unwrap_or_default());
    assert_eq!(ids.collect::<String>(), "bc");
    assert!(items.next().is_none());
    assert_eq!(asked_for(&server, "PageKey"), ["", "one", "two"]);
}

#[test]
fn pages_are_whole_answers_and_an_error_is_the_end() {
    let (server, client) = serve([
        Answer::json(200, token_page(&["a"], "one").to_string()),
        Answer::json(400, r#"{"Code":"Forbidden"}"#),
    ]);
    let mut pages = client.list_tokens(request()).pages_blocking();
    let first = pages.next().expect("a page").expect("a good one");
    assert_eq!(first.data.len(), 1);
    let error = pages.next().expect("an error").expect_err("one");
    assert_eq!(error.code(), Some("Forbidden"));
    assert!(pages.next().is_none());
    assert_eq!(server.requests().len(), 2);
}
