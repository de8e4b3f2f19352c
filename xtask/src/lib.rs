//! What the project's own commands do; a library, so that tests can call it.

pub mod bundle;
pub mod ci;
pub mod codegen;
pub mod commands;
mod description;
pub mod diff;
pub mod explain;
mod failure;
mod files;
mod folder;
pub mod import;
pub mod messages;
pub mod tidy;

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

pub use failure::{Exit, Failure};

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Writes what a command was asked for to the standard output. A reader that has gone away, as
/// `head` does, is no failure.
pub(crate) fn print(what: &dyn fmt::Display) {
    let _ = write!(std::io::stdout().lock(), "{what}");
}

/// Says something on the standard error stream.
#[allow(clippy::print_stderr, reason = "this is where the commands speak")]
pub fn say(what: &dyn fmt::Display) {
    eprintln!("{what}");
}
