//! What must not compile doesn't, and the compiler's message helps.
//!
//! The cases are binaries of one small crate outside of the workspace, checked by one run of cargo
//! that needs no network. Only what the message must say is compared: how a compiler's version
//! lays it out is its own affair.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use alibabacloud_cams::chat_groups::DeleteChatGroupRequest;
use alibabacloud_runtime::model::Record;
use cams_tests::fixtures::folder;
use cams_tests::scratch::{Message, Scratch, quoted};

/// The errors of each case, one text; an empty one where it compiles.
static CHECKED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut cases = written();
    for field in required() {
        cases.insert(format!("without_{field}"), without(&[field]));
    }
    cases.insert("without_all".to_owned(), without(&required()));
    check(&cases)
});

/// The names of the required fields.
fn required() -> Vec<&'static str> {
    let fields = DeleteChatGroupRequest::FIELDS.iter();
    let required = fields.filter(|field| field.required);
    required.map(|field| field.name).collect()
}

/// The cases that are written out.
fn written() -> BTreeMap<String, String> {
    let folder = folder().join("required");
    let entries = fs::read_dir(folder).expect("the cases are there");
    let cases = entries.map(|entry| {
        let path = entry.expect("readable").path();
        let name = path.file_stem().expect("a file's name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a text");
        (name.into_owned(), text)
    });
    cases.collect()
}

/// The complete case without the setters of these fields.
fn without(fields: &[&str]) -> String {
    let mut text = written().remove("complete").expect("there is such a case");
    for field in fields {
        let setter = format!(".{field}(");
        let calls = text.matches(&setter).count();
        assert_eq!(calls, 1, "the complete case should set {field} once");
        let lines = text.lines().filter(|line| !line.contains(&setter));
        text = lines.collect::<Vec<_>>().join("\n");
    }
    text
}

/// Checks all cases as binaries of one crate.
fn check(cases: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let scratch = Scratch::new(env!("CARGO_TARGET_TMPDIR"), "required");
    scratch.write(
        "Cargo.toml",
        &format!(
            "[workspace]\n\n\
             [package]\nname = \"required\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies.alibabacloud-cams]\npath = {}\ndefault-features = false\n\
             features = [\"chat-groups\"]\n",
            quoted("generated"),
        ),
    );
    for (name, text) in cases {
        scratch.write(&format!("src/bin/{name}.rs"), text);
    }
    let mut errors: BTreeMap<_, _> = cases
        .keys()
        .map(|name| (name.clone(), String::new()))
        .collect();
    let messages = scratch.cargo(&["check", "--bins"]);
    for Message { target, text, .. } in messages.iter().filter(|message| message.level == "error") {
        match errors.get_mut(target) {
            Some(errors) => errors.push_str(text),
            None => panic!("{target} doesn't compile: {text}"),
        }
    }
    errors
}

/// The errors of a case that must not compile.
#[track_caller]
fn errors(case: &str) -> &'static str {
    let errors = &CHECKED[case];
    assert!(!errors.is_empty(), "{case} compiles");
    errors
}

fn message(field: &str) -> String {
    format!("`{field}` is required: call `.{field}(…)`")
}

#[test]
fn a_complete_request_compiles() {
    assert_eq!(CHECKED["complete"], "");
}

#[test]
fn a_forgotten_parameter_is_named() {
    assert_eq!(required(), ["business_number", "cust_space_id", "group_id"]);
    for field in required() {
        let errors = errors(&format!("without_{field}"));
        assert!(errors.contains(&message(field)), "{errors}");
        for other in required().into_iter().filter(|other| *other != field) {
            assert!(!errors.contains(&message(other)), "{errors}");
        }
    }
}

#[test]
fn all_forgotten_parameters_are_named_at_once() {
    let errors = errors("without_all");
    for field in required() {
        assert!(errors.contains(&message(field)), "{errors}");
    }
}

#[test]
fn what_may_grow_cannot_be_written_out() {
    for (case, said) in [
        ("literal", "non-exhaustive"),
        ("response_literal", "non-exhaustive"),
        ("exhaustive_match", "non-exhaustive patterns"),
    ] {
        let errors = errors(case);
        assert!(errors.contains(said), "{case}: {errors}");
    }
}

#[test]
fn nothing_stands_in_for_what_is_required() {
    let default = errors("default");
    assert!(default.contains("`default`"), "{default}");
    let builder = errors("half_built");
    assert!(
        builder.contains("DeleteChatGroupRequestBuilder"),
        "{builder}"
    );
}
