//! One document of a description's files, for tools that read a single file.
//!
//! Path items of files are put in place, and what referred to another file refers to the document.
//! All else stays as it is written, in its order.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::problem::{Code, Problem, Problems};
use crate::spec::grammar::{Part, Shape};
use crate::spec::pointer::push_key;
use crate::spec::tree::{Mapping, Node, Value};
use crate::spec::value::value;
use crate::spec::{Document, Loaded};

/// The document as JSON, without a line break at its end.
pub(crate) fn bundle(document: &Document) -> Result<String, Problems> {
    let loaded = document.loaded();
    let file = loaded.entry();
    let Some(node) = loaded.node(file, "") else {
        return Ok(String::new());
    };
    let bundle = Bundle {
        loaded,
        paths: paths(loaded),
    };
    let root = Here {
        bundle: &bundle,
        file,
        node,
        shape: Shape::Part(Part::Document),
    };
    let text = serde_json::to_string_pretty(&root);
    text.map(escaped).map_err(|error| {
        Problems::from(Problem {
            location: loaded.location(file, ""),
            code: Code::INTERNAL,
            message: format!("the document can't be written: {error}"),
            help: "report this as a fault of the generator".to_owned(),
        })
    })
}

/// JSON takes characters as they are that YAML wants escaped. All of them stand within strings.
fn escaped(text: String) -> String {
    let wanted = |c: char| {
        matches!(
            c,
            '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
    };
    if !text.contains(wanted) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if wanted(c) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

struct Bundle<'b> {
    loaded: &'b Loaded,
    /// From the file of a path item to where it is put, as a reference spells it.
    paths: BTreeMap<String, String>,
}

fn paths(loaded: &Loaded) -> BTreeMap<String, String> {
    let entry = loaded.entry();
    let members = loaded.node(entry, "/paths").and_then(Node::mapping);
    let files = members.into_iter().flatten().filter_map(|(path, member)| {
        let reference = member.value.get("$ref")?.text()?;
        let (file, _) = loaded.resolve(entry, reference)?;
        let mut pointer = "/paths".to_owned();
        push_key(&mut pointer, path);
        Some((file, percent_encoded(&pointer)))
    });
    files.collect()
}

/// A pointer as it may stand in a fragment (RFC 3986, section 3.5).
fn percent_encoded(pointer: &str) -> String {
    let mut encoded = String::new();
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/~?:@!$&'()*+,;=-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A value of the description, which knows enough to tell a reference from data that looks so.
#[derive(Clone, Copy)]
struct Here<'b> {
    bundle: &'b Bundle<'b>,
    file: &'b str,
    node: &'b Node,
    shape: Shape,
}

impl Here<'_> {
    /// What is at a key or an index.
    fn step<'n>(&'n self, token: &str, node: &'n Node) -> Here<'n> {
        Here {
            node,
            shape: self.shape.step(token).unwrap_or(Shape::Free),
            ..*self
        }
    }

    /// The text of the reference that a mapping is, and the file to which it leads.
    fn reference<'m>(&self, members: &'m Mapping) -> Option<(&'m str, String)> {
        if !matches!(self.shape, Shape::PartOrRef(_) | Shape::FlagOrSchema) {
            return None;
        }
        let text = members.get("$ref")?.value.text()?;
        let (file, _) = self.bundle.loaded.resolve(self.file, text)?;
        Some((text, file))
    }
}

impl Serialize for Here<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = match &self.node.value {
            Value::Scalar(_) => return value(self.node).serialize(serializer),
            Value::Sequence(items) => {
                // All items are of one shape.
                return serializer.collect_seq(items.iter().map(|item| self.step("0", item)));
            }
            Value::Mapping(members) => members,
        };
        let Some((text, file)) = self.reference(members) else {
            let members = members
                .iter()
                .map(|(name, member)| (name, self.step(name, &member.value)));
            return serializer.collect_map(members);
        };
        if let Shape::PartOrRef(Part::PathItem) = self.shape
            && let Some(node) = self.bundle.loaded.node(&file, "")
        {
            let item = Here {
                file: &file,
                node,
                shape: Shape::Part(Part::PathItem),
                ..*self
            };
            return item.serialize(serializer);
        }
        let place = self.bundle.paths.get(&file).map_or("", String::as_str);
        let (_, fragment) = text.split_once('#').unwrap_or((text, ""));
        serializer.collect_map([("$ref", format!("#{place}{fragment}"))])
    }
}
