//! A place in the JSON, and what is read there.

use super::{LONGEST_NAME, Members, Reader};
use crate::problem::{Code, Location};
use crate::spec::parse::MERGE;
use crate::spec::pointer;
use crate::spec::report::{self, code, describe};
use crate::spec::tree::{Node, Place, ScalarKind, Value};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct At<'n> {
    file: &'n str,
    place: Place,
    pointer: String,
    pub(super) node: &'n Node,
}

impl<'n> At<'n> {
    pub(super) fn root(file: &'n str, node: &'n Node) -> Self {
        Self {
            file,
            place: node.place,
            pointer: String::new(),
            node,
        }
    }

    /// What stands under a key; null counts as nothing.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let member = self.node.mapping()?.get(key)?;
        let mut pointer = self.pointer.clone();
        pointer::push_key(&mut pointer, key);
        (!member.value.is_null()).then_some(Self {
            file: self.file,
            place: member.key,
            pointer,
            node: &member.value,
        })
    }

    pub(super) fn location(&self) -> Location {
        report::location(self.file, self.place, &self.pointer)
    }
}

impl Reader<'_> {
    pub(super) fn problem(
        &mut self,
        at: &At<'_>,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.add(at.location(), code, message, help);
    }

    fn wrong(&mut self, at: &At<'_>, want: &str) {
        let message = format!("here must be {want}, but it is {}", describe(at.node));
        let help = "see whether the file is the vendor's `api-docs.json`, whole and unchanged";
        self.problem(at, Code::WRONG_TYPE, message, help);
    }

    pub(super) fn required<'n>(&mut self, at: &At<'n>, key: &str) -> Option<At<'n>> {
        if at.node.mapping().is_none() {
            self.wrong(at, "an object");
            return None;
        }
        let found = at.get(key);
        if found.is_none() {
            let message = format!("{} is missing", code(key));
            let help = "see whether the file is the vendor's `api-docs.json`, whole and unchanged";
            self.problem(at, Code::MISSING_KEY, message, help);
        }
        found
    }

    /// A text that isn't empty; the empty one, and a problem, where it is missing.
    pub(super) fn required_name(&mut self, at: &At<'_>, key: &str) -> String {
        let Some(found) = self.required(at, key) else {
            return String::new();
        };
        let Some(text) = self.text(&found) else {
            return String::new();
        };
        if text.trim().is_empty() {
            let help = "every one has a name in the vendor's file";
            self.problem(
                &found,
                Code::WRONG_TYPE,
                format!("{} is empty", code(key)),
                help,
            );
        }
        text.to_owned()
    }

    pub(super) fn text<'n>(&mut self, at: &At<'n>) -> Option<&'n str> {
        let text = at.node.text();
        if text.is_none() {
            self.wrong(at, "text");
        }
        text
    }

    /// True where it is there and true.
    pub(super) fn flag(&mut self, at: &At<'_>, key: &str) -> bool {
        let Some(found) = at.get(key) else {
            return false;
        };
        match found.node.scalar() {
            Some(scalar) if scalar.kind == ScalarKind::Bool => scalar.text == "true",
            _ => {
                self.wrong(&found, "true or false");
                false
            }
        }
    }

    /// The items of a list.
    pub(super) fn items<'n>(&mut self, at: &At<'n>) -> Vec<At<'n>> {
        let Value::Sequence(items) = &at.node.value else {
            self.wrong(at, "a list");
            return Vec::new();
        };
        let item = |(index, node): (usize, &'n Node)| {
            let mut pointer = at.pointer.clone();
            pointer::push_index(&mut pointer, index);
            At {
                file: at.file,
                place: node.place,
                pointer,
                node,
            }
        };
        items.iter().enumerate().map(item).collect()
    }

    /// The members of an object; null ones don't count.
    pub(super) fn members<'n>(&mut self, at: &At<'n>) -> Members<'n> {
        let Value::Mapping(members) = &at.node.value else {
            self.wrong(at, "an object");
            return Members::new();
        };
        let mut found = Members::new();
        for name in members.keys() {
            let Some(member) = at.get(name) else {
                continue;
            };
            if self.is_name(name, &member) {
                found.insert(name.clone(), member);
            }
        }
        found
    }

    pub(super) fn is_name(&mut self, name: &str, at: &At<'_>) -> bool {
        let why = if name.trim().is_empty() || name.chars().nth(LONGEST_NAME).is_some() {
            "empty or too long"
        } else if name == MERGE {
            "a key that YAML readers take for something else"
        } else {
            return true;
        };
        self.problem(
            at,
            Code::METADATA_NAME,
            format!("the name {} is {why}", code(name)),
            "names have up to 200 characters, and none is `<<`",
        );
        false
    }
}
