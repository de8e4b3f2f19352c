//! The command around the generator: what it makes, what it touches, and what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use cams_tests::fixtures::folder;
use cams_tests::scratch::has;
use tempfile::TempDir;
use xtask::codegen::{Mode, sync};

/// The folder of the workspace.
fn workspace() -> PathBuf {
    fs::canonicalize(folder().join("..")).expect("the workspace is there")
}

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

/// A copy of the description and of the crate, to be played with.
struct Copy {
    root: TempDir,
}

impl Copy {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder can be made");
        let from = workspace();
        for folder in ["specs/cams", "generated/src"] {
            for (path, bytes) in tree(&from.join(folder)) {
                let to = root.path().join(folder).join(path);
                fs::create_dir_all(to.parent().expect("it has one")).expect("writable");
                fs::write(to, bytes).expect("writable");
            }
        }
        let manifest = "generated/Cargo.toml";
        fs::copy(from.join(manifest), root.path().join(manifest)).expect("copied");
        Self { root }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn sync(&self, mode: Mode) -> Result<String, String> {
        let done = sync(&self.path("specs/cams"), &self.path("generated"), mode);
        done.map_err(|failure| failure.to_string())
    }

    /// Replaces a text that stands in a file.
    fn edit(&self, path: &str, before: &str, after: &str) {
        let text = fs::read_to_string(self.path(path)).expect("a text");
        assert!(text.contains(before), "{path} has no {before}");
        fs::write(self.path(path), text.replacen(before, after, 1)).expect("writable");
    }

    /// Wants this to fail, and nothing to be touched.
    #[track_caller]
    fn refuses(&self, mode: Mode) -> String {
        let before = tree(self.root.path());
        let times = times(self.root.path());
        let said = self.sync(mode).expect_err("this can't be right");
        assert!(before == tree(self.root.path()), "files were touched");
        assert_eq!(times, self::times(self.root.path()), "files were touched");
        said
    }
}

/// All files below a folder; of a link where it leads, of anything else nothing.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("readable") {
            let entry = entry.expect("readable");
            let path = entry.path();
            let kind = entry.file_type().expect("readable");
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("it is below").to_owned();
            let bytes = if kind.is_symlink() {
                let leads = fs::read_link(&path).expect("readable");
                leads.into_os_string().into_encoded_bytes()
            } else if kind.is_file() {
                fs::read(&path).expect("readable")
            } else {
                Vec::new()
            };
            files.insert(name, bytes);
        }
    }
    files
}

/// When each file was last written.
fn times(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let written = |path: PathBuf| {
        let about = fs::symlink_metadata(root.join(&path)).expect("readable");
        (path, about.modified().expect("the platform has times"))
    };
    tree(root).into_keys().map(written).collect()
}

const OPERATION: &str = "generated/src/chat_groups/delete_chat_group.rs";

#[test]
fn a_fresh_copy_passes_and_is_left_alone() {
    let copy = Copy::new();
    for (path, _) in tree(&copy.path("generated/src")) {
        let file = fs::File::options()
            .write(true)
            .open(copy.path("generated/src").join(path))
            .expect("writable");
        let past = SystemTime::now() - Duration::from_secs(3600);
        file.set_modified(past).expect("the platform has times");
    }
    let before = times(copy.root.path());
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.sync(mode).expect("it is fresh");
        assert!(said.ends_with("0 written, 0 removed"), "{said}");
        assert_eq!(times(copy.root.path()), before);
    }
}

#[test]
fn a_hand_edit_is_found_and_repaired() {
    let copy = Copy::new();
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
    let copy = Copy::new();
    let text = fs::read_to_string(copy.path(OPERATION)).expect("a text");
    fs::write(copy.path(OPERATION), text.replace('\n', "\r\n")).expect("writable");
    let said = copy.refuses(Mode::Check);
    assert!(said.contains("chat_groups/delete_chat_group.rs"), "{said}");
}

