//! Pages with numbers: which ones are asked for, from where, and how the number is written.

use alibabacloud_paged::Client;
use alibabacloud_paged::listings::{
    ListFlowsRequest, ListGroupsPage, ListGroupsRequest, ListNodesRequest, ListTemplatesPage,
    ListTemplatesRequest, ListTokensRequest,
};
use serde_json::{Value as Json, json};

use crate::scene::{all, asked_for, entries, group_page, read, scene, token_page};

fn groups(page: ListGroupsPage) -> ListGroupsRequest {
    ListGroupsRequest::builder().page(page).build()
}

async fn group_ids(client: &Client, page: ListGroupsPage) -> String {
    let listed = all(client.list_groups(groups(page)).items()).await;
    let ids = listed.into_iter().map(|entry| entry.id.unwrap_or_default());
    ids.collect()
}

#[tokio::test]
async fn pages_are_asked_for_until_the_total_is_reached() {
    let (server, client) = scene([
        group_page(&["a", "b"], 5),
        group_page(&["c", "d"], 5),
        group_page(&["e"], 5),
    ]);
    let page = ListGroupsPage::builder().size(2).build();
    assert_eq!(group_ids(&client, page).await, "abcde");
    assert_eq!(
        asked_for(&server, "Page"),
        [
            r#"{"Index":1,"Size":2}"#,
            r#"{"Index":2,"Size":2}"#,
            r#"{"Index":3,"Size":2}"#
        ]
    );
}

