//! Where the two sides come from: a repository, folders, the vendor's metadata.

use std::fs;
use std::path::Path;
use std::process::Command;

use alibabacloud_codegen::diff::{ChangeKind, Step};
use cams_tests::copy::{Copy, times};
use clap::Parser as _;
use serde_json::Value;
use xtask::commands::Arguments;
use xtask::diff::{Compared, Format, compare};
use xtask::messages::text;

const SPEC: &str = "specs/cams";
const OPERATION: &str = "specs/cams/operations/DeleteChatGroup.yaml";

/// What a parameter that is gone looks like.
const GONE: (&str, &str) = ("name: GroupId", "name: OtherId");

fn git(at: &Path, arguments: &[&str]) {
    let done = Command::new("git")
        .args([
            "-c",
            "user.name=Someone",
            "-c",
            "user.email=someone@example.com",
        ])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(at)
        .output()
        .expect("git can be started");
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// A repository with one commit, tagged `v1`.
fn repository() -> Copy {
    let copy = Copy::take();
    git(copy.root(), &["init", "-q", "-b", "main"]);
    commit(&copy);
    git(copy.root(), &["tag", "v1"]);
    copy
}

fn commit(copy: &Copy) {
    git(copy.root(), &["add", "-A"]);
    git(copy.root(), &["commit", "-q", "-m", "A state"]);
}

fn between(copy: &Copy, old: Option<&str>, new: Option<&str>) -> Result<Compared, String> {
    let done = compare(old, new, &copy.path(SPEC), &copy.path("generated"));
    done.map_err(|failure| failure.to_string())
}

#[track_caller]
fn kinds(compared: Result<Compared, String>) -> Vec<ChangeKind> {
    let compared = compared.unwrap_or_else(|failure| panic!("{failure}"));
    compared
        .diff
        .changes
        .iter()
        .map(|change| change.kind)
        .collect()
}

const REPLACED: [ChangeKind; 2] = [ChangeKind::FieldRemoved, ChangeKind::FieldAdded];

#[test]
fn the_last_commit_is_compared_with_the_working_tree() {
    let copy = repository();
    let before = times(copy.root());
    assert_eq!(kinds(between(&copy, None, None)), []);
    assert_eq!(before, times(copy.root()), "nothing is written");
    copy.edit(OPERATION, GONE.0, GONE.1);
    let found = between(&copy, None, None).expect("both can be read");
    let told = found.told(Format::Human);
    assert!(told.starts_with("HEAD -> working tree: 2 major"), "{told}");
    assert!(
        told.contains("at    HEAD:specs/cams/operations/DeleteChatGroup.yaml:"),
        "{told}"
    );
    let new = copy.path("specs/cams/operations/DeleteChatGroup.yaml:");
    assert!(
        told.contains(&format!("nowhere -> {}", new.display())),
        "{told}"
    );
    // Sorted by what they are about.
    let mut kinds: Vec<_> = found
        .diff
        .changes
        .iter()
        .map(|change| change.kind)
        .collect();
    kinds.sort();
    let mut replaced = REPLACED.to_vec();
    replaced.sort();
    assert_eq!(kinds, replaced);
}

#[test]
fn revisions_are_compared_with_each_other_and_with_folders() {
    let copy = repository();
    copy.edit(OPERATION, "x-acs-retry: send", "x-acs-retry: read");
    commit(&copy);
    let retry = [ChangeKind::Retry];
    for (old, new) in [
        ("v1", "HEAD"),
        ("HEAD~1", "main"),
        ("v1:specs/cams", "main:specs"),
        ("v1:specs", "HEAD:specs/cams/"),
    ] {
        assert_eq!(
            kinds(between(&copy, Some(old), Some(new))),
            retry,
            "{old} {new}"
        );
    }
    assert_eq!(kinds(between(&copy, Some("HEAD"), None)), []);
    let other = Copy::take();
    for folder in ["specs/cams", "specs", "specs/cams/openapi.yaml"] {
        let folder = other.path(folder).display().to_string();
        assert_eq!(
            kinds(between(&copy, Some(&folder), Some("HEAD"))),
            retry,
            "{folder}"
        );
        assert_eq!(
            kinds(between(&copy, Some(&folder), Some("v1"))),
            [],
            "{folder}"
        );
    }
    // A folder of today may be another in the past, and its own may be gone.
    fs::remove_dir_all(copy.path("specs")).expect("removable");
    assert_eq!(kinds(between(&copy, Some("v1"), Some("HEAD"))), retry);
    fs::remove_dir_all(copy.path("generated")).expect("removable");
    let told = between(&copy, Some("v1"), Some("HEAD")).expect("both can be read");
    assert!(told.told(Format::Human).ends_with("Step: minor\n"));
}

#[test]
fn only_the_step_that_is_denied_fails() {
    let copy = repository();
    copy.edit(OPERATION, "x-acs-retry: send", "x-acs-retry: read");
    let found = between(&copy, None, None).expect("both can be read");
    found.deny(Step::Major).expect("nothing breaks");
    for step in [Step::Minor, Step::Patch] {
        let said = found.deny(step).expect_err("a minor change").to_string();
        assert!(
            said.contains("1 change(s)") && said.contains(&format!("--deny {step}")),
            "{said}"
        );
    }
    let same = between(&copy, Some("v1"), Some("HEAD")).expect("both can be read");
    same.deny(Step::Patch).expect("nothing changes at all");
}

#[test]
fn what_is_wrong_with_either_side_is_told_with_its_side() {
    let copy = repository();
    copy.edit(OPERATION, "operationId:", "operationID:");
    let said = between(&copy, None, None).expect_err("it is broken");
    assert!(said.contains("NEW, working tree:"), "{said}");
    assert!(said.contains("error[unknown-key]"), "{said}");
    assert!(said.contains("DeleteChatGroup.yaml:2:3\n"), "{said}");
    assert!(!said.contains("OLD"), "{said}");
    commit(&copy);
    let said = between(&copy, None, None).expect_err("both are broken");
    let place = "HEAD:specs/cams/operations/DeleteChatGroup.yaml:2:3\n";
    assert!(said.contains(place), "{said}");
    assert!(said.contains("OLD, HEAD: 1 problem(s)"), "{said}");
    assert!(said.contains("NEW, working tree:"), "{said}");
}

#[test]
fn sides_that_are_nowhere_are_told() {
    let copy = repository();
    for (name, parts) in [
        (
            "v2",
            &["`v2` is neither a file, a folder nor a revision", "git log"][..],
        ),
        ("nowhere.json", &["`nowhere.json` is neither a file"]),
        (
            "HEAD:nowhere",
            &["HEAD has no description in `nowhere`", "HEAD:specs/cams"],
        ),
        ("--output=x", &["is no revision"]),
        ("", &["is no revision"]),
        ("HEAD^{tree}", &["neither"]),
    ] {
        let said = between(&copy, Some(name), None).expect_err("it is nowhere");
        for part in parts {
            assert!(said.contains(part), "{name}: {part}: {said}");
        }
        assert!(said.contains("help: "), "{said}");
    }
    assert!(!copy.path("x").exists());
    // Outside of a repository git itself says what is wrong.
    let alone = Copy::take();
    let said = between(&alone, None, None).expect_err("there is no repository");
    assert!(
        said.contains("git says") && said.contains("name folders"),
        "{said}"
    );
}

#[test]
fn a_clone_without_its_past_is_told() {
    let copy = repository();
    copy.edit(OPERATION, "x-acs-retry: send", "x-acs-retry: read");
    commit(&copy);
    let clones = tempfile::tempdir().expect("a folder can be made");
    let from = format!("file://{}", copy.root().display());
    git(
        clones.path(),
        &["clone", "-q", "--depth", "1", &from, "clone"],
    );
    let spec = clones.path().join("clone").join(SPEC);
    let said = compare(Some("HEAD~1"), None, &spec, &spec).expect_err("it isn't there");
    assert!(said.to_string().contains("git fetch --unshallow"), "{said}");
    compare(None, None, &spec, &spec).expect("the last commit is there");
}

/// A description in the metadata's own form, of one operation.
fn metadata(parameters: &str) -> String {
    format!(
        r#"{{"version": "1.0", "info": {{"style": "RPC", "product": "cams", "version": "2020-06-06"}},
        "directories": [], "components": {{"schemas": {{}}}},
        "apis": {{
            "DeleteChatGroup": {{"methods": ["post"], "schemes": ["https"], "security": [{{"AK": []}}],
                "parameters": [{parameters}],
                "responses": {{"200": {{"schema": {{"type": "object", "properties": {{
                    "RequestId": {{"type": "string"}}}}}}}}}}}},
            "Unheard": {{"methods": ["post"], "schemes": ["https"], "security": [{{"AK": []}}],
                "parameters": [{{"name": "Kind", "in": "query", "schema": {{"type": "string", "enum": ["A：一", "B：二"]}}}}],
                "responses": {{"200": {{"schema": {{"type": "object", "properties": {{
                    "RequestId": {{"type": "string"}}}}}}}}}}}}
        }},
        "endpoints": [{{"regionId": "ap-southeast-1", "endpoint": "cams.ap-southeast-1.aliyuncs.com"}}]}}"#
    )
}

