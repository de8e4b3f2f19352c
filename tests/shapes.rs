//! Every shape that a field can have: lists, maps, records in records, numbers, free values.
//!
//! `DeleteChatGroup` has scalars only; a record written by hand has everything else.

#[path = "shapes/everything.rs"]
mod everything;

use alibabacloud_runtime::model::{Json, Record};
use cams_tests::json::{read, unread, written};
use everything::Everything;
use serde_json::json;

/// What a member named so becomes, read and written again.
#[track_caller]
fn member(name: &str, json: Json) -> Json {
    let everything: Everything = read(json!({ name: json }));
    written(everything)[name].clone()
}

#[test]
fn every_shape_comes_back_as_it_went() {
    for (name, value) in [
        ("Choices", json!(["WHATSAPP", "VIBER"])),
        ("Free", json!({"a": [1, 2.5, null, {"b": "c"}], "d": {}})),
        ("Free", json!("text")),
        ("Free", json!([[]])),
        ("Free", json!(u64::MAX)),
        ("Inner", json!({"Id": "1", "Label": "2"})),
        ("Inner", json!({"Id": "1"})),
        ("Inners", json!([{"Id": "1"}, {"Id": "2", "Label": ""}])),
        ("Maps", json!({"a": [1, 2], "b": [], "": [3]})),
        ("Names", json!({"z": "1", "a": "2"})),
        ("Nested", json!([[], ["a", "b"], [""]])),
        ("Numbers", json!([1, i64::MIN, 0])),
        ("Ratio", json!(0.25)),
        ("Ratio", json!(-1.0)),
        ("Small", json!(i32::MIN)),
        // As it was written, not with the digits that a wider type makes of it.
        ("Weight", json!(0.1)),
        ("Weight", json!(-16777216.0)),
        ("Weight", json!(3.4028235e38)),
        ("Words", json!({"a": {"Id": "1"}})),
    ] {
        assert_eq!(member(name, value.clone()), value, "{name}");
    }
}

#[test]
fn nothing_in_lists_and_maps() {
    let everything: Everything = read(json!({}));
    assert_eq!(everything, Everything::blank());
    let names = Everything::FIELDS.iter().map(|field| field.wire.to_owned());
    // A record that isn't optional can't be nothing.
    let names = names.filter(|name| name != "Plain");
    let nulls: Json = names.map(|name| (name, Json::Null)).collect();
    assert_eq!(read::<Everything>(nulls), Everything::blank());
    // Items that are nothing are passed over, save where a place can be empty.
    assert_eq!(member("Numbers", json!([1, null, 2])), json!([1, 2]));
    assert_eq!(
        member("Inners", json!([null, {"Id": "1"}])),
        json!([{"Id": "1"}])
    );
    assert_eq!(
        member("Nested", json!([["a", null], null])),
        json!([["a", null], []])
    );
    assert_eq!(member("Maps", json!({"a": null})), json!({"a": []}));
    assert_eq!(
        member("Names", json!({"a": null, "b": "c"})),
        json!({"b": "c"})
    );
}

#[test]
fn leniency_reaches_into_every_shape() {
    assert_eq!(member("Numbers", json!(["1", 2.0])), json!([1, 2]));
    assert_eq!(
        member("Names", json!({"a": 1, "b": true})),
        json!({"a": "1", "b": "true"})
    );
    assert_eq!(
        member("Inner", json!({"Id": 7, "New": []})),
        json!({"Id": "7"})
    );
    assert_eq!(member("Maps", json!({"a": ["1"]})), json!({"a": [1]}));
    assert_eq!(member("Ratio", json!("2.5")), json!(2.5));
    assert_eq!(member("Ratio", json!(2)), json!(2.0));
    assert_eq!(member("Small", json!("7")), json!(7));
    assert_eq!(member("Weight", json!("0.1")), json!(0.1));
}

