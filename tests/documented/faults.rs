//! The checker sees every kind of departure, and names the field.

use std::fs;

use cams_tests::emitted::Emitted;
use cams_tests::fixtures::folder;
use cams_tests::table::Operation;

use super::page;

/// The table and the text that the checker is tried on.
fn specimen() -> (Operation, String) {
    let path = folder().join("../generated/src/chat_groups/delete_chat_group.rs");
    (page(), fs::read_to_string(path).expect("it is emitted"))
}

/// What is different in that text.
fn differences(table: &Operation, text: &str) -> Vec<String> {
    let mut emitted = Emitted::default();
    emitted.add("do.rs", text).expect("Rust");
    super::check::differences(table, &emitted)
}

/// Changes the text, and wants the checker to name the field.
#[track_caller]
fn caught(changes: &[(&str, &str)], named: &str) {
    let (table, mut text) = specimen();
    for (before, after) in changes {
        assert!(text.contains(before), "{before} isn't in the emitted text");
        text = text.replacen(before, after, 1);
    }
    let found = differences(&table, &text);
    let names = |found: &String| {
        let at = found.split(": ").next().unwrap_or_default();
        at.ends_with(named)
    };
    assert!(
        found.iter().any(names),
        "{changes:?} should be caught at {named}: {found:#?}"
    );
}

/// The text without a line and its documentation.
fn without(text: &str, line: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for found in text.lines() {
        if found.trim() != line {
            kept.push(found);
            continue;
        }
        while kept
            .pop_if(|above| above.trim().starts_with("///"))
            .is_some()
        {}
    }
    assert!(kept.len() < text.lines().count(), "{line} isn't there");
    kept.join("\n")
}

#[test]
fn a_field_too_many_is_caught() {
    caught(
        &[(
            "pub group_id: String,",
            "pub group_id: String, pub owner_id: Option<i64>,",
        )],
        "DeleteChatGroupRequest.owner_id",
    );
    caught(
        &[(
            "Field::query(\"group_id\", \"GroupId\").required(),",
            "Field::query(\"group_id\", \"GroupId\").required(), Field::query(\"owner_id\", \"OwnerId\"),",
        )],
        "DeleteChatGroupRequest.OwnerId",
    );
    caught(
        &[(
            "pub success: Option<bool>,",
            "pub success: Option<bool>, pub data: Option<String>,",
        )],
        "DeleteChatGroupResponse.data",
    );
}

#[test]
fn a_field_too_few_is_caught() {
    for (line, named) in [
        ("pub group_id: String,", "DeleteChatGroupRequest.GroupId: "),
        (
            "pub result: Option<i64>,",
            "DeleteChatGroupResponse.Result: ",
        ),
    ] {
        let (table, text) = specimen();
        let found = differences(&table, &without(&text, line));
        let hit = found.iter().any(|found| found.starts_with(named));
        assert!(hit, "{line}: {found:#?}");
    }
    caught(
        &[("Field::member(\"result\", \"Result\"),", "")],
        "DeleteChatGroupResponse.Result",
    );
    caught(
        &[("Field::query(\"channel_type\", \"ChannelType\"),", "")],
        "DeleteChatGroupRequest.ChannelType",
    );
}

#[test]
fn a_misnamed_field_is_caught() {
    caught(
        &[("pub group_id: String", "pub chat_group_id: String")],
        "DeleteChatGroupRequest.GroupId",
    );
    // Renamed throughout, so that the code is right in itself.
    let (table, text) = specimen();
    let found = differences(&table, &text.replace("request_id", "call_id"));
    assert!(
        found
            .iter()
            .any(|found| found.starts_with("DeleteChatGroupResponse.RequestId: ")),
        "{found:#?}"
    );
    let found = differences(&table, &text.replace("request_id", "requestId"));
    assert!(
        found
            .iter()
            .any(|found| found.starts_with("DeleteChatGroupResponse.RequestId: ")),
        "{found:#?}"
    );
}

#[test]
fn another_wire_name_is_caught() {
    caught(
        &[("\"GroupId\"", "\"GroupID\"")],
        "DeleteChatGroupRequest.GroupId",
    );
    caught(
        &[("\"Success\"", "\"success\"")],
        "DeleteChatGroupResponse.Success",
    );
    // Two that are swapped.
    caught(
        &[
            ("\"group_id\", \"GroupId\"", "\"group_id\", \"CustSpaceId\""),
            (
                "\"cust_space_id\", \"CustSpaceId\"",
                "\"cust_space_id\", \"GroupId\"",
            ),
        ],
        "DeleteChatGroupRequest.GroupId",
    );
    caught(
        &[("Field::query(\"group_id\"", "Field::form(\"group_id\"")],
        "DeleteChatGroupRequest.GroupId",
    );
    caught(
        &[("1 => &self.channel_type", "1 => &self.group_id")],
        "DeleteChatGroupRequest.channel_type",
    );
    caught(
        &[("4 => &mut self.result", "4 => &mut self.success")],
        "DeleteChatGroupResponse.result",
    );
    caught(
        &[(
            "ACTION: &'static str = \"DeleteChatGroup\"",
            "ACTION: &'static str = \"DeleteGroup\"",
        )],
        "DeleteChatGroup",
    );
}

