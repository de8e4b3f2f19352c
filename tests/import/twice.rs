//! What an import has written is what the next one writes, whatever the order of keys.

use alibabacloud_codegen::Files;
use alibabacloud_codegen::import::{Section, import};
use cams_tests::fixtures::{again, imports};
use serde_yaml::Value;

#[test]
fn a_second_import_changes_nothing() {
    for case in imports() {
        let Ok(once) = case.import() else {
            continue;
        };
        let twice = import(&again(&once), &case.metadata, case.skip)
            .unwrap_or_else(|problems| panic!("{}: {problems}", case.name));
        assert_eq!(once.files, twice.files, "{}", case.name);
        for section in [
            Section::New,
            Section::Undescribed,
            Section::Removed,
            Section::Changed,
            Section::Example,
        ] {
            let told: Vec<_> = twice.report.section(section).collect();
            assert!(told.is_empty(), "{}: {told:?}", case.name);
        }
    }
}

#[test]
fn the_order_of_keys_in_the_metadata_says_nothing_but_the_order_of_fields() {
    for case in imports() {
        let Ok(once) = case.import() else {
            continue;
        };
        let sorted = case.metadata.iter().map(|(name, bytes)| {
            let value: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
            (name.clone(), serde_json::to_vec(&value).expect("JSON"))
        });
        let sorted: Vec<_> = sorted.collect();
        let sorted = import(&case.description, &sorted, case.skip)
            .unwrap_or_else(|problems| panic!("{}: {problems}", case.name));
        assert_eq!(values(&once.files), values(&sorted.files), "{}", case.name);
    }
}

fn values(files: &Files) -> Vec<(&String, Value)> {
    let value = |text: &str| serde_yaml::from_str(text).expect("YAML");
    let files = files.iter();
    files
        .map(|(path, text)| (path, loosened(value(text))))
        .collect()
}

/// Lists sorted: that of required fields has the order of fields, that of values their keys'.
fn loosened(value: Value) -> Value {
    match value {
        Value::Sequence(items) => {
            let mut items: Vec<_> = items.into_iter().map(loosened).collect();
            items.sort_by_key(|item| serde_yaml::to_string(item).unwrap_or_default());
            Value::Sequence(items)
        }
        Value::Mapping(members) => {
            let members = members.into_iter();
            Value::Mapping(members.map(|(key, value)| (key, loosened(value))).collect())
        }
        scalar => scalar,
    }
}