#[test]
fn of_two_members_the_last_holds_in_every_shape() {
    let text = r#"{
        "Numbers": [1], "Numbers": [2],
        "Names": {"a": "1", "a": "2"},
        "Names": {"b": "3"},
        "Maps": {"a": [1], "a": [2]},
        "Inner": {"Id": "1", "Label": "x"}, "Inner": {"Id": "2"},
        "Plain": {"Id": "1", "Label": "x"}, "Plain": {"Id": "2"},
        "Words": {"a": {"Id": "1", "Label": "x"}, "a": {"Id": "2"}}
    }"#;
    let found: Everything = serde_json::from_str(text).expect("it fits");
    let written = written(found);
    assert_eq!(written["Inner"], json!({"Id": "2"}));
    assert_eq!(written["Plain"], json!({"Id": "2"}));
    assert_eq!(written["Maps"], json!({"a": [2]}));
    assert_eq!(written["Words"], json!({"a": {"Id": "2"}}));
    assert_eq!(written["Numbers"], json!([2]));
    assert_eq!(written["Names"], json!({"b": "3"}));
}

#[test]
fn what_does_not_fit_in_any_shape_is_an_error_without_the_value() {
    for (given, error) in [
        (
            json!({"Numbers": "hush"}),
            "expected a list, found a string",
        ),
        (
            json!({"Numbers": {"hush": 1}}),
            "expected a list, found an object",
        ),
        (
            json!({"Numbers": [1, "hush"]}),
            "expected an integer, found a string",
        ),
        (
            json!({"Names": ["hush"]}),
            "expected an object, found a list",
        ),
        (
            json!({"Names": {"a": ["hush"]}}),
            "expected a string, found a list",
        ),
        (
            json!({"Inner": "hush"}),
            "expected an object, found a string",
        ),
        (json!({"Inner": {"Label": "hush"}}), "missing field `Id`"),
        (
            json!({"Inners": [{"Id": "1"}, {"Label": "hush"}]}),
            "missing field `Id`",
        ),
        (
            json!({"Inner": {"Id": null}}),
            "expected a string, found null",
        ),
        (
            json!({"Choices": [{"hush": 1}]}),
            "expected a string, found an object",
        ),
        (
            json!({"Small": i64::from(i32::MAX) + 1}),
            "expected an integer, found one that is out of range",
        ),
        (
            json!({"Small": "2147483648"}),
            "expected an integer, found a string",
        ),
        (
            json!({"Ratio": "hush"}),
            "expected a number, found a string",
        ),
        (
            json!({"Ratio": true}),
            "expected a number, found true or false",
        ),
        (
            json!({"Ratio": "NaN"}),
            "expected a number, found one that is out of range",
        ),
        (
            json!({"Ratio": "1e999"}),
            "expected a number, found one that is out of range",
        ),
        (
            json!({"Weight": "-inf"}),
            "expected a number, found one that is out of range",
        ),
        (
            json!({"Weight": 1e39}),
            "expected a number, found one that is out of range",
        ),
        (
            json!({"Secret": ["hush"]}),
            "expected a string, found a list",
        ),
        (
            json!({"Nested": [["a"], "hush"]}),
            "expected a list, found a string",
        ),
    ] {
        let found = unread::<Everything>(given.clone());
        assert!(!found.contains("hush"), "{found}");
        assert_eq!(found, error, "{given}");
    }
}

#[test]
fn debug_hides_secrets_at_any_depth() {
    let everything: Everything = read(json!({
        "Secret": "hush",
        "Secrets": ["hush", "hush"],
        "Inner": {"Id": "1", "Label": "hush"},
        "Inners": [{"Id": "2", "Label": "hush"}],
        "Words": {"a": {"Id": "3", "Label": "hush"}},
        "Numbers": [1],
    }));
    for shown in [format!("{everything:?}"), format!("{everything:#?}")] {
        assert!(!shown.contains("hush"), "{shown}");
        assert!(
            shown.contains("[secret]") && shown.contains("[personal]"),
            "{shown}"
        );
    }
    let shown = format!("{everything:?}");
    for part in [
        "inner: Some(Inner { id: \"1\", label: [personal] })",
        "numbers: [1]",
        "secret: [secret], secrets: [secret], small: None",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let nothing = format!("{:?}", Everything::blank());
    assert!(nothing.contains("secret: None"), "{nothing}");
}
