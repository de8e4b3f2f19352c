//! Pages with tokens: where they lead, and that none of them is shown.

use std::collections::BTreeMap;

use alibabacloud_paged::listings::{ListProductsRequest, ListTokensRequest};
use serde_json::json;

use crate::scene::{all, asked, asked_for, count, read, scene, token_page};

#[tokio::test]
async fn tokens_lead_on_until_there_is_none() {
    for end in [json!(""), json!(null)] {
        let (server, client) = scene([
            token_page(&["a", "b"], "one"),
            // An empty page is no end.
            token_page(&[], "two"),
            token_page(&["c"], end),
        ]);
        let request = ListTokensRequest::builder().build();
        let listed = all(client.list_tokens(request).items()).await;
        let ids: Vec<_> = listed.into_iter().filter_map(|entry| entry.id).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(asked_for(&server, "PageKey"), ["", "one", "two"]);
        assert!(!asked(&server)[0].contains_key("PageKey"));
    }
}

#[tokio::test]
async fn entries_may_be_maps_and_the_token_lie_deep() {
    let page = |name: &str, after: Option<&str>| {
        let data = json!([{"name": name, "price": 1.5}]);
        json!({"Model": {"Data": data, "Paging": {"Cursors": {"After": after}}}})
    };
    let (server, client) = scene([page("a", Some("x=1&y")), page("b", None)]);
    let request = ListProductsRequest::builder().limit(1).build();
    let listed = all(client.list_products(request).items()).await;
    let names: Vec<_> = listed.iter().map(|product| &product["name"]).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(asked_for(&server, "After"), ["", "x=1&y"]);
    assert_eq!(asked_for(&server, "Limit"), ["1", "1"]);

    // Nothing on the way to the token: the end.
    let (server, client) = scene([json!({"Code": "OK"})]);
    let request = ListProductsRequest::builder().build();
    let listed: Vec<BTreeMap<_, _>> = all(client.list_products(request).items()).await;
    assert!(listed.is_empty());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn it_begins_where_the_request_says() {
    let (server, client) = scene([token_page(&["c"], "three"), token_page(&["d"], "")]);
    let request = ListTokensRequest::builder().page_key("two").build();
    assert_eq!(all(client.list_tokens(request).items()).await.len(), 2);
    assert_eq!(asked_for(&server, "PageKey"), ["two", "three"]);
}

#[tokio::test]
async fn a_token_that_comes_again_ends_it_with_an_error() {
    // The pages that are good, and the tokens that lead on.
    for (start, tokens) in [
        (None, &["HUSH", "HUSH"][..]),
        (None, &["HUSH", "b", "c", "HUSH"]),
        (Some("HUSH"), &["HUSH"]),
        (Some("a"), &["HUSH", "c", "a"]),
    ] {
        let ids: Vec<String> = (0..tokens.len()).map(|id| id.to_string()).collect();
        let script = tokens.iter().zip(&ids);
        let script: Vec<_> = script
            .map(|(token, id)| token_page(&[id.as_str()], *token))
            .collect();
        let mut request = ListTokensRequest::builder().build();
        request.page_key = start.map(str::to_owned);

        let (server, client) = scene(script.clone());
        let (listed, error) = read(client.list_tokens(request.clone()).items()).await;
        let listed: Vec<_> = listed.into_iter().filter_map(|entry| entry.id).collect();
        assert_eq!(listed, ids, "the pages before are good");
        assert_eq!(server.requests().len(), tokens.len());
        let error = error.expect("an error");
        assert!(error.is_pagination() && !error.is_retryable(), "{error}");
        let pages = match tokens.len() {
            1 => "1 page".to_owned(),
            many => format!("{many} pages"),
        };
        assert_eq!(
            error.to_string(),
            format!(
                "ListTokens failed: after {pages}, the service gave the token of a page that it \
                 had given before; to go on would be to go round in a circle"
            )
        );
        assert!(!format!("{error:?}").contains("HUSH"), "{error:?}");

        let (_server, client) = scene(script);
        let (good, error) = count(client.list_tokens(request).pages()).await;
        assert_eq!(good, tokens.len());
        assert!(error.is_some_and(|error| error.is_pagination()));
    }
}
