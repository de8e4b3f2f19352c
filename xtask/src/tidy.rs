//! `cargo xtask tidy`: what no compiler checks, of the files that git knows.
//!
//! ARCHITECTURE.md says what each room must not know; `ROOMS` holds the code to it.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Failure, say, update, workspace};

/// A file with more lines has a second subject.
const MOST_LINES: usize = 500;

/// A longer snapshot, with its input above its output, is more than two screens: it shows a second
/// behaviour.
const MOST_SHOWN: usize = 120;

/// What insta leaves of a snapshot that differs. git ignores both, so that they aren't committed.
const UNREVIEWED: &[&str] = &["*.snap.new", "*.pending-snap", ":(exclude)target"];

/// What code below a folder must not name.
struct Room {
    folder: &'static str,
    /// Folders and files below it that may.
    but: &'static [&'static str],
    names: &'static [&'static str],
    why: &'static str,
}

const ROOMS: &[Room] = &[
    Room {
        folder: "codegen/src/",
        but: &["codegen/src/spec.rs", "codegen/src/spec/"],
        names: &["openapiv3", "serde_yaml", "granit_parser"],
        why: "only `spec` reads texts",
    },
    Room {
        folder: "codegen/src/",
        but: &[],
        names: &[
            "std::fs",
            "std::env",
            "std::process",
            "std::time",
            "std::io",
        ],
        why: "the generator touches no disk, no clock and no environment",
    },
    Room {
        folder: "codegen/src/",
        but: &[
            "codegen/src/emit.rs",
            "codegen/src/emit/",
            "codegen/src/render.rs",
        ],
        names: &["proc_macro2", "quote::", "quote!", "syn::", "prettyplease"],
        why: "only `emit` and `render` know tokens",
    },
    Room {
        folder: "codegen/src/emit/",
        but: &[],
        names: &["crate::spec", "crate::lower", "prettyplease"],
        why: "`emit` knows the model, nothing before and nothing after it",
    },
    Room {
        folder: "codegen/src/diff",
        but: &[],
        names: &["crate::spec", "crate::lower", "crate::emit"],
        why: "`diff` knows models and their public names, nothing of how either is made",
    },
    Room {
        folder: "codegen/src/review",
        but: &[],
        names: &["crate::model", "crate::spec", "crate::surface"],
        why: "`review` tells what `diff` found",
    },
    Room {
        folder: "runtime/src/",
        but: &[],
        names: &["Cams", "CAMS", "cams", "ChatGroup", "WhatsApp"],
        why: "the runtime serves any service",
    },
    Room {
        folder: "runtime/src/",
        but: &[
            "runtime/src/transport.rs",
            "runtime/src/transport/reqwest.rs",
            "runtime/src/transport/reqwest/",
        ],
        names: &["reqwest::"],
        why: "only `transport` knows that library",
    },
    Room {
        folder: "runtime/src/",
        but: &["runtime/src/observe/spans.rs"],
        names: &["tracing::"],
        why: "only `observe` knows that library",
    },
    Room {
        folder: "runtime/src/",
        but: &[
            "runtime/src/transport.rs",
            "runtime/src/transport/ureq.rs",
            "runtime/src/transport/ureq/",
        ],
        names: &["ureq::"],
        why: "only the transport that blocks knows that library",
    },
    Room {
        folder: "generated/src/",
        but: &[],
        names: &[
            "reqwest",
            "http::",
            "tokio",
            "hyper",
            "sha2",
            "hmac",
            "serde_json::",
        ],
        why: "a generated file names no HTTP, crypto or async crate",
    },
    Room {
        folder: "xtask/src/",
        but: &["xtask/src/tidy.rs"],
        names: &["openapiv3", "serde_yaml", "proc_macro2", "quote!", "syn::"],
        why: "what descriptions and code look like is the library's affair",
    },
];

/// Look for what no compiler checks: file sizes, rooms, unreviewed snapshots, stray blanks.
#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Runs the command.
///
/// # Errors
///
/// With anything that is found.
pub fn run(_: &Arguments) -> Result<(), Failure> {
    let files = files(&workspace())?;
    let mut found = Vec::new();
    for path in &files {
        let bytes = match fs::read(workspace().join(path)) {
            Ok(bytes) => bytes,
            // Removed, but not committed yet.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::io("read", path.as_ref(), &error)),
        };
        found.extend(findings(path, &String::from_utf8_lossy(&bytes)));
    }
    if found.is_empty() {
        say(&format_args!("{} file(s) are tidy", files.len()));
        return Ok(());
    }
    let mut message = String::new();
    for finding in &found {
        let _ = writeln!(message, "{finding}");
    }
    Err(Failure::found(format!(
        "{message}{} finding(s)",
        found.len()
    )))
}