const GROUP: &str =
    r#"{"name": "GroupId", "in": "query", "schema": {"type": "string", "required": true}}"#;
const FORCE: &str =
    r#"{"name": "Force", "in": "query", "schema": {"type": "boolean", "required": false}}"#;

#[test]
fn metadata_is_compared_with_metadata_and_with_descriptions() {
    let copy = repository();
    let old = copy.path("old.json");
    let new = copy.path("new.json");
    fs::write(&old, metadata(GROUP)).expect("writable");
    fs::write(&new, metadata(&format!("{GROUP},{FORCE}"))).expect("writable");
    let [old, new] = [old, new].map(|path| path.display().to_string());
    let before = times(copy.root());
    let found = between(&copy, Some(&old), Some(&new)).expect("both can be imported");
    let told = found.told(Format::Human);
    assert!(
        told.contains("DeleteChatGroup, request Force: field-added: Option<bool>"),
        "{told}"
    );
    // The place is in the file that was named, not in what is made of it.
    let place = found.diff.changes[0].new.as_ref().expect("it is there");
    assert_eq!(
        (place.file.as_str(), place.line),
        (new.as_str(), 5),
        "{told}"
    );
    assert_eq!(place.pointer, "/apis/DeleteChatGroup/parameters/1");
    assert!(told.contains(&format!("{new}:5:")), "{told}");
    // The group is what people decided, in the working tree.
    assert!(
        told.contains("`chat_groups::DeleteChatGroupRequest.force`"),
        "{told}"
    );
    assert_eq!(kinds(Ok(found)), [ChangeKind::FieldAdded]);
    assert_eq!(before, times(copy.root()), "nothing is written");

    let found = between(&copy, Some("HEAD"), Some(&new)).expect("both can be read");
    let kinds = kinds(Ok(found));
    for kind in [
        ChangeKind::OperationAdded,
        ChangeKind::FieldAdded,
        ChangeKind::FieldRemoved,
    ] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    assert!(
        !kinds.contains(&ChangeKind::Retry) && !kinds.contains(&ChangeKind::Docs),
        "{kinds:?}"
    );
    assert!(!kinds.contains(&ChangeKind::Name), "{kinds:?}");
    let found = between(&copy, Some(&new), Some("HEAD")).expect("both can be read");
    let kinds = self::kinds(Ok(found));
    assert!(kinds.contains(&ChangeKind::OperationRemoved), "{kinds:?}");
    assert!(!kinds.contains(&ChangeKind::Name), "{kinds:?}");
}

