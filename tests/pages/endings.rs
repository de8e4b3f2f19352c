//! How a listing ends when something goes wrong.

use alibabacloud_paged::listings::{ListGroupsPage, ListGroupsRequest, ListNodesRequest};
use cams_tests::server::Answer;
use serde_json::{Value as Json, json};

use crate::scene::{asked_for, count, entries, group_page, read, scene, serve};

fn nodes() -> ListNodesRequest {
    ListNodesRequest::builder().build()
}

fn node_page(ids: &[&str]) -> Json {
    json!({"Code": "OK", "Data": {"Model": entries(ids)}})
}

#[tokio::test]
async fn a_page_that_comes_again_ends_it_with_an_error() {
    // At once, and after others; what stands beside the entries is of no matter.
    for (pages, good) in [
        (&[&["HUSH"][..], &["HUSH"]][..], 1),
        (&[&["HUSH", "b"], &["c"], &["d"], &["HUSH", "b"]], 3),
    ] {
        let script: Vec<_> = pages
            .iter()
            .enumerate()
            .map(|(index, ids)| {
                let mut page = node_page(ids);
                page["RequestId"] = json!(index.to_string());
                page
            })
            .collect();
        let (server, client) = scene(script.clone());
        let (listed, error) = read(client.list_nodes(nodes()).items()).await;
        let wanted = pages[..good].concat();
        let ids: Vec<_> = listed.into_iter().filter_map(|entry| entry.id).collect();
        assert_eq!(ids, wanted);
        assert_eq!(server.requests().len(), pages.len());
        let error = error.expect("an error");
        assert!(error.is_pagination() && !error.is_retryable(), "{error}");
        let text = error.to_string();
        let after = if good == 1 {
            "after 1 page,"
        } else {
            "after 3 pages,"
        };
        assert!(
            text.starts_with(&format!("ListNodes failed: {after}")),
            "{text}"
        );
        assert!(text.contains("`PageNo`"), "{text}");
        assert!(!format!("{error:?}").contains("HUSH"), "{error:?}");

        let (_server, client) = scene(script);
        let (counted, error) = count(client.list_nodes(nodes()).pages()).await;
        assert_eq!(counted, good);
        assert!(error.is_some());
    }
}

#[tokio::test]
async fn a_parameter_that_replaces_the_number_does_not_go_on_for_ever() {
    let (server, client) = scene([node_page(&["a"]), node_page(&["a"])]);
    let call = client.list_nodes(nodes()).query("PageNo", "7");
    let (listed, error) = read(call.items()).await;
    assert_eq!(listed.len(), 1);
    assert!(error.is_some_and(|error| error.is_pagination()));
    assert_eq!(asked_for(&server, "PageNo"), ["7", "7"]);
}

#[tokio::test]
async fn an_empty_first_page_is_the_end() {
    let (server, client) = scene([node_page(&[])]);
    let (listed, error) = read(client.list_nodes(nodes()).items()).await;
    assert!(listed.is_empty() && error.is_none());
    assert_eq!(server.requests().len(), 1);

    // Whole answers are handed out as they come.
    let (_server, client) = scene([node_page(&[])]);
    let (pages, error) = count(client.list_nodes(nodes()).pages()).await;
    assert_eq!((pages, error.is_none()), (1, true));
}

#[tokio::test]
async fn an_error_comes_after_the_pages_before_it_and_is_the_last() {
    let first = Answer::json(200, group_page(&["a", "b"], 9).to_string());
    let throttled = json!({"Code": "Throttling.User", "Message": "Slow.", "RequestId": "90E6"});
    let unreadable = json!({"Code": "OK", "Data": {"List": 5}});
    for second in [
        Answer::json(429, throttled.to_string()),
        Answer::json(200, unreadable.to_string()),
        Answer::hang_up(),
    ] {
        let last = Answer::json(200, group_page(&["c"], 9).to_string());
        let (server, client) = serve([first.clone(), second, last]);
        let page = ListGroupsPage::builder().build();
        let request = ListGroupsRequest::builder().page(page).build();
        let (listed, error) = read(client.list_groups(request).items()).await;
        let error = error.expect("an error");
        assert_eq!(listed.len(), 2, "{error}");
        assert_eq!(error.operation(), Some("ListGroups"));
        assert!(
            !error.is_pagination() && !error.is_configuration(),
            "{error}"
        );
        assert_eq!(server.requests().len(), 2);
    }
}
