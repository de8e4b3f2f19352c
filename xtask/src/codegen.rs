//! `cargo xtask codegen [--check]`: the generated crate follows the descriptions.
//!
//! One function, [`sync`], writes or checks; the command and a test call it. Nothing is touched
//! until everything is known to be right.

mod files;
mod manifest;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use alibabacloud_codegen::model::Api;
use alibabacloud_codegen::{Files, Problems};
use similar::TextDiff;

use crate::{Failure, say, workspace};
use files::Present;
pub use manifest::features;

/// How many lines of a difference are shown.
const SHOWN: usize = 60;

/// How many files that differ are named.
const NAMED: usize = 20;

/// Make generated/src anew from the descriptions in specs/.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// Write nothing; fail, with the difference, if generated/src isn't what the descriptions say
    #[arg(long)]
    check: bool,
    /// Folder of the description, with its openapi.yaml [default: specs/cams]
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// Folder of the crate whose src is made [default: generated]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// Those of `--check`.
    pub fn checking() -> Self {
        Self {
            check: true,
            ..Self::default()
        }
    }
}

/// Whether to write or only to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bring the crate up to date.
    Write,
    /// Fail if it isn't.
    Check,
}

/// Runs the command.
///
/// # Errors
///
/// Problems of the description, files that can't be read or written, and with `--check` a crate
/// that is out of date.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let or = |given: &Option<PathBuf>, default: &str| {
        given.clone().unwrap_or_else(|| workspace().join(default))
    };
    let mode = if arguments.check {
        Mode::Check
    } else {
        Mode::Write
    };
    let done = sync(
        &or(&arguments.spec, "specs/cams"),
        &or(&arguments.out, "generated"),
        mode,
    )?;
    say(&done);
    Ok(())
}

/// Makes the crate's sources anew, or checks them. Returns what was done, in a line.
///
/// # Errors
///
/// As [`run`].
pub fn sync(spec: &Path, out: &Path, mode: Mode) -> Result<String, Failure> {
    let sources = files::read_description(spec)?;
    let rejected = |problems| Failure(rejected(spec, &problems));
    let api = alibabacloud_codegen::model(&sources).map_err(rejected)?;
    let wanted = alibabacloud_codegen::emit(&api).map_err(rejected)?;
    manifest::check(out, &api)?;
    let src = out.join("src");
    let present = files::read_sources(&src)?;
    let changes = changes(&wanted, &present);
    let checked = files::check_changes(&src, &present, &changes);
    match mode {
        Mode::Check if changes.is_empty() => {}
        Mode::Check => {
            let mut message = stale(&src, &wanted, &present, &changes);
            // What the command wouldn't repair.
            if let Err(Failure(refused)) = checked {
                let _ = write!(message, "\n{refused}");
            }
            return Err(Failure(message));
        }
        Mode::Write => {
            checked?;
            files::write(&src, &wanted, &changes)?;
        }
    }
    Ok(summary(&api, &wanted, &changes))
}

/// What differs: path to whether it is wanted.
type Changes = BTreeMap<String, bool>;

fn changes(wanted: &Files, present: &BTreeMap<String, Present>) -> Changes {
    let changed = wanted.iter().filter(|(path, text)| {
        let present = present.get(*path).and_then(Present::text);
        present != Some(text.as_bytes())
    });
    let stale = present.iter().filter(|(path, present)| {
        !wanted.contains_key(*path) && !matches!(present, Present::Folder)
    });
    let changed = changed.map(|(path, _)| (path.clone(), true));
    changed
        .chain(stale.map(|(path, _)| (path.clone(), false)))
        .collect()
}

fn summary(api: &Api, wanted: &Files, changes: &Changes) -> String {
    let operations: usize = api.groups.iter().map(|group| group.operations.len()).sum();
    let written = changes.values().filter(|wanted| **wanted).count();
    let removed = changes.len() - written;
    format!(
        "{operations} operation(s) in {} group(s): {} file(s), {written} written, {removed} removed",
        api.groups.len(),
        wanted.len(),
    )
}

/// The problems, their files named as an editor or a terminal can open them.
fn rejected(spec: &Path, problems: &Problems) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = spec.strip_prefix(&here).unwrap_or(spec);
    let mut message = String::new();
    let mut count = 0;
    for problem in problems {
        let mut problem = problem.clone();
        let file = folder.join(&problem.location.file);
        problem.location.file = file.display().to_string();
        let _ = writeln!(message, "{problem}\n");
        count += 1;
    }
    format!("{message}{count} problem(s); nothing was written")
}

/// The message of `--check`: a short difference and what to do.
fn stale(
    src: &Path,
    wanted: &Files,
    present: &BTreeMap<String, Present>,
    changes: &Changes,
) -> String {
    let mut shown = String::new();
    for path in changes.keys() {
        let before = present.get(path).and_then(Present::text);
        let before = String::from_utf8_lossy(before.unwrap_or_default());
        let after = wanted.get(path).map(String::as_str).unwrap_or_default();
        let diff = TextDiff::from_lines(before.as_ref(), after);
        let name = |there: bool| if there { path.as_str() } else { "/dev/null" };
        let header = (
            name(present.contains_key(path)),
            name(wanted.contains_key(path)),
        );
        let _ = write!(
            shown,
            "{}",
            diff.unified_diff()
                .context_radius(2)
                .header(header.0, header.1)
        );
    }
    let lines: Vec<_> = shown.lines().collect();
    let mut message = lines[..lines.len().min(SHOWN)].join("\n");
    if lines.len() > SHOWN {
        let _ = write!(message, "\n… and {} more lines", lines.len() - SHOWN);
    }
    // A difference that is cut short, or of an empty file, doesn't name every file.
    let mut names: Vec<_> = changes.keys().take(NAMED).map(String::as_str).collect();
    if changes.len() > NAMED {
        names.push("…");
    }
    format!(
        "{message}\n\nerror: {} isn't what the description says: {} file(s) differ: {}\n  help: run `cargo xtask codegen`, look at the difference and commit it",
        src.display(),
        changes.len(),
        names.join(", "),
    )
}
