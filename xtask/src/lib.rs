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
pub mod update;

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

pub use failure::{Exit, Failure};

/// The folder of the workspace: the one that cargo runs this in, or else was built in.
pub fn workspace() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let package = package.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    package.parent().unwrap_or(&package).to_owned()
}

/// A path as a person at the terminal would write it: without the folder where they are.
pub(crate) fn shown(path: &Path) -> std::path::Display<'_> {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display()
}

/// The path that is given, or one of the workspace.
pub(crate) fn or_default(given: Option<&Path>, default: &str) -> PathBuf {
    given.map_or_else(|| workspace().join(default), Path::to_owned)
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
