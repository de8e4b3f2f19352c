//! The emitted fields are the documented ones: no more, no fewer, and each as documented.
//!
//! What is documented stands in `data/documented`, one file an operation, apart from the
//! description that the code is made from; the emitted text is read with syn.

#[path = "documented/builder.rs"]
mod builder;
#[path = "documented/check.rs"]
mod check;
#[path = "documented/source.rs"]
mod source;
#[path = "documented/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use cams_tests::fixtures::{folder, sources};
use check::differences;
use table::Operation;

/// The tables of all operations.
fn tables() -> Vec<Operation> {
    let folder = folder().join("data/documented");
    let entries = fs::read_dir(folder).expect("the tables are there");
    let tables = entries.map(|entry| {
        let path = entry.expect("readable").path();
        let text = fs::read_to_string(&path).expect("a text");
        let table: Operation = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_stem().expect("a file's name");
        assert_eq!(name, table.operation.as_str(), "{}", path.display());
        table
    });
    tables.collect()
}

/// The emitted file of every operation, by the operation's name.
fn emitted() -> Vec<(String, String)> {
    let mut emitted = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder().join("../generated/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the crate is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a text");
            let header = text.lines().next().unwrap_or_default();
            let source = header.split(" from ").nth(1).unwrap_or_default();
            if let Some(operation) = source.strip_prefix("operations/") {
                let name = operation.split('.').next().unwrap_or_default();
                emitted.push((name.to_owned(), text));
            }
        }
    }
    emitted
}

/// The file of an operation's table, as a person names it.
fn table_of(operation: &str) -> String {
    format!("tests/data/documented/{operation}.json")
}

/// What is emitted otherwise than documented, each with the file of the table.
fn departures(tables: &[Operation], emitted: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for table in tables {
        let file = table_of(&table.operation);
        match emitted.iter().find(|(name, _)| *name == table.operation) {
            Some((_, text)) => {
                let differences = differences(table, text).into_iter();
                found.extend(differences.map(|difference| format!("{file}: {difference}")));
            }
            None => found.push(format!("{file}: no such operation is emitted")),
        }
    }
    found
}

/// The operations without a table, each with what to do.
fn undocumented(tables: &[Operation], emitted: &[(String, String)]) -> Vec<String> {
    let documented: BTreeSet<_> = tables.iter().map(|table| &table.operation).collect();
    let missing = emitted
        .iter()
        .filter(|(name, _)| !documented.contains(name));
    let said = missing.map(|(name, _)| {
        format!(
            "{name} has no table: add {} from its documentation, in the shape of {}",
            table_of(name),
            table_of("DeleteChatGroup"),
        )
    });
    said.collect()
}

#[test]
fn every_operation_is_as_documented() {
    let found = departures(&tables(), &emitted());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_operation_has_its_table() {
    let emitted = emitted();
    assert!(!emitted.is_empty(), "no operation was found");
    let found = undocumented(&tables(), &emitted);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn it_is_said_which_table_to_add_or_to_look_at() {
    let (table, text) = specimen();
    let lists = ("ListThings".to_owned(), String::new());
    assert_eq!(
        undocumented(&[table], &[lists]),
        [
            "ListThings has no table: add tests/data/documented/ListThings.json from its \
             documentation, in the shape of tests/data/documented/DeleteChatGroup.json"
        ],
    );
    let (table, _) = specimen();
    let file = "tests/data/documented/DeleteChatGroup.json: ";
    let text = text.replace("\"GroupId\"", "\"GroupID\"");
    let emitted = [("DeleteChatGroup".to_owned(), text)];
    for emitted in [&emitted[..], &[]] {
        let found = departures(std::slice::from_ref(&table), emitted);
        assert!(!found.is_empty());
        let named = found.iter().all(|found| found.starts_with(file));
        assert!(named, "{found:#?}");
    }
}

/// The table and the text that the checker is tried on.
fn specimen() -> (Operation, String) {
    let table = tables()
        .into_iter()
        .find(|table| table.operation == "DeleteChatGroup");
    let emitted = emitted()
        .into_iter()
        .find(|(name, _)| name == "DeleteChatGroup");
    (
        table.expect("it is documented"),
        emitted.expect("it is emitted").1,
    )
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

/// An operation of every kind of field; `DeleteChatGroup` has few of them.
const SHAPES: &str = r##"
post:
  operationId: DoThing
  tags: [Things]
  summary: Does it.
  x-acs-retry: send
  parameters:
    - {name: Tags, in: query, required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}
    - {name: Pairs, in: query, content: {application/json: {schema: {type: object, additionalProperties: {type: integer, format: int64}}}}}
    - {name: Type, in: query, schema: {type: string, enum: [CARD, list]}}
    - name: Card
      in: query
      content:
        application/json:
          schema:
            type: object
            required: [Title]
            properties:
              Title: {type: string}
              Weight: {type: number, format: double}
  responses:
    "200":
      description: Done.
      content:
        application/json:
          schema:
            type: object
            properties:
              Data:
                type: array
                items:
                  type: object
                  properties:
                    Id: {type: integer, format: int32}
                    Labels: {type: object, additionalProperties: {type: string}}
"##;

const SHAPES_TABLE: &str = r#"{
  "operation": "DoThing",
  "request": [
    {"name": "Tags", "type": {"array": "string"}, "required": true, "place": "query_json"},
    {"name": "Pairs", "type": {"map": "int64"}, "place": "query_json"},
    {"name": "Type", "type": "string", "values": ["CARD", "list"]},
    {"name": "Card", "place": "query_json", "type": {"object": [
      {"name": "Title", "type": "string", "required": true},
      {"name": "Weight", "type": "double"}
    ]}}
  ],
  "response": [
    {"name": "Data", "type": {"array": {"object": [
      {"name": "Id", "type": "int32"},
      {"name": "Labels", "type": {"map": "string"}}
    ]}}}
  ]
}"#;

#[test]
fn every_kind_of_field_can_be_documented() {
    let files = alibabacloud_codegen::generate(&sources(SHAPES.trim_start()))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let text = &files["things/do_thing.rs"];
    let table: Operation = serde_json::from_str(SHAPES_TABLE).expect("a table");
    let found = differences(&table, text);
    assert!(found.is_empty(), "{found:#?}\n{text}");
    for (before, after, named) in [
        (
            "pub tags: Vec<String>",
            "pub tags: Vec<i64>",
            "DoThingRequest.Tags[]",
        ),
        ("pub id: Option<i32>", "pub id: Option<i64>", ".Id"),
        ("pub title: String", "pub title: Option<String>", ".Title"),
        ("\"Labels\"", "\"labels\"", ".Labels"),
    ] {
        assert!(text.contains(before), "{before}");
        let found = differences(&table, &text.replacen(before, after, 1));
        let hit = found.iter().any(|found| {
            let at = found.rsplit_once(": ").map_or("", |(at, _)| at);
            at.ends_with(named)
        });
        assert!(hit, "{named}: {found:#?}");
    }
}

#[test]
fn tables_are_read_strictly() {
    for faulty in [
        r#"{"operation": "A", "request": [], "response": [], "more": 1}"#,
        r#"{"operation": "A", "request": [{"name": "B"}], "response": []}"#,
        r#"{"operation": "A", "request": [{"name": "B", "type": "string", "requierd": true}], "response": []}"#,
        r#"{"operation": "A", "request": [{"name": "B", "type": "text"}], "response": []}"#,
    ] {
        serde_json::from_str::<Operation>(faulty).expect_err(faulty);
    }
}
