//! Any text as two descriptions: what changes from one to the other can be told in every format, nothing
//! changes from one to itself, and nothing changes one way that doesn't change the other way.

#![no_main]

use alibabacloud_codegen::model::Api;
use alibabacloud_codegen::review::{Sides, changelog, human, json, markdown, verdict};
use alibabacloud_codegen::{Sources, diff, model, undecided_model};
use alibabacloud_codegen_fuzz::sides;
use libfuzzer_sys::fuzz_target;

fn read(sources: &Sources) -> Option<Api> {
    model(sources).or_else(|_| undecided_model(sources)).ok()
}

fuzz_target!(|text: &[u8]| {
    let [old, new] = sides(text);
    let (Some(old), Some(new)) = (read(&old), read(&new)) else {
        return;
    };
    for api in [&old, &new] {
        let itself = diff(api, api);
        assert!(itself.changes.is_empty(), "{itself:?}");
        assert!(itself.step().is_none());
    }
    let there = diff(&old, &new);
    let back = diff(&new, &old);
    assert_eq!(
        there.changes.is_empty(),
        back.changes.is_empty(),
        "{there:?}\n{back:?}"
    );
    assert_eq!(
        (there.names.added, there.names.changed, there.names.gone),
        (back.names.gone, back.names.changed, back.names.added)
    );
    let sides = Sides {
        version: Some("0.1.0".to_owned()),
        ..Sides::default()
    };
    for diff in [&there, &back] {
        assert!(
            diff.changes
                .iter()
                .all(|change| !change.rust.is_empty() && !change.wire.is_empty()),
            "{diff:?}"
        );
        human(diff, &sides);
        markdown(diff, &sides);
        changelog(diff);
        assert!(verdict(diff, &sides).starts_with("Step: "));
        let json: serde_json::Value = serde_json::from_str(&json(diff, &sides)).expect("JSON");
        assert!(json.is_object());
    }
});
