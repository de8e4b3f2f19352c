//! The command around the generator: what it makes, what it touches, and what it says.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use cams_tests::copy::{Copy, times, tree, workspace};
use cams_tests::scratch::has;
use xtask::codegen::{Mode, sync};

#[test]
fn the_crate_is_fresh() {
    let root = workspace();
    let done = sync(
        &root.join("specs/cams"),
        &root.join("generated"),
        Mode::Check,
    );
    let said = done.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(said.ends_with("0 written, 0 removed"), "{said}");
}

#[test]
fn rustfmt_leaves_the_crate_alone() {
    if !has("fmt") {
        return;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args(["fmt", "--all", "--check"])
        .current_dir(workspace())
        .output()
        .expect("cargo can be started");
    let said = String::from_utf8_lossy(&done.stdout);
    // That code written by hand is formatted is `cargo xtask ci`'s affair.
    assert!(
        done.status.success() || said.starts_with("Diff in "),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let generated = workspace().join("generated/src").display().to_string();
    let diff = said
        .lines()
        .find(|line| line.starts_with("Diff in ") && line.contains(&generated));
    assert_eq!(diff, None);
}

const OPERATION: &str = "generated/src/chat_groups/delete_chat_group.rs";

#[test]
fn a_fresh_copy_passes_and_is_left_alone() {
    let copy = Copy::take();
    for (path, _) in tree(&copy.path("generated/src")) {
        let file = fs::File::options()
            .write(true)
            .open(copy.path("generated/src").join(path))
            .expect("writable");
        let past = SystemTime::now() - Duration::from_secs(3600);
        file.set_modified(past).expect("the platform has times");
    }
    let before = times(copy.root());
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.sync(mode).expect("it is fresh");
        assert!(said.ends_with("0 written, 0 removed"), "{said}");
        assert_eq!(times(copy.root()), before);
    }
}

#[test]
fn a_hand_edit_is_found_and_repaired() {
    let copy = Copy::take();
    let wanted = tree(&copy.path("generated"));
    copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
    let said = copy.refuses(Mode::Check);
    for part in [
        "--- chat_groups/delete_chat_group.rs",
        "-    pub group_id: u64,",
        "+    pub group_id: String,",
        "1 file(s) differ",
        "`cargo xtask codegen`",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let before = times(&copy.path("generated"));
    let said = copy.sync(Mode::Write).expect("it can be repaired");
    assert!(said.ends_with("1 written, 0 removed"), "{said}");
    assert!(wanted == tree(&copy.path("generated")));
    let mut after = times(&copy.path("generated"));
    let edited = Path::new("src/chat_groups/delete_chat_group.rs");
    after.insert(edited.to_owned(), before[edited]);
    assert_eq!(after, before, "only the edited file is written");
}

#[test]
fn line_endings_count() {
    let copy = Copy::take();
    let text = fs::read_to_string(copy.path(OPERATION)).expect("a text");
    fs::write(copy.path(OPERATION), text.replace('\n', "\r\n")).expect("writable");
    let said = copy.refuses(Mode::Check);
    assert!(said.contains("chat_groups/delete_chat_group.rs"), "{said}");
}

#[test]
fn a_missing_file_is_found_and_made() {
    let copy = Copy::take();
    let wanted = tree(&copy.path("generated"));
    fs::remove_dir_all(copy.path("generated/src")).expect("removable");
    let said = copy.refuses(Mode::Check);
    let file = "chat_groups/delete_chat_group.rs";
    assert!(said.contains(&format!("+++ {file}")), "{said}");
    // The difference is cut short; the names stand all the same.
    assert!(said.contains("more lines"), "{said}");
    for name in ["client.rs", "lib.rs", "required.rs"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    copy.sync(Mode::Write).expect("it can be made");
    assert!(wanted == tree(&copy.path("generated")));
}

#[test]
fn a_stale_file_is_found_and_removed_with_its_folder() {
    let copy = Copy::take();
    let wanted = tree(&copy.path("generated"));
    let stale = copy.path("generated/src/old_groups/delete_it.rs");
    fs::create_dir_all(stale.parent().expect("it has one")).expect("writable");
    fs::copy(copy.path(OPERATION), &stale).expect("copied");
    let said = copy.refuses(Mode::Check);
    assert!(said.contains("--- old_groups/delete_it.rs"), "{said}");
    assert!(said.contains("`cargo xtask codegen`"), "{said}");
    let said = copy.sync(Mode::Write).expect("it can be removed");
    assert!(said.ends_with("0 written, 1 removed"), "{said}");
    assert!(wanted == tree(&copy.path("generated")));
    assert!(!stale.parent().expect("it has one").exists());
}

#[test]
fn a_file_of_somebody_else_is_found_and_never_removed() {
    for (path, text) in [
        ("generated/src/mine.rs", "//! Mine.\n"),
        ("generated/src/chat_groups/notes.md", ""),
    ] {
        let copy = Copy::take();
        fs::write(copy.path(path), text).expect("writable");
        // Something to write, too: it must wait.
        copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
        let name = Path::new(path).file_name().expect("it has one");
        let name = name.to_string_lossy();
        let said = copy.refuses(Mode::Check);
        assert!(said.contains(&*name), "{said}");
        assert!(said.contains("`cargo xtask codegen`"), "{said}");
        let said = copy.refuses(Mode::Write);
        assert!(said.contains(&*name), "{said}");
        assert!(said.contains("nothing was written"), "{said}");
    }
}

#[test]
fn a_file_written_by_hand_at_a_generated_path_is_never_overwritten() {
    let copy = Copy::take();
    fs::write(copy.path("generated/src/client.rs"), "//! Mine.\n").expect("writable");
    copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.refuses(mode);
        assert!(said.contains("client.rs (written by hand"), "{said}");
        assert!(said.contains("nothing was written"), "{said}");
    }
}

#[test]
fn a_folder_where_a_file_belongs_stops_it_before_writing() {
    for folder in ["lib.rs", "lib.rs.new"] {
        let copy = Copy::take();
        let lib = copy.path("generated/src/lib.rs");
        fs::remove_file(lib).expect("removable");
        fs::create_dir(copy.path("generated/src").join(folder)).expect("writable");
        copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
        for mode in [Mode::Check, Mode::Write] {
            let said = copy.refuses(mode);
            assert!(said.contains(&format!("{folder} (a folder")), "{said}");
        }
    }
}

#[test]
fn a_file_where_a_folder_belongs_stops_it_before_writing() {
    for text in ["mine", "// @generated by `cargo xtask codegen` from x.\n"] {
        let copy = Copy::take();
        let folder = copy.path("generated/src/chat_groups");
        fs::remove_dir_all(&folder).expect("removable");
        fs::write(&folder, text).expect("writable");
        fs::remove_file(copy.path("generated/src/client.rs")).expect("removable");
        for mode in [Mode::Check, Mode::Write] {
            let said = copy.refuses(mode);
            let named = "chat_groups (a file where a folder belongs)";
            assert!(said.contains(named), "{said}");
        }
    }
    let copy = Copy::take();
    fs::remove_dir_all(copy.path("generated/src")).expect("removable");
    fs::write(copy.path("generated/src"), "mine").expect("writable");
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.refuses(mode);
        assert!(said.contains("src isn't a folder"), "{said}");
    }
}

#[test]
fn leftovers_of_a_run_that_was_stopped_are_cleared_away() {
    for text in [
        "",
        "// @gen",
        "// @generated by `cargo xtask codegen` from x",
    ] {
        for changed in [true, false] {
            let copy = Copy::take();
            let wanted = tree(&copy.path("generated"));
            if changed {
                copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
            }
            let leftover = copy.path(&format!("{OPERATION}.new"));
            fs::write(leftover, text).expect("writable");
            fs::write(copy.path("generated/src/gone.rs.new"), text).expect("writable");
            copy.sync(Mode::Write).expect("leftovers don't matter");
            assert!(wanted == tree(&copy.path("generated")));
        }
    }
}

#[test]
fn the_generator_reports_a_file_that_is_too_large() {
    let copy = Copy::take();
    let file = fs::File::create(copy.path("specs/cams/large.yaml")).expect("writable");
    // It takes no space, and would take all memory.
    file.set_len(1 << 40)
        .expect("the platform has sparse files");
    let done = copy.sync(Mode::Check);
    let said = done.expect_err("it is too large");
    assert!(said.contains("error[too-large]"), "{said}");
    assert!(said.contains("large.yaml:1:1\n"), "{said}");
    assert!(said.len() < 2_000, "{} bytes", said.len());
}

#[test]
fn with_a_broken_description_nothing_is_touched() {
    let operation = "specs/cams/operations/DeleteChatGroup.yaml";
    for (before, after, place) in [
        (
            "operationId:",
            "operationID:",
            "operations/DeleteChatGroup.yaml:2:3\n",
        ),
        ("post:\n", "post:\n\t", "operations/DeleteChatGroup.yaml:2:"),
        ("type: string", "type: text", "error["),
    ] {
        for mode in [Mode::Check, Mode::Write] {
            let copy = Copy::take();
            copy.edit(operation, before, after);
            copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
            fs::copy(copy.path(OPERATION), copy.path("generated/src/stale.rs")).expect("copied");
            let said = copy.refuses(mode);
            assert!(said.contains(place), "{said}");
            assert!(said.contains("help: "), "{said}");
            assert!(said.contains("nothing was written"), "{said}");
        }
    }
}

#[test]
fn a_missing_description_is_said() {
    let copy = Copy::take();
    let nowhere = copy.path("nowhere");
    let said = sync(&nowhere, &copy.path("generated"), Mode::Write).expect_err("it isn't there");
    let said = said.to_string();
    assert!(said.contains(&nowhere.display().to_string()), "{said}");
    assert!(said.contains("--spec"), "{said}");
    // A folder with nothing in it is another matter.
    fs::create_dir(&nowhere).expect("writable");
    let said = sync(&nowhere, &copy.path("generated"), Mode::Write).expect_err("it is empty");
    let said = said.to_string();
    assert!(said.contains("error[no-entry]"), "{said}");
    assert!(said.contains("openapi.yaml:1:1\n"), "{said}");
}

#[test]
fn features_that_are_not_the_tags_are_found_first() {
    let manifest = "generated/Cargo.toml";
    for (before, after, help) in [
        (
            "chat-groups = []",
            "chat = []",
            &[
                "add the feature `chat-groups = []`",
                "remove the feature `chat`",
            ][..],
        ),
        (
            "full = [\"chat-groups\"]",
            "full = []",
            &["add `\"chat-groups\"` to the feature `full`"],
        ),
        (
            "chat-groups = []",
            "chat-groups = []\nflows = []",
            &["remove the feature `flows`"],
        ),
    ] {
        for mode in [Mode::Check, Mode::Write] {
            let copy = Copy::take();
            copy.edit(manifest, before, after);
            copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
            let said = copy.refuses(mode);
            for help in help {
                assert!(said.contains(help), "{help}: {said}");
            }
        }
    }
    let copy = Copy::take();
    fs::write(copy.path(manifest), "[features\n").expect("writable");
    let said = copy.refuses(Mode::Write);
    assert!(said.contains("Cargo.toml isn't TOML"), "{said}");
}

#[test]
fn a_new_crate_needs_no_manifest_yet() {
    let copy = Copy::take();
    let made = copy.path("made");
    let said = sync(&copy.path("specs/cams"), &made, Mode::Write).expect("it can be made");
    assert!(said.contains("0 removed"), "{said}");
    assert!(tree(&made.join("src")) == tree(&copy.path("generated/src")));
}
