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
mod lower;
pub mod model;
mod naming;
mod origins;
mod parallel;
mod problem;
mod render;
pub mod review;
mod spec;
mod surface;

use std::collections::BTreeMap;

pub use diff::{Diff, diff};
pub use origins::locate;
pub use problem::{Kind, Location, Problem, Problems};
pub use surface::{Entry, FROM, Surface, surface};

/// The texts of a description: path to content. Paths use `/` and are relative to the folder of
/// the entry, `openapi.yaml`.
pub type Sources = BTreeMap<String, Vec<u8>>;

/// How many bytes a file of a description may have. Reading one byte more is enough for the excess
/// to be reported.
pub const MOST_BYTES: usize = spec::MOST_BYTES;

/// The files of a crate: path below `src`, with `/`, to text.
pub type Files = BTreeMap<String, String>;

/// Reads and lowers a description, without emitting anything.
///
/// # Errors
///
/// Everything that is wrong with the description.
pub fn model(sources: &Sources) -> Result<model::Api, Problems> {
    let document = spec::Document::read(sources)?;
    lower::lower(&document, lower::Decided::All)
}

/// Reads and lowers a description in which decisions may be missing that a person takes: groups,
/// retry classes, names. Substitutes stand for them: enough to compare two models, not to emit one.
///
/// # Errors
///
/// As [`model()`], those decisions aside.
pub fn undecided_model(sources: &Sources) -> Result<model::Api, Problems> {
    let document = spec::Document::read(sources)?;
    lower::lower(&document, lower::Decided::Some)
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
    lower::lower(&document, lower::Decided::All)?;
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
