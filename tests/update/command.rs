//! The command on a small description: what it writes, and what keeps it from writing.

use std::fs;

use alibabacloud_codegen::Sources;
use cams_tests::copy::{Copy, times, tree};
use cams_tests::fixtures::small;
use cams_tests::portal::{patch, published};

use super::shell::shell;

const COMMAND: &str = "cargo xtask update api-docs.json";

const CHANGELOG: &str = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Much.\n";

/// A new field, which makes a draft.
const FIELD: &str = r#"{"apis": {"DeleteChatGroup": {"responses": {"200": {"schema": {"properties":
    {"Left": {"type": "string"}}}}}}}}"#;

/// A new operation without a decision.
const OPERATION: &str = r#"{"apis": {"LeaveGroup": {"responses": {"200": {"schema": {"type": "object",
    "properties": {"Code": {"type": "string"}}}}}}}}"#;

/// A repository of one operation, with the metadata of that and a changelog.
fn repository() -> Copy {
    let copy = Copy::take();
    fs::write(copy.path("CHANGELOG.md"), CHANGELOG).expect("writable");
    fs::write(copy.path(".gitignore"), "api-docs.json\n").expect("writable");
    vendor(&copy, "{}");
    // The files of the description as an import prints them.
    let begun = shell(
        copy.root(),
        "cargo xtask import api-docs.json >import.txt 2>&1; cargo xtask codegen >>import.txt 2>&1; \
         rm import.txt; git init -q && git add -A && git commit -qm Before",
    );
    assert_eq!(begun, (String::new(), 0));
    copy
}

/// Lets the vendor change something.
fn vendor(copy: &Copy, changes: &str) {
    let mut docs = published(&Sources::from_iter(small()));
    patch(
        &mut docs,
        serde_yaml::from_str(changes).expect("JSON is YAML"),
    );
    let docs = serde_json::to_vec(&docs).expect("JSON");
    fs::write(copy.path("api-docs.json"), docs).expect("writable");
}

/// What git sees changed since the beginning, a path a line.
fn changed(copy: &Copy) -> String {
    let (status, _) = shell(copy.root(), "git add -AN . && git diff --name-only HEAD");
    status
}

fn changelog(copy: &Copy) -> String {
    fs::read_to_string(copy.path("CHANGELOG.md")).expect("a text")
}

/// Wants a command to end with this status and to touch nothing.
#[track_caller]
fn untouched(copy: &Copy, command: &str, status: i32) -> String {
    let (before, when) = (tree(copy.root()), times(copy.root()));
    let (said, ended) = shell(copy.root(), command);
    assert_eq!(ended, status, "{said}");
    assert!(before == tree(copy.root()), "{said}");
    assert_eq!(when, times(copy.root()), "{said}");
    said
}

#[test]
fn where_nothing_changes_nothing_is_touched() {
    let copy = repository();
    let said = untouched(&copy, COMMAND, 0);
    assert!(said.contains("both describe the same API"), "{said}");
    untouched(&copy, &format!("{COMMAND} --check"), 0);
}

#[test]
fn a_check_tells_and_touches_nothing() {
    let copy = repository();
    vendor(&copy, FIELD);
    let said = untouched(&copy, &format!("{COMMAND} --check"), 1);
    for text in [
        "1 would be written",
        "field-added",
        "would have this as a draft",
    ] {
        assert!(said.contains(text), "{said}");
    }
}

#[test]
fn problems_of_the_metadata_leave_everything_as_it_was() {
    let copy = repository();
    vendor(
        &copy,
        r#"{"apis": {"DeleteChatGroup": {"path": "/groups"}}}"#,
    );
    let said = untouched(&copy, COMMAND, 1);
    assert!(said.contains("nothing was written"), "{said}");
    fs::write(copy.path("api-docs.json"), "{").expect("writable");
    untouched(&copy, COMMAND, 1);
    fs::remove_file(copy.path("api-docs.json")).expect("it was there");
    untouched(&copy, COMMAND, 3);
}