#[test]
fn metadata_that_is_broken_is_told_by_its_name() {
    let copy = repository();
    let path = copy.path("broken.json");
    fs::write(&path, "{\"apis\": [").expect("writable");
    let path = path.display().to_string();
    let said = between(&copy, None, Some(&path)).expect_err("it is broken");
    assert!(said.contains("broken.json:1:"), "{said}");
}

#[test]
fn problems_of_a_side_are_told_to_programs_too() {
    let copy = repository();
    copy.edit(
        OPERATION,
        "operationId: DeleteChatGroup",
        "operationld: DeleteChatGroup",
    );
    let (old, new) = ("v1", copy.path(SPEC));
    let line = ["cargo xtask", "diff", old, new.to_str().expect("UTF-8")];
    let flags = ["--message-format", "json"];
    let arguments = Arguments::try_parse_from(line.into_iter().chain(flags)).expect("its flags");
    let compared = compare(Some(old), new.to_str(), &new, &copy.path("generated"));
    let told = text(&compared.expect_err("broken"), arguments.output(), false);
    let first = told.lines().next().expect("a problem");
    let problem: Value = serde_json::from_str(first).expect("JSON");
    assert_eq!(problem["code"], "unknown-key", "{told}");
    let file = problem["file"].as_str().expect("a file");
    assert!(file.ends_with("operations/DeleteChatGroup.yaml"), "{told}");
}
