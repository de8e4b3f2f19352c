//! Walks a tree along the grammar. What a `$ref` leads to is looked at later, when all is read.

use std::fmt;

use super::carried;
use super::extensions::{self, Extension};
use super::grammar::{Object, Part, Rest, Shape};
use super::openapi;
use super::pointer;
use super::report::{self, Report, code, did_you_mean};
use super::rules;
use super::shape::{self, LATER_KEYS, Label, fits, want, want_word};
use super::tree::{Mapping, Member, Node, Place, ScalarKind, Value};
use crate::problem::{Code, Location};

/// openapiv3 takes much stack for a schema within a schema; nobody nests this deep by hand.
const MOST_SCHEMAS: usize = 24;

/// A `$ref` as it is written.
#[derive(Debug)]
pub(crate) struct Reference {
    /// Where `$ref` stands, its object's pointer, not the key's.
    pub(crate) location: Location,
    pub(crate) text: String,
    /// What must be at its end.
    pub(crate) wanted: Part,
}

/// Checks a file whose root must be `part`, and gives the references in it.
pub(crate) fn file(file: &str, root: &Node, part: Part, report: &mut Report) -> Vec<Reference> {
    let mut references = Vec::new();
    Walk {
        file,
        report,
        references: &mut references,
        pointer: String::new(),
        schemas: 0,
        callback: false,
        extension: false,
    }
    .value(root, root.place, Shape::Part(part), Label::Root);
    references
}

pub(crate) struct Walk<'a> {
    file: &'a str,
    report: &'a mut Report,
    references: &'a mut Vec<Reference>,
    pointer: String,
    /// How many schemas stand around the current place.
    schemas: usize,
    /// Whether one of them is a callback.
    callback: bool,
    /// Within one of our extensions every problem has one code.
    extension: bool,
}