#[tokio::test]
async fn a_total_that_says_nothing_leaves_the_end_to_an_empty_page() {
    for total in [json!(null), json!(0), json!(-1), json!(""), json!(100)] {
        let (server, client) = scene([
            group_page(&["a", "b"], total.clone()),
            group_page(&["c"], total.clone()),
            group_page(&[], total.clone()),
        ]);
        let page = ListGroupsPage::builder().size(2).build();
        assert_eq!(group_ids(&client, page).await, "abc", "{total}");
        assert_eq!(server.requests().len(), 3, "{total}");
    }
    // Not even the object is there that would hold the entries.
    let (server, client) = scene([group_page(&["a"], json!(null)), json!({"Code": "OK"})]);
    let page = ListGroupsPage::builder().build();
    assert_eq!(group_ids(&client, page).await, "a");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_total_that_is_too_small_ends_with_its_page() {
    let (server, client) = scene([
        group_page(&["a", "b"], 3),
        group_page(&["c", "d"], 3),
        group_page(&["e"], 3),
    ]);
    let page = ListGroupsPage::builder().build();
    assert_eq!(group_ids(&client, page).await, "abcd");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_latest_total_counts() {
    let (server, client) = scene([
        group_page(&["a", "b"], 2_i64.pow(40)),
        group_page(&["c"], 3),
    ]);
    let page = ListGroupsPage::builder().build();
    assert_eq!(group_ids(&client, page).await, "abc");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_short_page_is_no_end() {
    let (server, client) = scene([
        group_page(&["a"], 4),
        group_page(&["b", "c"], 4),
        group_page(&["d"], 4),
    ]);
    let page = ListGroupsPage::builder().size(50).build();
    assert_eq!(group_ids(&client, page).await, "abcd");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn from_the_middle_the_pages_before_count_as_far_as_they_are_known() {
    // Two pages of two before this one.
    let (server, client) = scene([group_page(&["e", "f"], 7), group_page(&["g"], 7)]);
    let page = ListGroupsPage::builder().index(3).size(2).build();
    assert_eq!(group_ids(&client, page).await, "efg");
    assert_eq!(
        asked_for(&server, "Page"),
        [r#"{"Index":3,"Size":2}"#, r#"{"Index":4,"Size":2}"#]
    );

    // How long they are isn't said: only an empty page is an end.
    let (server, client) = scene([group_page(&["e", "f"], 2), group_page(&[], 2)]);
    let page = ListGroupsPage::builder().index(3).build();
    assert_eq!(group_ids(&client, page).await, "ef");
    assert_eq!(server.requests().len(), 2);

    // The service has shorter pages than were asked for: more are skipped than it has.
    let (server, client) = scene([
        group_page(&["c", "d"], 6),
        group_page(&["e", "f"], 6),
        group_page(&[], 6),
    ]);
    let page = ListGroupsPage::builder().index(2).size(1000).build();
    assert_eq!(group_ids(&client, page).await, "cdef");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_page_object_that_is_not_there_is_made() {
    let page = |ids, total: i64| json!({"Templates": entries(ids), "Total": total});
    let (server, client) = scene([page(&["a"], 2), page(&["b"], 2)]);
    let request = ListTemplatesRequest::builder().build();
    assert_eq!(all(client.list_templates(request).items()).await.len(), 2);
    assert_eq!(
        asked_for(&server, "Page"),
        [r#"{"Index":1,"Size":10}"#, r#"{"Index":2,"Size":10}"#]
    );

    // The caller's own size stays.
    let (server, client) = scene([page(&["a"], 1)]);
    let own = ListTemplatesPage::builder().index(1).size(0).build();
    let request = ListTemplatesRequest::builder().page(own).build();
    assert_eq!(all(client.list_templates(request).items()).await.len(), 1);
    assert_eq!(asked_for(&server, "Page"), [r#"{"Index":1,"Size":0}"#]);
}

#[tokio::test]
async fn a_number_of_32_bits_does_not_wrap() {
    let (server, client) = scene([json!({"Templates": entries(&["a"])})]);
    let page = ListTemplatesPage::builder().index(i32::MAX).size(1).build();
    let request = ListTemplatesRequest::builder().page(page).build();
    let (listed, error) = read(client.list_templates(request).items()).await;
    assert_eq!(listed.len(), 1);
    let error = error.expect("there is no next number");
    assert_eq!(
        error.to_string(),
        "ListTemplates failed: after 1 page, the number of the next one is more than `Page.Index` \
         can hold"
    );
    assert!(error.is_pagination() && !error.is_retryable(), "{error:?}");
    assert_eq!(server.requests().len(), 1);

    let (server, client) = scene([json!({"Data": {"Model": entries(&["a"])}})]);
    let request = ListNodesRequest::builder().page_no(i64::MAX).build();
    let (listed, error) = read(client.list_nodes(request).items()).await;
    assert_eq!((listed.len(), server.requests().len()), (1, 1));
    assert!(error.is_some_and(|error| error.is_pagination()));
}

#[tokio::test]
async fn a_number_that_is_text_is_written_in_digits() {
    let page = |names: &[&str], total: i64| json!({"Data": names, "TotalCount": total});
    let (server, client) = scene([page(&["a", "b"], 3), page(&["c"], 3)]);
    let request = ListFlowsRequest::builder().page_size("2").build();
    assert_eq!(
        all(client.list_flows(request).items()).await,
        ["a", "b", "c"]
    );
    assert_eq!(asked_for(&server, "PageIndex"), ["1", "2"]);
    assert_eq!(asked_for(&server, "PageSize"), ["2", "2"]);

    let (server, client) = scene([page(&["s", "t"], 20), page(&["u", "v"], 20)]);
    let request = ListFlowsRequest::builder().page_index("09").page_size("2");
    let listed = all(client.list_flows(request.build()).items()).await;
    assert_eq!(listed, ["s", "t", "u", "v"]);
    assert_eq!(asked_for(&server, "PageIndex"), ["9", "10"]);
}

#[tokio::test]
async fn a_number_that_is_none_is_refused_before_anything_is_sent() {
    for number in ["", "hush", "1.5", "0", "-1", "99999999999999999999"] {
        let (server, client) = scene([]);
        let request = ListFlowsRequest::builder().page_index(number).build();
        let (listed, error) = read(client.list_flows(request).items()).await;
        let error = error.expect("an error");
        assert!(listed.is_empty() && error.is_configuration(), "{number}");
        assert!(!error.may_have_been_carried_out(), "{number}");
        assert_eq!(
            error.to_string(),
            "ListFlows failed: `PageIndex` of the request doesn't hold the number of a page; the \
             first one is 1"
        );
        assert_eq!(server.connections(), 0, "{number}");
    }
    let (server, client) = scene([]);
    let page = ListGroupsPage::builder().index(0).build();
    let (_, error) = read(client.list_groups(groups(page)).items()).await;
    assert!(error.is_some_and(|error| error.is_configuration()));
    assert_eq!(server.connections(), 0);
}

fn borrowed(page: &[String]) -> Vec<&str> {
    page.iter().map(String::as_str).collect()
}

#[tokio::test]
async fn any_list_of_pages_comes_once_and_in_order() {
    // A generator of numbers that are the same on every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |bound: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % bound
    };
    for round in 0..40 {
        let lengths: Vec<u64> = (0..below(6)).map(|_| 1 + below(4)).collect();
        let total: u64 = lengths.iter().sum();
        let told = below(2) == 0;
        let mut ids = (0..total).map(|id| id.to_string());
        let mut pages: Vec<Vec<String>> = lengths
            .iter()
            .map(|length| ids.by_ref().take(*length as usize).collect())
            .collect();
        let wanted = pages.concat();
        pages.push(Vec::new());
        let total = if told { json!(total) } else { Json::Null };
        let script = pages
            .iter()
            .map(|page| group_page(&borrowed(page), total.clone()));
        let (server, client) = scene(script);
        let page = ListGroupsPage::builder().build();
        let listed = all(client.list_groups(groups(page)).items()).await;
        let ids: Vec<_> = listed.into_iter().filter_map(|entry| entry.id).collect();
        assert_eq!(ids, wanted, "round {round}");
        let asked = if told && !lengths.is_empty() {
            lengths.len()
        } else {
            pages.len()
        };
        assert_eq!(server.requests().len(), asked, "round {round}");

        let last = pages.len() - 1;
        let script = pages.iter().enumerate().map(|(index, page)| {
            let next = if index == last {
                Json::Null
            } else {
                json!(format!("t{index}"))
            };
            token_page(&borrowed(page), next)
        });
        let (server, client) = scene(script);
        let request = ListTokensRequest::builder().build();
        let listed = all(client.list_tokens(request).items()).await;
        let ids: Vec<_> = listed.into_iter().filter_map(|entry| entry.id).collect();
        assert_eq!(ids, wanted, "round {round}");
        assert_eq!(server.requests().len(), pages.len(), "round {round}");
    }
}