/// The files of a working tree that git knows, or would take, and snapshots that it wouldn't:
/// nobody has reviewed those.
///
/// # Errors
///
/// Where git can't list them.
pub fn files(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut files = listed(folder, &["--cached", "--others", "--exclude-standard"])?;
    let ignored = ["--others", "--ignored", "--exclude-standard", "--"];
    files.extend(listed(folder, &[&ignored[..], UNREVIEWED].concat())?);
    Ok(files)
}

fn listed(folder: &Path, arguments: &[&str]) -> Result<Vec<String>, Failure> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| Failure::environment(format!("error: can't start git: {error}")))?;
    if !listed.status.success() {
        let said = String::from_utf8_lossy(&listed.stderr);
        return Err(Failure::environment(format!(
            "error: git can't list the files: {}\n  help: run the command in a clone of the repository",
            said.trim()
        )));
    }
    let text = String::from_utf8_lossy(&listed.stdout);
    Ok(text
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect())
}

/// What is wrong with a file, a line each: `path:line: what`.
pub fn findings(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".snap.new") || path.ends_with(".pending-snap") {
        return vec![format!(
            "{path}:1: a snapshot that nobody has reviewed; see `cargo insta review`"
        )];
    }
    let mut found = Vec::new();
    // What is wrong with a fixture may be the point of it, and snapshots repeat fixtures.
    if !path.starts_with("tests/fixtures/") && !path.ends_with(".snap") {
        found.extend(blanks(path, text));
    }
    let lines = text.lines().count();
    if path.ends_with(".snap") && lines > MOST_SHOWN {
        found.push(format!(
            "{path}:{MOST_SHOWN}: {lines} lines; nobody reviews that, so look for the second behaviour in its fixture"
        ));
    }
    if path == "CHANGELOG.md" {
        let lines = (1..).zip(text.lines());
        let drafts = lines.filter(|(_, line)| line.starts_with(update::DRAFT));
        found.extend(drafts.map(|(number, _)| format!(
            "{path}:{number}: a draft that nobody has made theirs; mend its words and remove its two comments"
        )));
    }
    if path.ends_with(".rs") {
        found.extend(rooms(path, text));
        if !is_generated(text) {
            found.extend(written(path, text));
        }
    }
    found
}

fn is_generated(text: &str) -> bool {
    text.starts_with("// @generated")
}

fn blanks(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.ends_with([' ', '\t', '\r']) {
            found.push(format!("{path}:{number}: a blank at the end of the line"));
        }
        if line.starts_with('\t') {
            found.push(format!("{path}:{number}: a tab for indentation"));
        }
    }
    if !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        let lines = text.lines().count();
        found.push(format!(
            "{path}:{lines}: the file should end with one line break"
        ));
    }
    found
}

/// What is written by hand.
fn written(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES {
        found.push(format!(
            "{path}:{MOST_LINES}: {lines} lines; look for the second subject in them"
        ));
    }
    if !text.starts_with("//!") && !path.starts_with("tests/required/") {
        found.push(format!(
            "{path}:1: no line that says what the file is about (`//!`)"
        ));
    }
    let marks = ["TODO", "FIXME", "XXX"].map(|mark| format!("{mark}:"));
    for (number, line) in (1..).zip(text.lines()) {
        if marks.iter().any(|mark| line.contains(mark)) {
            found.push(format!(
                "{path}:{number}: what is to be done belongs in an issue"
            ));
        }
    }
    found
}

/// Names that a room mustn't know. Comments may.
fn rooms(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bound = |room: &&Room| {
        path.starts_with(room.folder) && !room.but.iter().any(|but| path.starts_with(but))
    };
    for room in ROOMS.iter().filter(bound) {
        let code = (1..).zip(text.lines());
        for (number, line) in code.filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let named = room.names.iter().find(|name| line.contains(*name));
            found.extend(named.map(|name| format!("{path}:{number}: `{name}` here: {}", room.why)));
        }
    }
    found
}