impl Walk<'_> {
    /// Reports a problem at a place, at the current pointer.
    pub(crate) fn add(
        &mut self,
        place: Place,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let code = if self.extension {
            Code::EXTENSION_VALUE
        } else {
            code
        };
        self.report.add(
            report::location(self.file, place, &self.pointer),
            code,
            message,
            help,
        );
    }

    /// The same for what stands under `key` of the current object, or below it.
    pub(crate) fn add_at(
        &mut self,
        path: &[&str],
        place: Place,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let length = self.pointer.len();
        for step in path {
            pointer::push_key(&mut self.pointer, step);
        }
        self.add(place, code, message, help);
        self.pointer.truncate(length);
    }

    fn value(&mut self, node: &Node, place: Place, shape: Shape, label: Label<'_>) {
        match (shape, &node.value) {
            (Shape::Free, _) => self.free(node),
            (Shape::Part(part), Value::Mapping(members)) => self.part(members, place, part),
            (Shape::PartOrRef(part), Value::Mapping(members)) => {
                self.part_or_ref(members, place, part);
            }
            (Shape::FlagOrSchema, Value::Mapping(members)) => {
                self.part_or_ref(members, place, Part::Schema);
            }
            (Shape::List(shape), Value::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let length = self.pointer.len();
                    pointer::push_index(&mut self.pointer, index);
                    self.value(item, item.place, *shape, label.of_item());
                    self.pointer.truncate(length);
                }
            }
            (Shape::Map(shape), Value::Mapping(members)) => {
                for (name, member) in members {
                    self.key(name, member);
                    self.member(name, member, *shape);
                }
            }
            (Shape::Components(shape), Value::Mapping(members)) => {
                for (name, member) in members {
                    self.key(name, member);
                    self.component_name(name, member);
                    self.member(name, member, *shape);
                }
            }
            (Shape::Word(words), Value::Scalar(scalar)) if scalar.kind == ScalarKind::String => {
                if !words.contains(&&*scalar.text) {
                    self.word(node, place, words, label);
                }
            }
            _ if fits(shape, node) => {}
            _ => self.misshapen(node, place, shape, label),
        }
    }

    fn member(&mut self, name: &str, member: &Member, shape: Shape) {
        let length = self.pointer.len();
        pointer::push_key(&mut self.pointer, name);
        self.value(&member.value, member.key, shape, Label::Key(name));
        self.pointer.truncate(length);
    }

    /// Free values aren't looked into, but their keys must be strings too.
    fn free(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(_) => {}
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    let length = self.pointer.len();
                    pointer::push_index(&mut self.pointer, index);
                    self.free(item);
                    self.pointer.truncate(length);
                }
            }
            Value::Mapping(members) => {
                for (name, member) in members {
                    self.key(name, member);
                    self.member(name, member, Shape::Free);
                }
            }
        }
    }

    fn part_or_ref(&mut self, members: &Mapping, place: Place, part: Part) {
        let Some(target) = members.get("$ref") else {
            return self.part(members, place, part);
        };
        match target.value.text() {
            Some(text) => self.references.push(Reference {
                location: report::location(self.file, place, &self.pointer),
                text: text.to_owned(),
                wanted: part,
            }),
            None => {
                let shape = Shape::Text;
                self.misshapen(&target.value, target.key, shape, Label::Key("$ref"));
            }
        }
        let siblings = || members.iter().filter(|(name, _)| *name != "$ref");
        if let Some((_, first)) = siblings().next() {
            let names = report::list(siblings().map(|(name, _)| &**name));
            let help = match part {
                Part::Schema => {
                    "write `allOf:` with the `$ref` as its one item, and the other \
                                 keys beside `allOf`"
                }
                _ => "take the other keys out, or write them where the `$ref` leads",
            };
            let message = format!("{names} beside `$ref` would be ignored");
            self.add(first.key, Code::REFERENCE_SIBLINGS, message, help);
        }
    }

    fn part(&mut self, members: &Mapping, place: Place, part: Part) {
        match part {
            Part::Schema => self.schema(members, place),
            Part::Callback if self.callback => {
                let message = "a callback within a callback isn't supported";
                self.add(place, Code::NOT_CARRIED, message, "take it out");
            }
            Part::Callback => {
                self.callback = true;
                self.keys(members, place, part);
                self.callback = false;
            }
            _ => self.keys(members, place, part),
        }
    }

    fn schema(&mut self, members: &Mapping, place: Place) {
        if self.schemas == MOST_SCHEMAS {
            let message = format!("schemas nested more than {MOST_SCHEMAS} deep");
            let help = "move inner ones to `components/schemas`, and refer to them with `$ref`";
            return self.add(place, Code::TOO_DEEP, message, help);
        }
        self.schemas += 1;
        self.keys(members, place, Part::Schema);
        self.schemas -= 1;
    }

    fn keys(&mut self, members: &Mapping, place: Place, part: Part) {
        let object = openapi::object(part);
        if let Some(member) = members.get("$ref")
            && (part == Part::Callback || object.shape_of("$ref").is_none())
        {
            let message = format!("a `$ref` can't stand in the place of {part}");
            let help = "write out here what it leads to";
            return self.add_at(
                &["$ref"],
                member.key,
                Code::REFERENCE_MISPLACED,
                message,
                help,
            );
        }
        for (name, member) in members {
            self.part_member(name, member, part, &object);
        }
        for key in object.keys {
            if key.required
                && !members.contains_key(key.name)
                && !misspelt(key.name, members, &object)
            {
                let message = format!("{part} lacks `{}`", key.name);
                self.add(
                    place,
                    Code::MISSING_KEY,
                    message,
                    format!("add `{}:`", key.name),
                );
            }
        }
        rules::part(self, members, place, part);
    }

    /// Reports what would be lost of a member.
    fn lost(&mut self, name: &str, member: &Member, part: Part) {
        for (path, message, help) in carried::lost(part, name, &member.value) {
            let mut pointer = self.pointer.clone();
            pointer::push_key(&mut pointer, name);
            for step in &path {
                pointer::push_key(&mut pointer, step);
            }
            let location = report::location(self.file, member.key, &pointer);
            self.report.lost(location, Code::NOT_CARRIED, message, help);
        }
    }

    fn part_member(&mut self, name: &str, member: &Member, part: Part, object: &Object) {
        self.lost(name, member, part);
        if let Some(key) = object.keys.iter().find(|key| key.name == name) {
            return self.member(name, member, key.shape);
        }
        if object.extensible && name.starts_with("x-") {
            self.key(name, member);
            return match extensions::find(name) {
                Some(extension) => self.extension(extension, member, part),
                None if extensions::is_ours(name) => self.unknown_extension(name, member, part),
                None => self.member(name, member, Shape::Free),
            };
        }
        match object.rest {
            Some((rest, shape)) if allows(rest, name) => {
                if rest != Rest::Status {
                    self.key(name, member);
                }
                self.member(name, member, shape);
            }
            _ => self.unknown_key(name, member, part, object),
        }
    }

    fn extension(&mut self, extension: &Extension, member: &Member, part: Part) {
        if extension.allows(part) {
            let outer = std::mem::replace(&mut self.extension, true);
            self.member(extension.name, member, extension.shape);
            self.extension = outer;
            return;
        }
        let places: Vec<String> = extension.places.iter().map(Part::to_string).collect();
        let message = format!("`{}` means nothing in {part}", extension.name);
        let help = format!("move it to {}, or take it out", places.join(" or "));
        let code = Code::MISPLACED_EXTENSION;
        self.add_at(&[extension.name], member.key, code, message, help);
    }

    fn unknown_extension(&mut self, name: &str, member: &Member, part: Part) {
        let message = format!("{} is not a registered extension", code(name));
        let help = did_you_mean(name, extensions::names_in(part), || {
            let known = report::list(extensions::names_in(part));
            format!("take it out; {part} takes {known}")
        });
        self.add_at(&[name], member.key, Code::UNKNOWN_EXTENSION, message, help);
    }

    fn unknown_key(&mut self, name: &str, member: &Member, part: Part, object: &Object) {
        if self.report.is_full() {
            return;
        }
        let (message, help) = match object.rest {
            Some((Rest::Path, _)) => (
                format!("{} is not a path: it must begin with `/`", code(name)),
                format!("write {}", code(&format!("/{name}"))),
            ),
            Some((Rest::Status, _)) => (
                format!("{} is not a status code", code(name)),
                "write a code such as `\"200\"`, a range such as `4XX`, or `default`".to_owned(),
            ),
            Some((Rest::Any, _)) | None => (
                format!("{} is not a key of {part}", code(name)),
                self.unknown_key_help(name, part, object),
            ),
        };
        self.add_at(&[name], member.key, Code::UNKNOWN_KEY, message, help);
    }

    fn unknown_key_help(&self, name: &str, part: Part, object: &Object) -> String {
        if part == Part::Schema
            && let Some(&(_, help)) = LATER_KEYS.iter().find(|(key, _)| *key == name)
        {
            return help.to_owned();
        }
        let keys = || object.keys.iter().map(|key| key.name);
        let ours = extensions::names_in(part).filter(|_| object.extensible);
        did_you_mean(name, keys().chain(ours), || {
            format!("take it out; the keys here are {}", report::list(keys()))
        })
    }

    /// A key that YAML reads as something else than a string.
    fn key(&mut self, name: &str, member: &Member) {
        if member.key_kind != ScalarKind::String {
            let message = format!("the key {} is not a string", code(name));
            let help = format!("put it in quotes: `\"{name}\":`");
            self.add_at(&[name], member.key, Code::KEY_NOT_TEXT, message, help);
        }
    }

    fn component_name(&mut self, name: &str, member: &Member) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        if name.is_empty() || !name.bytes().all(plain) {
            let message = format!("{} can't be the name of a component", code(name));
            let help = "use letters, digits, `.`, `-` and `_` only";
            self.add_at(&[name], member.key, Code::COMPONENT_NAME, message, help);
        }
    }

    pub(crate) fn word(
        &mut self,
        node: &Node,
        place: Place,
        words: &[&str],
        label: impl fmt::Display,
    ) {
        let written = node.scalar().map_or("", |scalar| &*scalar.text);
        let message = format!("{} is not a value that {label} takes", code(written));
        let help = did_you_mean(written, words.iter().copied(), || {
            format!("write {}", want_word(words))
        });
        self.add(place, Code::WRONG_VALUE, message, help);
    }

    fn misshapen(&mut self, node: &Node, place: Place, shape: Shape, label: Label<'_>) {
        let message = format!(
            "{label} must be {}, here it is {}",
            want(shape),
            report::describe(node)
        );
        let help = shape::help(node, shape, label);
        self.add(place, Code::WRONG_TYPE, message, help);
    }
}

/// Whether a key is missing only because it is misspelt, which is reported on its own.
fn misspelt(missing: &str, members: &Mapping, object: &Object) -> bool {
    let names = || object.keys.iter().map(|key| key.name);
    let unknown = members
        .keys()
        .filter(|name| object.shape_of(name).is_none());
    unknown
        .take(names().count())
        .any(|name| report::closest(name, names()) == Some(missing))
}

fn allows(rest: Rest, name: &str) -> bool {
    match (rest, name.as_bytes()) {
        (Rest::Any, _) | (Rest::Path, [b'/', ..]) => true,
        (Rest::Status, [b'1'..=b'5', tens, ones]) => {
            (tens.is_ascii_digit() && ones.is_ascii_digit()) || (*tens, *ones) == (b'X', b'X')
        }
        (Rest::Path | Rest::Status, _) => false,
    }
}
