//! How a user tests a function of theirs.

use alibabacloud_cams::chat_groups::{
    DeleteChatGroupRequest, DeleteChatGroupResponse, ListChatGroupRequest,
};
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::runtime::transport::TransportErrorKind;
use alibabacloud_cams::types::Page;
use alibabacloud_cams::{Client, Error};
use serde_json::json;

/// The function under test: deletes a group, and says what is known of it afterwards.
async fn remove(client: &Client, group: &str) -> Result<&'static str, Error> {
    let request = DeleteChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .group_id(group)
        .build();
    match client.delete_chat_group(request).await {
        Ok(answer) if answer.result == Some(0) => Ok("it wasn't there"),
        Ok(_) => Ok("deleted"),
        Err(error) if error.may_have_been_carried_out() => Ok("look for it"),
        Err(error) => Err(error),
    }
}

#[tokio::test]
async fn a_group_is_deleted_after_a_pause() {
    let script = Script::new();
    script
        .expect(Expected::action("DeleteChatGroup").parameter("GroupId", "E39901"))
        .answer(Answer::throttled())
        .answer(Answer::ok());
    let client = script.prepare(Client::builder()).build().expect("a client");

    assert_eq!(
        remove(&client, "E39901").await.expect("an answer"),
        "deleted"
    );
    assert_eq!(script.waits().len(), 1);
    script.finish().expect("all went by the script");
}

/// Another: the names of all groups.
async fn names(client: &Client) -> Result<Vec<String>, Error> {
    let request = ListChatGroupRequest::builder()
        .business_number("8613800001111")
        .cust_space_id("cams-7d2f")
        .page(Page::builder().index(1).size(2).build())
        .build();
    let (mut groups, mut names) = (client.list_chat_group(request).items(), Vec::new());
    while let Some(group) = groups.next().await {
        names.extend(group?.subject);
    }
    Ok(names)
}

#[tokio::test]
async fn a_listing_is_read_to_its_end() {
    let page = |index: i64| {
        Expected::of::<ListChatGroupRequest>().matching(format!("page {index}"), move |request| {
            let request = request.parse::<ListChatGroupRequest>();
            request.is_ok_and(|request| request.page.index == index)
        })
    };
    let groups = |subjects: &[&str]| {
        let groups: Vec<_> = subjects
            .iter()
            .map(|name| json!({"Subject": name}))
            .collect();
        Answer::success(json!({"Data": {"List": groups, "Total": 3}}))
    };
    let script = Script::new();
    script.expect(page(1)).answer(groups(&["A", "B"]));
    script.expect(page(2)).answer(groups(&["C"]));
    let client = script.prepare(Client::builder()).build().expect("a client");
    assert_eq!(names(&client).await.expect("groups"), ["A", "B", "C"]);
    script.finish().expect("all went by the script");
}

#[tokio::test]
async fn what_is_unknown_is_said() {
    let mut gone = DeleteChatGroupResponse::default();
    gone.result = Some(0);

    let script = Script::new();
    let deletion = || Expected::of::<DeleteChatGroupRequest>();
    script.expect(deletion()).answer(Answer::success(gone));
    script
        .expect(deletion())
        .answer(TransportErrorKind::Interrupted);
    script
        .expect(deletion())
        .answer(Answer::business_error("Group.NotOwner", "not yours"));
    script
        .expect(Expected::of::<ListChatGroupRequest>())
        .times(0);
    let client = script.prepare(Client::builder()).build().expect("a client");

    assert_eq!(
        remove(&client, "E1").await.expect("an answer"),
        "it wasn't there"
    );
    assert_eq!(
        remove(&client, "E2").await.expect("an answer"),
        "look for it"
    );
    let said = remove(&client, "E3").await.expect("an answer");
    assert_eq!(said, "look for it");

    let groups: Vec<String> = script
        .requests()
        .iter()
        .map(|request| request.parse::<DeleteChatGroupRequest>())
        .map(|request| request.expect("a deletion").group_id)
        .collect();
    assert_eq!(groups, ["E1", "E2", "E3"]);
    script.finish().expect("all went by the script");
}
