//! Whether a value is of a shape, and what to say where it isn't.

use std::fmt;

use super::grammar::{Part, Shape};
use super::report::{code, list};
use super::tree::{Node, ScalarKind, Value};

/// What a message calls the value it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Label<'n> {
    Root,
    Key(&'n str),
    Item(&'n str),
}

impl<'n> Label<'n> {
    pub(crate) fn of_item(self) -> Self {
        match self {
            Self::Key(name) | Self::Item(name) => Self::Item(name),
            Self::Root => Self::Root,
        }
    }
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("the root of the file"),
            Self::Key(name) => f.write_str(&code(name)),
            Self::Item(name) => write!(f, "an item of {}", code(name)),
        }
    }
}

/// Whether a scalar is of a shape; the shapes of collections are the walk's.
pub(crate) fn fits(shape: Shape, node: &Node) -> bool {
    let Some(scalar) = node.scalar() else {
        return false;
    };
    match (shape, scalar.kind) {
        (Shape::Text, ScalarKind::String) => true,
        (Shape::Name, ScalarKind::String) => !scalar.text.trim().is_empty(),
        (Shape::Flag | Shape::FlagOrSchema, ScalarKind::Bool) => true,
        // One that is too large has been reported already.
        (Shape::Number | Shape::Count | Shape::Positive, ScalarKind::HugeInt) => true,
        (Shape::Number, ScalarKind::Int) => true,
        (Shape::Number, ScalarKind::Float) => scalar.text.bytes().any(|byte| byte.is_ascii_digit()),
        (Shape::Count, ScalarKind::Int) => !is_negative(&scalar.text),
        (Shape::Positive, ScalarKind::Int) => !is_negative(&scalar.text) && !is_zero(&scalar.text),
        _ => false,
    }
}

fn is_negative(number: &str) -> bool {
    number.starts_with('-')
}

fn is_zero(number: &str) -> bool {
    !number
        .bytes()
        .any(|byte| matches!(byte, b'1'..=b'9' | b'a'..=b'f' | b'A'..=b'F'))
}

/// A shape in words, for "must be …".
pub(crate) fn want(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Name => "text that isn't empty".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "a whole number from 0".to_owned(),
        Shape::Positive => "a whole number from 1".to_owned(),
        Shape::Word(words) => want_word(words),
        Shape::Free => "a value".to_owned(),
        Shape::Part(_) => "an object".to_owned(),
        Shape::PartOrRef(Part::Schema) => "a schema or a `$ref`".to_owned(),
        Shape::PartOrRef(_) => "an object or a `$ref`".to_owned(),
        Shape::FlagOrSchema => "true, false or a schema".to_owned(),
        Shape::List(_) => "a list".to_owned(),
        Shape::Map(_) | Shape::Components(_) => "an object".to_owned(),
    }
}

/// A word of a fixed set.
pub(crate) fn want_word(words: &[&str]) -> String {
    match words {
        [one] => code(one),
        many => format!("one of {}", list(many.iter().copied())),
    }
}

/// What to write instead of a value of another shape.
pub(crate) fn help(node: &Node, shape: Shape, label: Label<'_>) -> String {
    if node.is_null() {
        return match label {
            Label::Key(_) => "write a value, or take the key out".to_owned(),
            Label::Item(_) | Label::Root => "write a value, or take the line out".to_owned(),
        };
    }
    match (shape, label, &node.value) {
        (Shape::Text | Shape::Name, _, Value::Scalar(scalar))
            if scalar.kind != ScalarKind::String =>
        {
            format!(
                "put it in quotes: {}",
                code(&format!("\"{}\"", scalar.text))
            )
        }
        (Shape::Flag, Label::Key("exclusiveMinimum" | "exclusiveMaximum"), _) => {
            "that is how OpenAPI 3.1 says it; write the number under `minimum` or `maximum`, and \
             `true` here"
                .to_owned()
        }
        (Shape::Flag, Label::Key("required"), Value::Sequence(_)) => {
            "list required properties in the schema; here write `true` or `false`".to_owned()
        }
        (Shape::List(_), Label::Key("required"), Value::Scalar(_)) => {
            "in a schema, list the names of the required properties".to_owned()
        }
        (Shape::Flag, ..) => "write `true` or `false`, without quotes".to_owned(),
        (Shape::FlagOrSchema, ..) => "write `true`, `false` or a schema".to_owned(),
        (Shape::Word(_), Label::Key("type"), Value::Sequence(_)) => {
            "that is how OpenAPI 3.1 says it; write one type, and `nullable: true` for null"
                .to_owned()
        }
        (Shape::Count | Shape::Positive | Shape::Number, _, Value::Scalar(scalar))
            if scalar.kind == ScalarKind::String =>
        {
            "write a number, without quotes".to_owned()
        }
        (Shape::List(_), ..) => "write it as a list, each item after a `-`".to_owned(),
        (Shape::Part(_) | Shape::PartOrRef(_) | Shape::Map(_) | Shape::Components(_), ..) => {
            "write it as keys and values".to_owned()
        }
        _ => format!("write {}", want(shape)),
    }
}

/// Keys that OpenAPI 3.1 has and 3.0 says otherwise.
pub(crate) const LATER_KEYS: &[(&str, &str)] = &[
    ("const", "write `enum` with one value"),
    ("examples", "write `example` with one value"),
    ("$defs", "move the schemas to `components/schemas`"),
    ("definitions", "move the schemas to `components/schemas`"),
    (
        "$schema",
        "take it out; OpenAPI 3.0 has its own schema language",
    ),
    (
        "$id",
        "take it out; OpenAPI 3.0 has its own schema language",
    ),
    ("$comment", "write a YAML comment"),
    ("prefixItems", "write one `items` for all items"),
    ("patternProperties", "write `additionalProperties`"),
];
