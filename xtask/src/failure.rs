//! Why a command failed, and with which status it ends.

use std::fmt;
use std::path::Path;

use crate::messages::Told;

/// How a command ends that doesn't succeed. `cargo xtask --help` documents the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Something was found that must be mended: problems, a difference, a step of CI that fails.
    Found = 1,
    /// The command was called wrongly.
    Usage = 2,
    /// A file, a program or a stream that can't be used.
    Environment = 3,
}

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    /// The problems, where it failed by problems.
    pub(crate) told: Option<Told>,
    /// What happened, for a person to read.
    pub(crate) message: String,
    exit: Exit,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(told) = &self.told {
            writeln!(f, "{told}\n")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// Something that must be mended.
    pub(crate) fn found(message: impl Into<String>) -> Self {
        Self::new(message, Exit::Found)
    }

    /// A wrong call.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(message, Exit::Usage)
    }

    /// Something around the command that doesn't work.
    pub(crate) fn environment(message: impl Into<String>) -> Self {
        Self::new(message, Exit::Environment)
    }

    /// A failed access to a file.
    pub(crate) fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::environment(format!("error: can't {what} {}: {error}", path.display()))
    }

    fn new(message: impl Into<String>, exit: Exit) -> Self {
        Self {
            told: None,
            message: message.into(),
            exit,
        }
    }

    /// The same, with problems to be told first.
    pub(crate) fn with(self, told: Told) -> Self {
        Self {
            told: Some(told),
            ..self
        }
    }

    /// The status with which the process ends.
    pub fn exit(&self) -> Exit {
        self.exit
    }
}
