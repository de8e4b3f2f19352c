//! What the grammar's tables can't say: keys that go together, or that exclude each other.

use std::collections::{BTreeMap, BTreeSet};

use super::check::Walk;
use super::grammar::Part;
use super::openapi::TYPES;
use super::report::{code, did_you_mean, list};
use super::tree::{Mapping, Member, Node, Place, ScalarKind};
use crate::problem::Code;

/// Checks one object, after the shapes of its values.
pub(crate) fn part(walk: &mut Walk<'_>, members: &Mapping, place: Place, part: Part) {
    match part {
        Part::Document => tags(walk, members),
        Part::Schema => schema(walk, members, place),
        Part::Parameter => parameter(walk, members, place),
        Part::Header => schema_or_content(walk, members, place, part),
        Part::Responses if members.is_empty() => {
            let help = "add the response to a success, `\"200\":`";
            walk.add(
                place,
                Code::MISSING_KEY,
                "`responses` has no response",
                help,
            );
        }
        Part::Link => link(walk, members, place),
        Part::SecurityScheme => security_scheme(walk, members, place),
        _ => {}
    }
}

fn tags(walk: &mut Walk<'_>, members: &Mapping) {
    let items = members
        .get("tags")
        .and_then(|member| member.value.sequence())
        .unwrap_or_default();
    let mut seen = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let Some(name) = item.get("name").and_then(Node::text) else {
            continue;
        };
        if let Some(first) = seen.insert(name, item.place.line) {
            let message = format!(
                "the tag {} is declared twice, first in line {first}",
                code(name)
            );
            let path = ["tags", &index.to_string()];
            twice(walk, &path, item.place, message);
        }
    }
}

/// Of two that stand there, one is meant.
fn twice(walk: &mut Walk<'_>, path: &[&str], place: Place, message: String) {
    walk.add_at(
        path,
        place,
        Code::DUPLICATE_KEY,
        message,
        "keep one of the two",
    );
}

/// The keywords that say something about some types only.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("format", &["string", "integer", "number"]),
    ("enum", &["string", "integer", "number", "boolean"]),
    ("pattern", &["string"]),
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("multipleOf", &["integer", "number"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
];

/// Whether a keyword says something about a type.
pub(crate) fn is_about(keyword: &str, kind: &str) -> bool {
    let mut listed = KEYWORDS.iter().filter(|(word, _)| *word == keyword);
    listed.all(|(_, kinds)| kinds.contains(&kind))
}

fn schema(walk: &mut Walk<'_>, members: &Mapping, place: Place) {
    let kind = members.get("type").and_then(|member| member.value.text());
    // A type that doesn't exist has been reported, and says nothing about the keys beside it.
    if let Some(kind) = kind.filter(|kind| TYPES.contains(kind)) {
        schema_of_type(walk, members, place, kind);
    }
    for word in ["allOf", "oneOf", "anyOf"] {
        if let Some(member) = members.get(word)
            && member.value.sequence().is_some_and(<[_]>::is_empty)
        {
            let message = format!("`{word}` is empty");
            let help = "list at least one schema, or take it out";
            walk.add_at(&[word], member.key, Code::CONFLICTING_KEYS, message, help);
        }
    }
    if let Some(member) = members.get("enum") {
        enumeration(walk, member, kind);
    }
    if let Some(member) = members.get("required") {
        required(walk, member, members);
    }
    if let Some(member) = members.get("x-rust-names") {
        variant_names(walk, member, members);
    }
}

fn schema_of_type(walk: &mut Walk<'_>, members: &Mapping, place: Place, kind: &str) {
    if kind == "array" && !members.contains_key("items") {
        let help = "add `items:` with the schema of one item";
        walk.add(place, Code::MISSING_KEY, "an array lacks `items`", help);
    }
    for (word, kinds) in KEYWORDS {
        if let Some(member) = members.get(*word)
            && !kinds.contains(&kind)
        {
            let message = format!("`{word}` says nothing about `type: {kind}`");
            let help = format!(
                "take it out, or write the type it is for: {}",
                list(kinds.iter().copied())
            );
            walk.add_at(&[word], member.key, Code::CONFLICTING_KEYS, message, help);
        }
    }
    if kind == "integer" {
        for word in ["minimum", "maximum", "multipleOf"] {
            if let Some(member) = members.get(word)
                && !is_kind(
                    &member.value,
                    &[ScalarKind::Int, ScalarKind::HugeInt, ScalarKind::String],
                )
            {
                let message = format!("`{word}` of an integer must be a whole number");
                let help = "write it without a fraction, or make it `type: number`";
                walk.add_at(&[word], member.key, Code::WRONG_TYPE, message, help);
            }
        }
    }
}

fn is_kind(node: &Node, kinds: &[ScalarKind]) -> bool {
    node.scalar()
        .is_none_or(|scalar| kinds.contains(&scalar.kind))
}

fn enumeration(walk: &mut Walk<'_>, member: &Member, kind: Option<&str>) {
    let Some(items) = member.value.sequence() else {
        return;
    };
    if items.is_empty() {
        let help = "list the values, or take it out";
        walk.add_at(
            &["enum"],
            member.key,
            Code::ENUM_VALUES,
            "`enum` is empty",
            help,
        );
    }
    let mut seen = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let path = ["enum", &*index.to_string()];
        let Some(scalar) = item.scalar() else {
            let message = "a value of `enum` must be a plain value";
            let help = "write a string, a number or a boolean";
            walk.add_at(&path, item.place, Code::ENUM_VALUES, message, help);
            continue;
        };
        if let Some(first) = seen.insert((scalar.kind, &*scalar.text), item.place.line) {
            let message = format!(
                "the value {} stands in `enum` twice, first in line {first}",
                code(&scalar.text)
            );
            twice(walk, &path, item.place, message);
        }
        if let Some(kind) = kind
            && !value_fits(scalar.kind, kind)
        {
            let message = format!(
                "the value {} of `enum` is not of `type: {kind}`",
                code(&scalar.text)
            );
            let help = match kind {
                "string" => format!(
                    "put it in quotes: {}",
                    code(&format!("\"{}\"", scalar.text))
                ),
                _ => format!("write a value of type {kind}, without quotes"),
            };
            walk.add_at(&path, item.place, Code::ENUM_VALUES, message, help);
        }
    }
}

