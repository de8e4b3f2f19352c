//! Where a comparison stands: an operation and the way of wire names within it.

use crate::model::{Direction, Field, Operation, Record};

/// Where a comparison stands.
#[derive(Clone)]
pub(super) struct Site<'a> {
    /// The operation; none for what is shared and for the service.
    pub(super) operation: Option<&'a str>,
    way: String,
    /// Whether it is told already that all names here are others: the operation's own name is.
    pub(super) renamed: bool,
}

impl<'a> Site<'a> {
    /// An operation itself.
    pub(super) fn operation(operation: &'a Operation, renamed: bool) -> Self {
        Self {
            operation: Some(&operation.id),
            way: String::new(),
            renamed,
        }
    }

    /// Something that belongs to no operation.
    pub(super) fn apart(name: impl Into<String>) -> Self {
        Self {
            operation: None,
            way: name.into(),
            renamed: false,
        }
    }

    /// A part of an operation: `request`, `response`.
    pub(super) fn part(&self, name: &str) -> Self {
        Self {
            way: name.to_owned(),
            ..self.clone()
        }
    }

    /// A field of what is here.
    pub(super) fn field(&self, wire: &str) -> Self {
        let between = if matches!(self.way.as_str(), "request" | "response") {
            " "
        } else {
            "."
        };
        self.with(&format!("{between}{wire}"))
    }

    /// What is in a list or a map.
    pub(super) fn inside(&self, mark: &str) -> Self {
        self.with(mark)
    }

    fn with(&self, more: &str) -> Self {
        Self {
            way: format!("{}{more}", self.way),
            ..self.clone()
        }
    }

    /// The same, where all names are told to be others.
    pub(super) fn renamed_if(mut self, renamed: bool) -> Self {
        self.renamed |= renamed;
        self
    }

    pub(super) fn subject(&self) -> String {
        self.way.clone()
    }
}

/// A pair of records, old and new, with their paths in Rust.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Record,
    pub(super) new: &'a Record,
    pub(super) old_path: String,
    pub(super) new_path: String,
}

/// A field, old and new, with the paths of the records that have it.
pub(super) struct Held<'a, 'p> {
    pub(super) old: &'a Field,
    pub(super) new: &'a Field,
    pub(super) old_path: &'p str,
    pub(super) new_path: &'p str,
    pub(super) direction: Direction,
}

impl Held<'_, '_> {
    pub(super) fn old_name(&self) -> String {
        format!("{}.{}", self.old_path, self.old.name)
    }

    pub(super) fn new_name(&self) -> String {
        format!("{}.{}", self.new_path, self.new.name)
    }
}
