//! `cargo xtask bundle`: the description as one OpenAPI document, for other tools.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::description;
use crate::messages::Output;
use crate::{Failure, or_default};

/// Print the description as one OpenAPI 3.0 document, for other tools.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// Folder of the description, with its openapi.yaml [default: specs/cams]
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// How problems are told.
    #[command(flatten)]
    pub output: Output,
}

/// Runs the command.
///
/// # Errors
///
/// Problems of the description, files that can't be read, and a standard output that takes nothing.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = bundle(&or_default(arguments.spec.as_deref(), "specs/cams"))?;
    print(&text, &mut io::stdout().lock())
}

/// The description as one document.
///
/// # Errors
///
/// Problems of the description, and files that can't be read.
pub fn bundle(spec: &Path) -> Result<String, Failure> {
    let sources = description::read(spec)?;
    let text = alibabacloud_codegen::bundle(&sources);
    let text = text.map_err(|problems| description::rejected(spec, sources, &problems))?;
    Ok(text + "\n")
}

/// Prints a text. A reader that has seen enough, as `head` does, is no failure.
///
/// # Errors
///
/// Any other reason for which the text isn't taken.
pub fn print(text: &str, out: &mut impl Write) -> Result<(), Failure> {
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::environment(format!(
            "error: can't write to the standard output: {error}"
        ))),
        Ok(()) | Err(_) => Ok(()),
    }
}