/// Whether a value may stand in the `enum` of a type; null may in all, `nullable` has it there.
fn value_fits(value: ScalarKind, kind: &str) -> bool {
    match kind {
        "string" => matches!(value, ScalarKind::String | ScalarKind::Null),
        "integer" => matches!(
            value,
            ScalarKind::Int | ScalarKind::Null | ScalarKind::HugeInt
        ),
        "number" => !matches!(value, ScalarKind::String | ScalarKind::Bool),
        "boolean" => matches!(value, ScalarKind::Bool | ScalarKind::Null),
        _ => true,
    }
}

fn required(walk: &mut Walk<'_>, member: &Member, members: &Mapping) {
    let properties = members
        .get("properties")
        .and_then(|member| member.value.mapping());
    let mut seen = BTreeSet::new();
    for (index, item) in member
        .value
        .sequence()
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let Some(name) = item.text().filter(|name| !name.trim().is_empty()) else {
            continue;
        };
        let path = ["required", &*index.to_string()];
        if !seen.insert(name) {
            let message = format!("{} stands in `required` twice", code(name));
            twice(walk, &path, item.place, message);
        }
        if let Some(properties) = properties
            && !properties.contains_key(name)
        {
            let message = format!(
                "{} is required, but is none of the `properties`",
                code(name)
            );
            let help = did_you_mean(name, properties.keys().map(|name| &**name), || {
                "add the property, or take its name out of `required`".to_owned()
            });
            walk.add_at(&path, item.place, Code::REQUIRED_PROPERTY, message, help);
        }
    }
}

fn variant_names(walk: &mut Walk<'_>, member: &Member, members: &Mapping) {
    let names = member.value.mapping().into_iter().flatten();
    let values: BTreeSet<&str> = members
        .get("enum")
        .and_then(|member| member.value.sequence())
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.scalar().map(|scalar| &*scalar.text))
        .collect();
    for (value, name) in names {
        if !values.contains(&**value) {
            let message = format!("{} is none of the values in `enum`", code(value));
            let help = did_you_mean(value, values.iter().copied(), || {
                "name a value that `enum` lists, or take this one out".to_owned()
            });
            let path = ["x-rust-names", &**value];
            walk.add_at(&path, name.key, Code::EXTENSION_VALUE, message, help);
        }
    }
}

