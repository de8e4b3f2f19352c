//! Codes: what kinds of problem there are, each with an explanation.

use std::cmp::Ordering;
use std::fmt;

use super::codes;
use super::example::Example;

/// Declares the kinds of problem: the name that a reader sees, and what it means.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A group of codes.
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
    /// A key or a value that OpenAPI doesn't have at that place, or not so.
    Form = "form",
    /// A file that is named but isn't there, or that nothing names.
    File = "file",
    /// A `$ref` that can't be followed.
    Reference = "reference",
    /// Valid OpenAPI that this generator doesn't carry.
    Unsupported = "unsupported",
    /// An operation that lacks what makes a method of it.
    Operation = "operation",
    /// A name that can't be used in Rust, or that two things would share.
    Name = "name",
    /// An `x-acs-*` or `x-rust-*` extension that is used wrongly.
    Extension = "extension",
    /// The vendor's metadata, and what it is imported into.
    Metadata = "metadata",
    /// A description that generates, but serves badly.
    Lint = "lint",
    /// A fault of the generator itself.
    Internal = "internal",
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is generated.
    Error,
    /// A crate is generated, but it serves badly. `x-acs-allow` allows it at one place.
    Warning,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// What there is to say about a code.
#[derive(Debug)]
pub struct Explanation {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Why that is a problem, and what to do.
    pub why: &'static str,
    /// A description that has the problem; none where no text can have it.
    pub wrong: Option<Example>,
    /// The same without the problem.
    pub right: Option<Example>,
}

/// The code of a problem: stable, short, searchable. A lint is allowed by it.
#[derive(Clone, Copy)]
pub struct Code(pub(super) &'static Explanation);

impl Code {
    /// The code as it is printed, in kebab case.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The group it belongs to.
    pub fn kind(self) -> Kind {
        self.0.kind
    }

    /// Whether a problem with this code is an error or a warning.
    pub fn level(self) -> Level {
        match self.kind() {
            Kind::Lint => Level::Warning,
            _ => Level::Error,
        }
    }

    /// What there is to say about it.
    pub fn explanation(self) -> &'static Explanation {
        self.0
    }

    /// All codes, by their kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        codes::ALL.iter().copied().flatten().copied()
    }

    /// The code of a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::all().find(|code| code.name() == name)
    }

    /// The code whose name was probably meant.
    pub fn closest(name: &str) -> Option<Self> {
        let names = Self::all().map(Self::name);
        Self::find(crate::spec::report::closest(name, names)?)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}
