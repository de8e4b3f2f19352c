//! The command around the generator: what it makes, what it touches, and what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use alibabacloud_codegen::{Files, Problems, Sources, generate};
use cams_tests::fixtures::{cams, fixtures, folder, sources};
use cams_tests::scratch::has;
use serde_json::Value as Json;
use tempfile::TempDir;
use xtask::codegen::{Mode, sync};

/// The folder of the workspace.
fn workspace() -> PathBuf {
    fs::canonicalize(folder().join("..")).expect("the workspace is there")
}

/// All that is generated from, with a name each.
fn descriptions() -> Vec<(String, Sources)> {
    let mut all = vec![("cams".to_owned(), cams())];
    let small = fixtures("valid").into_iter();
    all.extend(small.map(|(name, text)| (name, sources(&text))));
    all
}

#[track_caller]
fn generated(name: &str, sources: &Sources) -> Files {
    generate(sources).unwrap_or_else(|problems| panic!("{name}: {problems}"))
}

#[test]
fn the_same_comes_out_twice() {
    for (name, sources) in descriptions() {
        let once = generated(&name, &sources);
        assert_eq!(once, generated(&name, &sources), "{name}");
    }
}

/// The members of every mapping in reverse; the items of lists stay, since their order is theirs.
fn reversed(value: serde_yaml::Value) -> serde_yaml::Value {
    match value {
        serde_yaml::Value::Sequence(items) => items.into_iter().map(reversed).collect(),
        serde_yaml::Value::Mapping(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.reverse();
            let members = members
                .into_iter()
                .map(|(name, value)| (name, reversed(value)));
            serde_yaml::Value::Mapping(members.collect())
        }
        scalar => scalar,
    }
}

/// The same description, each file rewritten.
fn rewritten(sources: &Sources, write: impl Fn(serde_yaml::Value) -> String) -> Sources {
    let files = sources.iter().map(|(path, bytes)| {
        let value = serde_yaml::from_slice(bytes).expect("YAML");
        (path.clone(), write(value).into_bytes())
    });
    files.collect()
}

#[test]
fn the_order_of_keys_says_nothing() {
    for (name, sources) in descriptions() {
        let write = |value| serde_yaml::to_string(&reversed(value)).expect("it can be written");
        let turned = rewritten(&sources, write);
        assert_ne!(turned, sources, "{name}");
        assert_eq!(
            generated(&name, &turned),
            generated(&name, &sources),
            "{name}"
        );
    }
}

#[test]
fn json_is_as_good_as_yaml() {
    for (name, sources) in descriptions() {
        for pretty in [true, false] {
            let write = |value: serde_yaml::Value| {
                let json: Json = serde_json::to_value(value).expect("it is JSON, too");
                if pretty {
                    serde_json::to_string_pretty(&json).expect("it can be written")
                } else {
                    json.to_string()
                }
            };
            let json = rewritten(&sources, write);
            assert_eq!(
                generated(&name, &json),
                generated(&name, &sources),
                "{name}"
            );
        }
    }
}

#[test]
fn the_entry_may_be_called_otherwise() {
    let yaml = cams();
    for other in ["openapi.yml", "openapi.json"] {
        let mut renamed = yaml.clone();
        let entry = renamed.remove("openapi.yaml").expect("there is an entry");
        renamed.insert(other.to_owned(), entry);
        // The entry's name stands in the headers, and nowhere else.
        let files = generated(other, &renamed).into_iter();
        let files: Files = files
            .map(|(path, text)| (path, text.replacen(other, "openapi.yaml", 1)))
            .collect();
        assert_eq!(files, generated("cams", &yaml), "{other}");
    }
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

/// All files below a folder.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it is below").to_owned();
                files.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    files
}

/// When each file was last written.
fn times(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let written = |path: PathBuf| {
        let about = fs::metadata(root.join(&path)).expect("readable");
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

#[test]
fn files_are_told_where_they_come_from_and_nothing_of_when() {
    for (path, text) in generated("cams", &cams()) {
        let header = text.lines().next().unwrap_or_default();
        assert!(
            header.starts_with("// @generated by `cargo xtask codegen` from ")
                && header.ends_with(". Do not edit."),
            "{path}: {header}"
        );
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        assert!(!text.contains('\r') && !text.contains('\t'), "{path}");
        let trailing = text.lines().find(|line| line.ends_with(' '));
        assert_eq!(trailing, None, "{path}");
    }
}

#[test]
fn problems_are_an_error_like_any_other() {
    fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Problems>();
    is_error::<xtask::Failure>();
}
