//! CONTRIBUTING.md is true: what its blocks of commands print is what stands there, run one after
//! another in a fresh copy of the repository, and what it says to write is written.

use std::fs;

use cams_tests::copy::workspace;
use cams_tests::fixtures::{cams, folder};
use cams_tests::portal::{patch, published};
use tempfile::TempDir;

use super::shell::shell;

/// Commands that aren't run here, and why.
const NOT_RUN: &[(&str, &str)] = &[
    ("curl ", "it asks the vendor's portal"),
    (
        "cargo test",
        "it takes minutes, and these tests are a part of it",
    ),
    ("cargo insta ", "it asks a person"),
    (
        "cargo xtask ci",
        "it takes long, and these tests are a part of it",
    ),
    ("cargo publish", "it publishes"),
    ("git push", "there is nowhere to push to"),
];

/// The repository as a fresh clone, with what the portal has by now.
struct Clone(TempDir);

impl Clone {
    /// A copy of what git knows here; none where this is no clone itself.
    fn new() -> Option<Self> {
        let files = xtask::tidy::files(&workspace()).ok()?;
        let clone = Self(tempfile::tempdir().expect("a folder can be made"));
        // What other tests leave for a review isn't in a fresh one.
        let files = files.iter().filter(|path| !path.ends_with(".snap.new"));
        for path in files {
            // What is removed, but not committed yet, can't be read.
            if let Ok(bytes) = fs::read(workspace().join(path)) {
                clone.write(path, &bytes);
            }
        }
        clone.write("target/api-docs.json", &portal());
        clone.write("Cargo.toml", &of_the_page());
        let begun = clone.run("git init -q && git add -A && git commit -qm Before", 0);
        assert_eq!(begun, ("".to_owned(), 0));
        Some(clone)
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }

    fn run(&self, command: &str, before: i32) -> (String, i32) {
        shell(self.0.path(), &format!("(exit {before})\n{command}"))
    }

    /// Changes files as a difference says.
    fn apply(&self, diff: &str) {
        let path = self.0.path().join("target/change.diff");
        fs::write(path, diff).expect("writable");
        let applied = self.run("git apply --recount -C1 target/change.diff", 0);
        assert_eq!(applied, ("".to_owned(), 0), "{diff}");
    }
}

/// The manifest with the version that the page was written with.
fn of_the_page() -> Vec<u8> {
    let manifest = fs::read_to_string(workspace().join("Cargo.toml")).expect("it is there");
    let (before, rest) = manifest.split_once("\nversion = \"").expect("a version");
    let (_, after) = rest.split_once('"').expect("a string");
    format!("{before}\nversion = \"0.1.0\"{after}").into_bytes()
}

/// The made-up metadata.
fn portal() -> Vec<u8> {
    let path = folder().join("fixtures/update/changes.json");
    let changes = fs::read(path).expect("the fixture is there");
    let mut docs = published(&cams());
    patch(
        &mut docs,
        serde_yaml::from_slice(&changes).expect("JSON is YAML"),
    );
    serde_json::to_vec_pretty(&docs).expect("JSON")
}

/// The blocks of a page, by their languages, with the lines that they begin in.
fn blocks(page: &str) -> Vec<(usize, &str, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str, String)> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => open = Some((number, language, String::new())),
            (None, Some((.., text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block has no end");
    blocks
}

/// The commands of a block, each with what it prints.
fn commands(block: &str) -> Vec<(&str, Vec<&str>)> {
    let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in block.lines() {
        match (line.trim_start().strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command, Vec::new())),
            (None, Some((_, printed))) => printed.push(line),
            (None, None) => panic!("a block begins with its command: {line}"),
        }
    }
    commands
}

/// Whether lines are as wanted, where `...` stands for any number of them.
fn fits(wanted: &[&str], printed: &[&str]) -> bool {
    match (wanted, printed) {
        ([], printed) => printed.is_empty(),
        (["...", rest @ ..], printed) => {
            (0..=printed.len()).any(|from| fits(rest, &printed[from..]))
        }
        ([wanted, rest @ ..], [line, more @ ..]) => {
            fits_line(wanted.trim_end(), line.trim_end()) && fits(rest, more)
        }
        (_, []) => false,
    }
}

/// Within a line it stands for any text.
fn fits_line(wanted: &str, line: &str) -> bool {
    match wanted.split_once("...") {
        None => wanted == line,
        Some((begin, rest)) => line.strip_prefix(begin).is_some_and(|line| {
            let mut ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
            ends.any(|at| fits_line(rest, &line[at..]))
        }),
    }
}

#[test]
fn contributing_is_true_word_by_word() {
    let page = fs::read_to_string(workspace().join("CONTRIBUTING.md")).expect("it is there");
    let Some(clone) = Clone::new() else {
        // A package or an archive of the sources has no past to compare with.
        return;
    };
    let mut wrong = Vec::new();
    let (mut last, mut run) = (0, 0);
    let mut skipped: Vec<&str> = Vec::new();
    for (number, language, block) in blocks(&page) {
        match language {
            "diff" => clone.apply(&block),
            "console" => {
                for (command, wanted) in commands(&block) {
                    if let Some((skip, _)) =
                        NOT_RUN.iter().find(|(skip, _)| command.starts_with(skip))
                    {
                        skipped.push(skip);
                        continue;
                    }
                    let (printed, status) = clone.run(command, last);
                    run += 1;
                    let lines: Vec<&str> = printed.lines().collect();
                    if !fits(&wanted, &lines) {
                        wrong.push(format!("line {number}: $ {command}\n{printed}"));
                    }
                    // A reader is told of each failure.
                    let asked = command == "echo $?";
                    if last != 0 && !asked {
                        wrong.push(format!(
                            "line {number}: before `{command}`, {last} isn't asked for"
                        ));
                    }
                    last = if asked { 0 } else { status };
                }
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(run >= 8, "{run} commands");
    for (skip, why) in NOT_RUN {
        assert!(skipped.contains(skip), "`{skip}` isn't on the page ({why})");
    }
}

#[test]
fn elided_lines_fit_anything_and_others_only_themselves() {
    assert!(fits(&["a", "...", "c"], &["a", "b", "b", "c"]));
    assert!(fits(&["..."], &[]));
    assert!(!fits(&["a"], &["a", "b"]));
    assert!(!fits(&["a", "...", "c"], &["a", "b"]));
    assert!(!fits(&[], &["a"]));
    assert!(fits(&["a ... c..."], &["a b c"]));
    assert!(!fits(&["a ... c"], &["a b d"]));
}