#[test]
fn a_mistyped_field_is_caught() {
    caught(
        &[("pub result: Option<i64>", "pub result: Option<i32>")],
        "DeleteChatGroupResponse.Result",
    );
    caught(
        &[("pub success: Option<bool>", "pub success: Option<String>")],
        "DeleteChatGroupResponse.Success",
    );
    caught(
        &[("pub group_id: String", "pub group_id: i64")],
        "DeleteChatGroupRequest.GroupId",
    );
    caught(
        &[(
            "pub channel_type: Option<DeleteChatGroupChannelType>",
            "pub channel_type: Option<String>",
        )],
        "DeleteChatGroupRequest.ChannelType",
    );
}

#[test]
fn another_requiredness_is_caught() {
    caught(
        &[("pub code: Option<String>", "pub code: String")],
        "DeleteChatGroupResponse.Code",
    );
    caught(
        &[("pub group_id: String", "pub group_id: Option<String>")],
        "DeleteChatGroupRequest.GroupId",
    );
    caught(
        &[("\"GroupId\").required()", "\"GroupId\")")],
        "DeleteChatGroupRequest.GroupId",
    );
    caught(
        &[("\"ChannelType\")", "\"ChannelType\").required()")],
        "DeleteChatGroupRequest.ChannelType",
    );
    caught(
        &[("\"Code\")", "\"Code\").required()")],
        "DeleteChatGroupResponse.Code",
    );
}

#[test]
fn a_faulty_setter_is_caught() {
    let field = "DeleteChatGroupRequestBuilder.GroupId";
    caught(&[("pub fn group_id(", "pub fn chat_group(")], field);
    caught(
        &[("pub fn group_id(", "pub fn chat_group(")],
        "DeleteChatGroupRequestBuilder.chat_group",
    );
    caught(
        &[("self.built.group_id = ", "self.built.cust_space_id = ")],
        field,
    );
    caught(
        &[(
            "-> DeleteChatGroupRequestBuilder<BUSINESS_NUMBER, CUST_SPACE_ID, true>",
            "-> DeleteChatGroupRequestBuilder<BUSINESS_NUMBER, true, GROUP_ID>",
        )],
        field,
    );
    caught(
        &[(
            "value: impl Into<DeleteChatGroupChannelType>",
            "value: impl Into<String>",
        )],
        "DeleteChatGroupRequestBuilder.ChannelType",
    );
}

#[test]
fn a_faulty_builder_is_caught() {
    caught(
        &[("const GROUP_ID: bool,\n> {\n    built", "> {\n    built")],
        "DeleteChatGroupRequestBuilder.group_id",
    );
    caught(
        &[(
            "const CUST_SPACE_ID: bool,\n    const GROUP_ID: bool,\n> Delete",
            "const GROUP_ID: bool,\n> Delete",
        )],
        "DeleteChatGroupRequestBuilder.cust_space_id",
    );
    caught(
        &[(
            "const GROUP_ID: bool,\n> {",
            "const GROUP_ID: bool,\n const CHANNEL_TYPE: bool,\n> {",
        )],
        "DeleteChatGroupRequestBuilder.channel_type",
    );
    caught(
        &[(
            "Builder<false, false, false>",
            "Builder<false, false, true>",
        )],
        "DeleteChatGroupRequest",
    );
    let bound = "Is<GROUP_ID>: required::HasGroupId,";
    for (before, after) in [
        (bound, ""),
        (bound, "Is<GROUP_ID>: required::HasCustSpaceId,"),
        (bound, "Is<true>: required::HasGroupId,"),
    ] {
        let (table, text) = specimen();
        assert!(text.contains(before));
        let found = differences(&table, &text.replacen(before, after, 1));
        assert!(
            found
                .iter()
                .any(|found| found.contains("`build` doesn't ask for is<group_id>")),
            "{found:#?}"
        );
    }
}

#[test]
fn other_valid_values_and_examples_are_caught() {
    let field = "DeleteChatGroupRequest.ChannelType";
    caught(
        &[(
            "Self::Whatsapp => \"WHATSAPP\"",
            "Self::Whatsapp => \"WhatsApp\"",
        )],
        field,
    );
    caught(&[("\"WHATSAPP\" => Self::Whatsapp,", "")], field);
    caught(&[("    Whatsapp,\n", "    Whatsapp,\n    Viber,\n")], field);
    caught(&[("Example: `WHATSAPP`.", "")], field);
    caught(
        &[(
            "Example: `90E63D28-E31D-1EB2-8939-A94866411B2O`.",
            "Example: `90E63D28`.",
        )],
        "DeleteChatGroupResponse.RequestId",
    );
}
