//! Generates typed Rust clients of Alibaba Cloud services from OpenAPI 3.0 descriptions.
//!
//! Texts in, files out: this library touches no disk, no clock and no environment.
//!
//! ```text
//! texts ──▶ positioned tree ──checks──▶ openapiv3 document ──lower──▶ model ──emit──▶ tokens ──render──▶ files
//! ```

mod bundle;
pub mod diff;
mod emit;
pub mod import;
mod lint;
mod lower;
pub mod model;
mod naming;
mod origins;
mod parallel;
pub mod problem;
mod render;
pub mod review;
mod spec;
mod surface;

use std::collections::BTreeMap;

pub use diff::{Diff, diff};
pub use lower::FEATURES;
pub use origins::locate;
pub use problem::{Code, Kind, Level, Location, Problem, Problems};
pub use surface::{Entry, FROM, Surface, surface};

/// The texts of a description: path to content. Paths use `/` and are relative to the folder of
/// the entry, `openapi.yaml`.
pub type Sources = BTreeMap<String, Vec<u8>>;

/// How many bytes a file of a description may have. Reading one byte more is enough for the excess
/// to be reported.
pub const MOST_BYTES: usize = spec::MOST_BYTES;

/// The files of a crate: path below `src`, with `/`, to text.
pub type Files = BTreeMap<String, String>;

/// A description, read.
#[derive(Debug)]
pub struct Description {
    /// What is generated from it.
    pub api: model::Api,
    /// What serves badly in it, sorted. Nothing of it keeps a crate from being generated.
    pub warnings: Vec<Problem>,
}

/// Reads, checks and lowers a description, without emitting anything.
///
/// # Errors
///
/// Everything that is wrong with the description.
pub fn description(sources: &Sources) -> Result<Description, Problems> {
    checked(&spec::Document::read(sources)?)
}

/// Lints and lowers a document: all that either finds is told at once.
fn checked(document: &spec::Document) -> Result<Description, Problems> {
    let (linted, lowered) = parallel::both(
        || lint::lint(document.loaded()),
        || lower::lower(document, lower::Decided::All),
    );
    let (api, mut problems) = lowered;
    problems.extend(linted.problems);
    Problems::check(problems)?;
    let warnings = linted.warnings;
    Ok(Description { api, warnings })
}

/// The model of a description.
///
/// # Errors
///
/// As [`description`].
pub fn model(sources: &Sources) -> Result<model::Api, Problems> {
    Ok(description(sources)?.api)
}

/// Reads and lowers a description in which decisions may be missing that a person takes: groups,
/// retry classes, names. Substitutes stand for them: enough to compare two models, not to emit one.
///
/// # Errors
///
/// As [`model()`], those decisions aside.
pub fn undecided_model(sources: &Sources) -> Result<model::Api, Problems> {
    let document = spec::Document::read(sources)?;
    let (api, problems) = lower::lower(&document, lower::Decided::Some);
    Problems::check(problems)?;
    Ok(api)
}

/// Emits the files of a crate.
///
/// # Errors
///
/// Only by a fault of the generator: when what it emits doesn't parse.
pub fn emit(api: &model::Api) -> Result<Files, Problems> {
    render::render(&emit::files(api))
}

/// One document of all files, as JSON, for tools that read a single file. It describes the same.
///
/// # Errors
///
/// Everything that is wrong with the description, as for [`generate`].
pub fn bundle(sources: &Sources) -> Result<String, Problems> {
    let document = spec::Document::read(sources)?;
    checked(&document)?;
    bundle::bundle(&document)
}

/// Generates the files of a crate.
///
/// # Errors
///
/// Everything that is wrong with the description; then there are no files at all.
pub fn generate(sources: &Sources) -> Result<Files, Problems> {
    emit(&model(sources)?)
}
