//! `cargo xtask import <api-docs.json>…`: descriptions follow the vendor's metadata.
//!
//! One function, [`sync`], writes or checks; the command and tests call it. Nothing is touched until
//! everything is known to be right.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use alibabacloud_codegen::import::{Metadata, Report, Section};
use alibabacloud_codegen::{Files, Sources};

use crate::codegen::Mode;
use crate::files::{self, Changes, Owner};
use crate::messages::Output;
use crate::{Failure, description, or_default, shown};

/// People and imports write the same files.
const OWNER: Owner = Owner {
    header: None,
    end: ".yaml",
    refusal: "can't be replaced",
};

/// Bring specs/ up to date with the vendor's metadata.
///
/// Facts (names, types, valid values, limits, examples) follow the metadata. What people write
/// (texts, tags, retry classes, marks, names, comments) stays.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The vendor's api-docs.json of one product and version; later files win over earlier ones
    #[arg(required = true, value_name = "FILE")]
    metadata: Vec<PathBuf>,
    /// Folder of the descriptions, with a folder for each product [default: specs]
    #[arg(long, value_name = "FOLDER")]
    specs: Option<PathBuf>,
    /// Write nothing; fail, with the list, if anything would be written
    #[arg(long)]
    check: bool,
    /// Leave out operations that can't be described yet, instead of failing
    #[arg(long)]
    skip_unsupported: bool,
    /// How problems are told.
    #[command(flatten)]
    pub output: Output,
}

/// What an import did, or would do.
#[derive(Debug)]
pub struct Done {
    /// What there is to tell about the content.
    pub report: Report,
    /// The files that are written, by their paths in the folder of the product.
    pub written: Vec<String>,
    /// The files that are removed.
    pub removed: Vec<String>,
    /// How many files the description has.
    files: usize,
    /// The folder of the product.
    pub(crate) folder: PathBuf,
}

/// Runs the command.
///
/// # Errors
///
/// Problems of the metadata or of the description, files that can't be read or written, and with
/// `--check` a description that isn't up to date.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let specs = or_default(arguments.specs.as_deref(), "specs");
    let mode = Mode::of(arguments.check);
    let done = sync(
        &arguments.metadata,
        &specs,
        arguments.skip_unsupported,
        mode,
    )?;
    arguments.output.report(&done.told(mode));
    if mode == Mode::Check && !done.is_unchanged() {
        return Err(Failure::found(format!(
            "error: {} isn't what the metadata says\n  help: run `cargo xtask import` without `--check`, and look at the difference",
            shown(&done.folder),
        )));
    }
    Ok(())
}

/// Brings the descriptions in a folder up to date, or finds out what that would do.
///
/// # Errors
///
/// As [`run`], but for `--check`.
pub fn sync(
    metadata: &[PathBuf],
    specs: &Path,
    skip_unsupported: bool,
    mode: Mode,
) -> Result<Done, Failure> {
    let plan = plan(metadata, specs, skip_unsupported)?;
    if mode == Mode::Write {
        plan.write()?;
    }
    Ok(plan.done)
}

/// What is to be written, and what there is to tell of it.
pub(crate) struct Plan {
    pub(crate) done: Done,
    /// The whole description, as it is to be.
    pub(crate) files: Files,
    changes: Changes,
}

impl Plan {
    pub(crate) fn write(&self) -> Result<(), Failure> {
        files::write(&self.done.folder, &self.files, &self.changes)
    }
}

/// Finds out what an import would do, and touches nothing.
pub(crate) fn plan(
    metadata: &[PathBuf],
    specs: &Path,
    skip_unsupported: bool,
) -> Result<Plan, Failure> {
    let mut texts = Vec::new();
    for path in metadata {
        texts.push((path.display().to_string(), description::text(path)?));
    }
    let metadata = Metadata::read(&texts, skip_unsupported).map_err(|problems| {
        let texts = texts.into_iter().collect();
        description::rejected(Path::new(""), texts, &problems)
    })?;
    let folder = specs.join(metadata.folder());
    let present = files::read_sources(&folder)?;
    let sources = if folder.is_dir() {
        description::read(&folder)?
    } else {
        Sources::new()
    };
    let imported = metadata
        .import(&sources)
        .map_err(|problems| description::rejected(&folder, sources.clone(), &problems))?;
    let written = sources.iter();
    let changes = files::changes(
        &imported.files,
        written.map(|(path, text)| (path, Some(text.as_slice()))),
    );
    files::check_changes(&folder, &present, &changes, &OWNER)?;
    let those = |written: bool| {
        let those = changes
            .iter()
            .filter(move |(_, wanted)| **wanted == written);
        those.map(|(path, _)| path.clone()).collect()
    };
    let done = Done {
        report: imported.report,
        written: those(true),
        removed: those(false),
        files: imported.files.len(),
        folder,
    };
    Ok(Plan {
        done,
        files: imported.files,
        changes,
    })
}

impl Done {
    /// Whether nothing is written or removed.
    pub fn is_unchanged(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    /// What was done, for a person.
    pub(crate) fn told(&self, mode: Mode) -> String {
        let mut text = String::new();
        if self.is_unchanged() {
            text.push_str("Unchanged.\n");
            // What else there is was told when it was new.
            for line in self.report.section(Section::Superfluous) {
                let _ = writeln!(text, "  superfluous override: {line}");
            }
            return text;
        }
        let would = if mode == Mode::Check { "would be " } else { "" };
        let _ = writeln!(
            text,
            "{}: {} file(s), {} {would}written, {} {would}removed\n\n{}",
            shown(&self.folder),
            self.files,
            self.written.len(),
            self.removed.len(),
            self.report,
        );
        text
    }
}
