//! Tables can say everything that a description can.

use cams_tests::emitted::Emitted;
use cams_tests::fixtures::sources;
use cams_tests::table::Operation;

fn differences(table: &Operation, text: &str) -> Vec<String> {
    let mut emitted = Emitted::default();
    emitted.add("do.rs", text).expect("Rust");
    super::check::differences(table, &emitted)
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
