//! What is wrong with a description, where, and what to do about it.
//!
//! A [`Problem`] has a [`Code`], which says whether it is an error or a warning and has an explanation,
//! a place, a message and a help. [`render`] shows it with the line it is about.

mod code;
mod codes;
mod example;
mod excerpt;
mod human;

use std::fmt;

pub use code::{Code, Explanation, Kind, Level};
pub use example::Example;
pub use excerpt::{Excerpt, excerpt};
pub use human::render;

/// The place of something in a description.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Path of the file, as it is named in [`Sources`](crate::Sources).
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// JSON pointer within the file; empty for its root.
    pub pointer: String,
}

/// On one line, since nearly everything in a model has one.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            pointer,
        } = self;
        write!(f, "{file}:{line}:{column} #{pointer}")
    }
}

/// More than anyone reads; it keeps a hostile text from filling the memory.
pub(crate) const MOST_PROBLEMS: usize = 1_000;

/// A name's line break or escape sequence must not reach the terminal.
pub(crate) fn printable(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let mut printable = String::new();
    for character in text.chars() {
        if character.is_control() {
            printable.extend(character.escape_debug());
        } else {
            printable.push(character);
        }
    }
    printable
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub location: Location,
    /// Its code, which has an explanation.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Problem {
    /// The group that its code belongs to.
    pub fn kind(&self) -> Kind {
        self.code.kind()
    }

    /// Whether nothing can be generated with it.
    pub fn level(&self) -> Level {
        self.code.level()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Location {
            file,
            line,
            column,
            pointer,
        } = &self.location;
        writeln!(
            f,
            "{}:{line}:{column}: {}[{}]: {}",
            printable(file),
            self.level(),
            self.code,
            self.message
        )?;
        if !pointer.is_empty() {
            writeln!(f, "  at: {pointer}")?;
        }
        write!(f, "  help: {}", self.help)
    }
}

/// Everything that is wrong with a description: never empty, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// `Ok` where nothing was found, otherwise all of it, sorted, each once; what is too much isn't
    /// listed.
    pub(crate) fn check(mut found: Vec<Problem>) -> Result<(), Self> {
        if found.is_empty() {
            return Ok(());
        }
        found.sort();
        found.dedup();
        if let Some(rest) = found.get(MOST_PROBLEMS) {
            let location = rest.location.clone();
            found.truncate(MOST_PROBLEMS);
            found.push(Problem {
                location,
                code: Code::TOO_MANY_PROBLEMS,
                message: format!("more than {MOST_PROBLEMS} problems, the rest isn't listed"),
                help: "mend these first, then run again".to_owned(),
            });
        }
        for problem in &mut found {
            problem.message = printable(&problem.message);
            problem.help = printable(&problem.help);
        }
        Err(Self(found))
    }

    /// All of them.
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self {
            writeln!(f, "{problem}\n")?;
        }
        match self.0.len() {
            1 => write!(f, "1 problem"),
            many => write!(f, "{many} problems"),
        }
    }
}

impl std::error::Error for Problems {}