#[test]
fn a_missing_file_is_found_and_made() {
    let copy = Copy::new();
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
    let copy = Copy::new();
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
        let copy = Copy::new();
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
    let copy = Copy::new();
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
        let copy = Copy::new();
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
        let copy = Copy::new();
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
    let copy = Copy::new();
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
            let copy = Copy::new();
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

/// Links and pipes, which every Unix has.
#[cfg(unix)]
mod special {
    use std::os::unix::fs::symlink;

    use super::*;

    fn pipe(path: &Path) {
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo can be started").success());
    }

    #[test]
    fn what_is_no_description_is_not_even_opened() {
        let copy = Copy::new();
        let specs = copy.path("specs/cams");
        symlink("somebody@host.1", specs.join(".#openapi.yaml")).expect("writable");
        symlink("/dev/zero", specs.join(".hidden.yaml")).expect("writable");
        symlink("/dev/zero", specs.join("zero.txt")).expect("writable");
        symlink("nowhere", specs.join("operations/dangling")).expect("writable");
        pipe(&specs.join("pipe"));
        let said = copy.sync(Mode::Check).expect("the description is the same");
        assert!(said.ends_with("0 written, 0 removed"), "{said}");
    }

    #[test]
    fn a_description_that_is_no_file_is_named() {
        for mode in [Mode::Check, Mode::Write] {
            let copy = Copy::new();
            pipe(&copy.path("specs/cams/operations/Pipe.yaml"));
            let said = copy.refuses(mode);
            let named = "Pipe.yaml is neither a file nor a folder";
            assert!(said.contains(named), "{said}");

            let copy = Copy::new();
            symlink("/dev/zero", copy.path("specs/cams/zero.json")).expect("writable");
            let said = copy.refuses(mode);
            let named = "zero.json is neither a file nor a folder";
            assert!(said.contains(named), "{said}");

            let copy = Copy::new();
            symlink("nowhere", copy.path("specs/cams/dangling.yml")).expect("writable");
            let said = copy.refuses(mode);
            assert!(said.contains("dangling.yml: "), "{said}");

            let copy = Copy::new();
            symlink(".", copy.path("specs/cams/round")).expect("writable");
            let said = copy.refuses(mode);
            assert!(said.contains("round is a link to a folder"), "{said}");
        }
    }

    #[test]
    fn a_link_to_a_description_is_followed() {
        let copy = Copy::new();
        let entry = copy.path("specs/cams/openapi.yaml");
        fs::rename(&entry, copy.path("elsewhere")).expect("writable");
        symlink("../../elsewhere", &entry).expect("writable");
        copy.sync(Mode::Check).expect("the description is the same");
    }

    #[test]
    fn a_link_among_the_sources_is_refused_and_never_followed() {
        let outside = "outside/delete_chat_group.rs";
        for (link, leads) in [
            // As a file that is wanted, right and wrong.
            ("chat_groups/delete_chat_group.rs", outside),
            ("client.rs", outside),
            // As one that isn't, as one on the way there, and to nothing.
            ("stale.rs", outside),
            ("client.rs.new", outside),
            ("nothing.rs", "outside/nothing.rs"),
            // As a folder that is wanted and one that isn't.
            ("chat_groups", "outside"),
            ("old_groups", "outside"),
        ] {
            let copy = Copy::new();
            fs::create_dir(copy.path("outside")).expect("writable");
            fs::copy(copy.path(OPERATION), copy.path(outside)).expect("copied");
            fs::remove_file(copy.path("generated/src/required.rs")).expect("removable");
            let at = copy.path("generated/src").join(link);
            if at.is_dir() {
                fs::remove_dir_all(&at).expect("removable");
            } else if at.exists() {
                fs::remove_file(&at).expect("removable");
            }
            symlink(copy.path(leads), &at).expect("writable");
            for mode in [Mode::Check, Mode::Write] {
                let said = copy.refuses(mode);
                assert!(said.contains(&format!("{link} (a link)")), "{said}");
            }
        }
    }

    #[test]
    fn a_link_is_found_where_all_else_is_fresh() {
        let copy = Copy::new();
        symlink("lib.rs", copy.path("generated/src/again.rs")).expect("writable");
        let said = copy.refuses(Mode::Check);
        assert!(said.contains("again.rs (a link)"), "{said}");

        let copy = Copy::new();
        fs::rename(copy.path("generated/src"), copy.path("moved")).expect("writable");
        symlink("../moved", copy.path("generated/src")).expect("writable");
        for mode in [Mode::Check, Mode::Write] {
            let said = copy.refuses(mode);
            assert!(said.contains("src isn't a folder"), "{said}");
        }
    }

    #[test]
    fn a_pipe_among_the_sources_is_refused() {
        let copy = Copy::new();
        pipe(&copy.path("generated/src/pipe.rs"));
        for mode in [Mode::Check, Mode::Write] {
            let said = copy.refuses(mode);
            assert!(said.contains("pipe.rs (neither"), "{said}");
        }
    }
}

#[test]
fn the_generator_reports_a_file_that_is_too_large() {
    let copy = Copy::new();
    let file = fs::File::create(copy.path("specs/cams/large.yaml")).expect("writable");
    // It takes no space, and would take all memory.
    file.set_len(1 << 40)
        .expect("the platform has sparse files");
    let done = copy.sync(Mode::Check);
    let said = done.expect_err("it is too large");
    assert!(said.contains("large.yaml:1:1: error[too-large]"), "{said}");
}

#[test]
fn with_a_broken_description_nothing_is_touched() {
    let operation = "specs/cams/operations/DeleteChatGroup.yaml";
    for (before, after, place) in [
        (
            "operationId:",
            "operationID:",
            "operations/DeleteChatGroup.yaml:2:3: error[unknown-key]: ",
        ),
        ("post:\n", "post:\n\t", "operations/DeleteChatGroup.yaml:2:"),
        ("type: string", "type: text", "error["),
    ] {
        for mode in [Mode::Check, Mode::Write] {
            let copy = Copy::new();
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
    let copy = Copy::new();
    let nowhere = copy.path("nowhere");
    let said = sync(&nowhere, &copy.path("generated"), Mode::Write).expect_err("it isn't there");
    let said = said.to_string();
    assert!(said.contains(&nowhere.display().to_string()), "{said}");
    assert!(said.contains("--spec"), "{said}");
    // A folder with nothing in it is another matter.
    fs::create_dir(&nowhere).expect("writable");
    let said = sync(&nowhere, &copy.path("generated"), Mode::Write).expect_err("it is empty");
    assert!(
        said.to_string().contains("openapi.yaml:1:1: error[file]"),
        "{said}"
    );
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
            let copy = Copy::new();
            copy.edit(manifest, before, after);
            copy.edit(OPERATION, "pub group_id: String", "pub group_id: u64");
            let said = copy.refuses(mode);
            for help in help {
                assert!(said.contains(help), "{help}: {said}");
            }
        }
    }
    let copy = Copy::new();
    fs::write(copy.path(manifest), "[features\n").expect("writable");
    let said = copy.refuses(Mode::Write);
    assert!(said.contains("Cargo.toml isn't TOML"), "{said}");
}

#[test]
fn a_new_crate_needs_no_manifest_yet() {
    let copy = Copy::new();
    let made = copy.path("made");
    let said = sync(&copy.path("specs/cams"), &made, Mode::Write).expect("it can be made");
    assert!(said.contains("0 removed"), "{said}");
    assert!(tree(&made.join("src")) == tree(&copy.path("generated/src")));
}