#[test]
fn what_is_more_than_a_decision_leaves_everything_as_it_was() {
    let copy = repository();
    const TEXT: &str = r#"{"apis": {"DeleteChatGroup": {"responses": {"200": {"schema": {"properties":
        {"Left": {"type": "string", "enumValueTitles": {}}}}}}}}}"#;
    vendor(&copy, TEXT);
    assert_eq!(shell(copy.root(), COMMAND).1, 0);
    // A secret has no list of values, which the vendor then gives it.
    let path = "specs/cams/operations/DeleteChatGroup.yaml";
    let secret = "              Left:\n                type: string\n";
    copy.edit(
        path,
        secret,
        &format!("{secret}                format: password\n"),
    );
    vendor(&copy, &TEXT.replace("{}", r#"{"YES": "", "NO": ""}"#));
    let said = untouched(&copy, COMMAND, 1);
    for text in ["nothing was written", "`cargo xtask import` writes that"] {
        assert!(said.contains(text), "{said}");
    }
}

#[test]
fn files_that_are_not_the_commands_own_stop_it_before_it_begins() {
    let copy = repository();
    vendor(&copy, FIELD);
    let group = copy.path("generated/src/chat_groups/delete_chat_group.rs");
    fs::write(&group, "// by hand\n").expect("writable");
    let said = untouched(&copy, COMMAND, 1);
    assert!(said.contains("written by hand"), "{said}");
    fs::remove_file(&group).expect("it was there");
    fs::remove_file(copy.path("CHANGELOG.md")).expect("it was there");
    untouched(&copy, COMMAND, 3);
}

#[test]
fn what_waits_for_a_person_is_written_and_nothing_else() {
    let copy = repository();
    vendor(&copy, OPERATION);
    let checked = untouched(&copy, &format!("{COMMAND} --check"), 1);
    assert!(
        checked.contains("2 decision(s) wait for a person; nothing was written"),
        "{checked}"
    );
    let (said, ended) = shell(copy.root(), COMMAND);
    assert_eq!(ended, 1, "{said}");
    assert!(said.contains("LeaveGroup.yaml:1:1"), "{said}");
    let specs = "specs/cams/openapi.yaml\nspecs/cams/operations/LeaveGroup.yaml\n";
    assert_eq!(changed(&copy), specs);

    // Once that is decided, the same command goes on, and counts from where it all began.
    let decided = "  operationId: LeaveGroup\n  tags: [ChatGroups]\n  x-acs-retry: send\n";
    copy.edit(
        "specs/cams/operations/LeaveGroup.yaml",
        "  operationId: LeaveGroup\n",
        decided,
    );
    let (said, ended) = shell(copy.root(), COMMAND);
    assert_eq!(ended, 0, "{said}");
    assert!(said.contains("LeaveGroup: operation-added"), "{said}");
    assert!(
        copy.path("generated/src/chat_groups/leave_group.rs")
            .exists()
    );
    assert!(changelog(&copy).contains("- LeaveGroup: `Client::leave_group`"));
}

#[test]
fn a_draft_is_replaced_until_somebody_makes_it_theirs() {
    let copy = repository();
    vendor(&copy, FIELD);
    assert_eq!(shell(copy.root(), COMMAND).1, 0);
    let first = changelog(&copy);
    assert!(
        first.contains("delete_chat_group") || first.contains("DeleteChatGroup"),
        "{first}"
    );
    // What stood there stands there still, around it.
    let draft = &first
        ["# Changelog\n\n## Unreleased\n\n".len()..first.find("### Added").expect("it was there")];
    assert_eq!(first.replace(draft, ""), CHANGELOG);
    untouched(&copy, COMMAND, 0);

    vendor(&copy, &FIELD.replace("Left", "Kept"));
    assert_eq!(shell(copy.root(), COMMAND).1, 0);
    let second = changelog(&copy);
    assert!(
        second.contains("kept") && !second.contains("left"),
        "{second}"
    );

    // A word is enough to make it a person's.
    let edited = second.replace("### New in the API", "### More");
    assert_ne!(edited, second);
    fs::write(copy.path("CHANGELOG.md"), &edited).expect("writable");
    vendor(&copy, FIELD);
    let (said, ended) = shell(copy.root(), COMMAND);
    assert_eq!((ended, changelog(&copy)), (0, edited), "{said}");
    assert!(
        said.contains("the draft at line 5 has been changed by hand"),
        "{said}"
    );

    // Back to the beginning: there is nothing to say any more.
    fs::write(copy.path("CHANGELOG.md"), &second).expect("writable");
    vendor(&copy, "{}");
    assert_eq!(shell(copy.root(), COMMAND).1, 0);
    assert_eq!(changed(&copy), "");
}

#[test]
fn what_a_person_wrote_since_is_left_alone() {
    let copy = repository();
    vendor(&copy, FIELD);
    let own = CHANGELOG.replace("- Much.", "- Much.\n- More.");
    fs::write(copy.path("CHANGELOG.md"), &own).expect("writable");
    let (said, ended) = shell(copy.root(), COMMAND);
    assert_eq!((ended, changelog(&copy)), (0, own), "{said}");
    assert!(
        said.contains("The draft would be:\n\n### New in the API"),
        "{said}"
    );
}