/// Which `style` goes with which `in`.
const STYLES: &[(&str, &[&str])] = &[
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("path", &["simple", "label", "matrix"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

fn parameter(walk: &mut Walk<'_>, members: &Mapping, place: Place) {
    schema_or_content(walk, members, place, Part::Parameter);
    let text = |name: &str| members.get(name).and_then(|member| member.value.text());
    let Some(&(within, styles)) = STYLES
        .iter()
        .find(|(within, _)| text("in") == Some(*within))
    else {
        return;
    };
    if let Some(style) = text("style")
        && !styles.contains(&style)
        && STYLES.iter().any(|(_, all)| all.contains(&style))
        && let Some(member) = members.get("style")
    {
        let message = format!("`style: {style}` doesn't go with `in: {within}`");
        let help = format!("write one of {}", list(styles.iter().copied()));
        walk.add_at(
            &["style"],
            member.key,
            Code::CONFLICTING_KEYS,
            message,
            help,
        );
    }
    for word in ["allowReserved", "allowEmptyValue"] {
        if let Some(member) = members.get(word)
            && within != "query"
        {
            let message = format!("`{word}` doesn't go with `in: {within}`");
            let help = "take it out; it is for `in: query`";
            walk.add_at(&[word], member.key, Code::CONFLICTING_KEYS, message, help);
        }
    }
    if within == "path" && !is_true(members.get("required")) {
        let help = "write `required: true`";
        let message = "a parameter in the path must be required";
        walk.add(place, Code::MISSING_KEY, message, help);
    }
}

fn is_true(member: Option<&Member>) -> bool {
    member
        .and_then(|member| member.value.scalar())
        .is_some_and(|scalar| matches!(&*scalar.text, "true" | "True" | "TRUE"))
}

/// A parameter or a header says its type in one of two ways.
fn schema_or_content(walk: &mut Walk<'_>, members: &Mapping, place: Place, part: Part) {
    match (members.get("schema"), members.get("content")) {
        (None, None) => {
            let message = format!("{part} lacks `schema`");
            let help = "add `schema:`, or `content:` for a value sent as JSON";
            walk.add(place, Code::MISSING_KEY, message, help);
        }
        (Some(_), Some(content)) => {
            let message = format!("{part} has both `schema` and `content`");
            walk.add_at(
                &["content"],
                content.key,
                Code::CONFLICTING_KEYS,
                message,
                "keep one of the two",
            );
        }
        (None, Some(content)) => {
            if let Some(types) = content.value.mapping()
                && types.len() != 1
            {
                let message = format!(
                    "`content` of {part} must have one media type, here it has {}",
                    types.len()
                );
                let help = "keep one, such as `application/json`";
                walk.add_at(
                    &["content"],
                    content.key,
                    Code::CONFLICTING_KEYS,
                    message,
                    help,
                );
            }
            beside_content(walk, members, part);
        }
        (Some(_), None) => {}
    }
}

/// What goes with `schema` alone.
fn beside_content(walk: &mut Walk<'_>, members: &Mapping, part: Part) {
    for (key, help) in [
        (
            "example",
            "move it into `content`, beside the `schema` there",
        ),
        (
            "examples",
            "move them into `content`, beside the `schema` there",
        ),
        (
            "style",
            "take it out; the media type says how the value is written",
        ),
        (
            "explode",
            "take it out; the media type says how the value is written",
        ),
    ] {
        if let Some(member) = members.get(key) {
            let message = format!("{part} can't have `{key}` beside `content`");
            walk.add_at(&[key], member.key, Code::CONFLICTING_KEYS, message, help);
        }
    }
}

fn link(walk: &mut Walk<'_>, members: &Mapping, place: Place) {
    match (members.get("operationId"), members.get("operationRef")) {
        (None, None) => {
            let message = "a link lacks `operationId`";
            walk.add(place, Code::MISSING_KEY, message, "add `operationId:`");
        }
        (Some(_), Some(second)) => {
            let message = "a link has both `operationId` and `operationRef`";
            let help = "keep one of the two";
            walk.add_at(
                &["operationRef"],
                second.key,
                Code::CONFLICTING_KEYS,
                message,
                help,
            );
        }
        _ => {}
    }
}

/// What each type of security scheme needs.
const SCHEMES: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

fn security_scheme(walk: &mut Walk<'_>, members: &Mapping, place: Place) {
    let kind = members.get("type").and_then(|member| member.value.text());
    let Some((kind, keys)) = SCHEMES.iter().find(|(name, _)| kind == Some(*name)) else {
        return;
    };
    for key in *keys {
        if !members.contains_key(*key) {
            let message = format!("a security scheme of `type: {kind}` lacks `{key}`");
            walk.add(place, Code::MISSING_KEY, message, format!("add `{key}:`"));
        }
    }
}
