//! `cargo xtask update <api-docs.json>…`: import, codegen and diff in one go, with a draft of the
//! changelog.
//!
//! All of it is made in memory first. What only a person can decide isn't guessed: the facts are written
//! then, so that there is a place for the decision, and the rest waits for it.

mod changelog;

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use alibabacloud_codegen::{Sources, review};

use crate::codegen::Mode;
use crate::diff::{Compared, Format};
use crate::files::{self, Owner};
use crate::messages::{self, Output, Told};
use crate::{Failure, codegen, diff, import, or_default, shown};
pub(crate) use changelog::BEGIN as DRAFT;
use changelog::Placed;

/// A person's file, of which only the draft is ours.
const CHANGELOG: Owner = Owner {
    header: None,
    end: ".md",
    refusal: "can't be replaced",
};

/// Bring specs/, generated/ and the draft of the changelog up to date with the vendor's metadata.
///
/// As `import`, `codegen` and `diff` one after another. With a problem in the metadata or in what comes
/// out, nothing is written. What a new operation waits for (its group, its retry class, names that
/// collide) is the exception: the facts are written, each decision is told with its place, and the same
/// command goes on once they are taken.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The vendor's api-docs.json of one product and version; later files win over earlier ones
    #[arg(required = true, value_name = "FILE")]
    metadata: Vec<PathBuf>,
    /// Write nothing; tell what would change, and fail if anything would
    #[arg(long, visible_alias = "dry-run")]
    check: bool,
    /// The revision from which changes are counted, for the verdict and the draft
    #[arg(long, default_value = "HEAD", value_name = "REVISION")]
    since: String,
    /// Leave out operations that can't be described yet, instead of failing
    #[arg(long)]
    skip_unsupported: bool,
    /// Folder of the descriptions, with a folder for each product [default: specs]
    #[arg(long, value_name = "FOLDER")]
    specs: Option<PathBuf>,
    /// Folder of the crate whose src is made [default: generated]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The file whose section `Unreleased` takes the draft [default: CHANGELOG.md]
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// How problems are told.
    #[command(flatten)]
    pub output: Output,
}

/// Runs the command.
///
/// # Errors
///
/// Problems of the metadata or of the description, decisions that wait, files that can't be read or
/// written, and with `--check` anything that would be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mode = Mode::of(arguments.check);
    let specs = or_default(arguments.specs.as_deref(), "specs");
    let imported = import::plan(&arguments.metadata, &specs, arguments.skip_unsupported)?;
    let update = match Update::of(arguments, &imported) {
        Ok(update) => update,
        Err(Stop::Failure(failure)) => return Err(failure),
        Err(Stop::Undecided(failure)) => {
            if mode == Mode::Write {
                imported.write()?;
            }
            arguments.output.report(&imported.done.told(mode));
            return Err(waiting(failure, mode));
        }
    };
    if mode == Mode::Write {
        imported.write()?;
        update.write()?;
    }
    if let Some(warnings) = &update.generated.warnings {
        messages::warn(warnings, arguments.output);
    }
    let told = format!(
        "{}\n{}",
        imported.done.told(mode).trim_end_matches('\n'),
        update.told(mode)
    );
    arguments.output.report(&told);
    if mode == Mode::Check && !(imported.done.is_unchanged() && update.is_fresh()) {
        return Err(Failure::found(
            "error: this isn't up to date with the metadata; nothing was written\n  help: run `cargo xtask update` without `--check`, and look at the difference",
        ));
    }
    Ok(())
}

/// Why an update doesn't come about.
enum Stop {
    /// Nothing is written.
    Failure(Failure),
    /// The description is, and waits for a person.
    Undecided(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// The failure of an update that waits for a person.
fn waiting(mut failure: Failure, mode: Mode) -> Failure {
    let count = failure.told.as_ref().map_or(0, Told::count);
    let written = if mode == Mode::Write {
        "the description has the new facts, the generated code doesn't"
    } else {
        "nothing was written"
    };
    failure.message = format!(
        "error: {count} decision(s) wait for a person; {written}\n  help: decide each where it says so, then run the same command again"
    );
    failure
}

/// What follows an import.
struct Update {
    generated: codegen::Plan,
    compared: Compared,
    changelog: PathBuf,
    draft: String,
    placed: Placed,
}

impl Update {
    /// Makes everything in memory, and makes sure that it can be written.
    fn of(arguments: &Arguments, imported: &import::Plan) -> Result<Self, Stop> {
        let spec = &imported.done.folder;
        let out = or_default(arguments.out.as_deref(), "generated");
        let files = imported.files.iter();
        let sources: Sources = files
            .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
            .collect();
        let generated = codegen::Plan::new(spec, sources.clone(), &out).map_err(|failure| {
            if failure.told.is_none() {
                Stop::Failure(failure)
            } else if alibabacloud_codegen::undecided_model(&sources).is_ok() {
                Stop::Undecided(failure)
            } else {
                Stop::Failure(beyond(failure))
            }
        })?;
        generated.allow()?;
        let compared = diff::since(&arguments.since, &generated.api, spec, &out)?;
        let draft = review::changelog(&compared.diff);
        let changelog = or_default(arguments.changelog.as_deref(), "CHANGELOG.md");
        let text = fs::read_to_string(&changelog);
        let text = text.map_err(|error| Failure::io("read", &changelog, &error))?;
        let base = diff::past(&arguments.since, &changelog);
        let placed = changelog::place(&text, base.as_deref(), &draft, &compared.step());
        Ok(Self {
            generated,
            compared,
            changelog,
            draft,
            placed,
        })
    }

    fn is_fresh(&self) -> bool {
        self.generated.is_fresh() && !matches!(self.placed, Placed::Text(_))
    }

    fn write(&self) -> Result<(), Failure> {
        self.generated.write()?;
        match &self.placed {
            Placed::Text(text) => files::write_one(&self.changelog, text, &CHANGELOG),
            Placed::Unchanged | Placed::Kept(_) => Ok(()),
        }
    }

    /// What is done, and what is left to a person.
    fn told(&self, mode: Mode) -> String {
        let compared = self.compared.told(Format::Human);
        let mut told = format!("\n{}\n\n{compared}", self.generated.told());
        let path = shown(&self.changelog);
        let _ = match &self.placed {
            Placed::Unchanged | Placed::Kept(_) if self.draft.is_empty() => Ok(()),
            Placed::Unchanged => writeln!(told, "{path}: it has this as a draft"),
            Placed::Text(_) if mode == Mode::Check => {
                writeln!(told, "{path}: it would have this as a draft")
            }
            Placed::Text(_) if self.draft.is_empty() => {
                writeln!(
                    told,
                    "{path}: the draft is gone, since nothing changes any more"
                )
            }
            Placed::Text(_) => writeln!(told, "{path}: it has this as a draft; make it yours"),
            Placed::Kept(why) => writeln!(
                told,
                "{path}: nothing was put into it: {why}. The draft would be:\n\n{}",
                self.draft
            ),
        };
        told
    }
}

/// The failure of a description that doesn't only lack decisions.
fn beyond(mut failure: Failure) -> Failure {
    failure.message.push_str(
        "\n  help: these are places in the description as an import would make it; `cargo xtask import` writes that, so that it can be mended",
    );
    failure
}
