//! `cargo xtask diff [OLD] [NEW]`: what a change of descriptions does, before it is merged.
//!
//! Git, files and flags are here; what is compared, and how it reads, is the library's affair.

mod git;
mod side;

use std::path::{Path, PathBuf};

use alibabacloud_codegen::Diff;
use alibabacloud_codegen::diff::Step;
use alibabacloud_codegen::model::Api;
use alibabacloud_codegen::review::{self, Sides};
use clap::ValueEnum;

use crate::codegen::version;
use crate::messages::Output;
use crate::{Failure, or_default, print};
use side::State;

/// Say what a change of specs/ does on the wire, to Rust users and to the version.
///
/// OLD and NEW are each a git revision (`HEAD~3`, `v0.1.0`, `main:specs/cams`), the folder of a
/// description, or the vendor's api-docs.json, which is imported in memory: what people decide
/// (groups, retry classes, names) is taken from the other side, or from the working tree.
///
/// What is compared is the model: a rewrite that changes nothing says so. Exits with 0, or with 1 if
/// something forces the step of `--deny`.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// What there was [default: HEAD]
    old: Option<String>,
    /// What there is [default: the working tree]
    new: Option<String>,
    /// How to tell it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Fail if a change forces this step or a greater one: patch, minor, major
    #[arg(long, value_name = "STEP")]
    deny: Option<Step>,
    /// Folder of the description, in the working tree and in revisions [default: specs/cams]
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// Folder of the crate whose version is taken [default: generated]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// How to tell what changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal: what breaks first
    #[default]
    Human,
    /// For a pull request: a summary, what breaks, a table of everything
    Markdown,
    /// For tools: everything, in fields that `alibabacloud_codegen::review` documents
    Json,
}

/// Two descriptions, compared.
#[derive(Debug)]
pub struct Compared {
    /// What changes.
    pub diff: Diff,
    /// What was compared.
    pub sides: Sides,
}

/// Runs the command.
///
/// # Errors
///
/// Sides that can't be found or read, problems of either, and changes that are denied.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let compared = compare(
        arguments.old.as_deref(),
        arguments.new.as_deref(),
        &or_default(arguments.spec.as_deref(), "specs/cams"),
        &or_default(arguments.out.as_deref(), "generated"),
    )?;
    print(&compared.told(arguments.format));
    arguments.deny.map_or(Ok(()), |deny| compared.deny(deny))
}

/// Compares two descriptions, by default the folder `spec` at HEAD and as it is.
///
/// # Errors
///
/// Sides that can't be found or read, and problems of either.
pub fn compare(
    old: Option<&str>,
    new: Option<&str>,
    spec: &Path,
    out: &Path,
) -> Result<Compared, Failure> {
    let old = State::named(old.unwrap_or("HEAD"), spec)?;
    let new = match new {
        Some(name) => State::named(name, spec)?,
        None => State::working_tree(spec),
    };
    let (old, new) = side::read(old, new, spec)?;
    let sides = Sides {
        old: old.side,
        new: new.side,
        version: version(out),
    };
    let diff = alibabacloud_codegen::diff(&old.api, &new.api);
    Ok(Compared { diff, sides })
}

/// Compares what there was with a description that isn't written yet.
pub(crate) fn since(old: &str, new: &Api, spec: &Path, out: &Path) -> Result<Compared, Failure> {
    let old = side::read_one(&State::named(old, spec)?, spec)?;
    let sides = Sides {
        old: old.side,
        new: side::folder(spec, side::WORKING_TREE),
        version: version(out),
    };
    let diff = alibabacloud_codegen::diff(&old.api, new);
    Ok(Compared { diff, sides })
}

/// The text of a file in a revision; none where either isn't there.
pub(crate) fn past(revision: &str, path: &Path) -> Option<String> {
    git::file(revision, path)
}

impl Compared {
    /// What changes, as a text.
    pub fn told(&self, format: Format) -> String {
        let tell = match format {
            Format::Human => review::human,
            Format::Markdown => review::markdown,
            Format::Json => review::json,
        };
        tell(&self.diff, &self.sides)
    }

    /// The step that all changes together force, in a sentence.
    pub(crate) fn step(&self) -> String {
        review::verdict(&self.diff, &self.sides)
    }

    /// Fails where a change forces a step, or a greater one.
    ///
    /// # Errors
    ///
    /// Then.
    pub fn deny(&self, deny: Step) -> Result<(), Failure> {
        let changes = self.diff.changes.iter();
        let denied = changes.filter(|change| change.step >= deny).count();
        if denied == 0 {
            return Ok(());
        }
        Err(Failure::found(format!(
            "error: {denied} change(s) force a {deny} step or a greater one, which `--deny {deny}` refuses"
        )))
    }
}
