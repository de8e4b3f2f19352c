//! What is wrong with a description, where, and what to do about it.

use std::fmt;

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

/// Declares the kinds of problem: the name that a reader sees, and what it means.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// The kind of a problem: stable, short, searchable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Kind {
            /// The kind as it is printed, in kebab case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// The text is not YAML or JSON, or not UTF-8.
    Syntax = "syntax",
    /// Deeper, larger or with more aliases than the bounds allow.
    TooLarge = "too-large",
    /// One key twice in a mapping.
    DuplicateKey = "duplicate-key",
    /// A key that OpenAPI doesn't have at that place.
    UnknownKey = "unknown-key",
    /// A key that must be there isn't.
    MissingKey = "missing-key",
    /// A value of another shape than OpenAPI wants at that place.
    WrongShape = "wrong-shape",
    /// Not OpenAPI 3.0.
    Version = "version",
    /// A file that is named but isn't there, or that nothing names.
    File = "file",
    /// A `$ref` that leads nowhere, or round in a circle.
    Reference = "reference",
    /// Valid OpenAPI that this generator doesn't carry.
    Unsupported = "unsupported",
    /// An operation that lacks what makes a method of it.
    Operation = "operation",
    /// A name that can't be used in Rust, or that two things would share.
    Name = "name",
    /// An `x-acs-*` or `x-rust-*` extension that is used wrongly.
    Extension = "extension",
    /// A fault of the generator itself.
    Internal = "internal",
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
    /// Its kind.
    pub kind: Kind,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
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
            "{}:{line}:{column}: error[{}]: {}",
            printable(file),
            self.kind.name(),
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
                kind: Kind::TooLarge,
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
