//! Defaults, examples and limits, which the metadata has as texts, as values of their type.

use serde::de::IgnoredAny;

use super::facts::Type;
use super::tree::{ScalarKind, Tree, Value};
use crate::spec;
use crate::spec::tree::plain_kind;

/// A value that isn't one of its type.
#[derive(Debug)]
pub(super) struct Unfit;

/// An example as a value of its type; none where it is a placeholder.
pub(super) fn example(written: &Tree, ty: &Type) -> Result<Option<Tree>, Unfit> {
    let placeholder = |text: &str| text.starts_with("示例值") || text == "example";
    if written.written().is_some_and(placeholder) {
        return Ok(None);
    }
    value(written, ty)
}

/// A value of a type; none where it is empty.
pub(super) fn value(written: &Tree, ty: &Type) -> Result<Option<Tree>, Unfit> {
    let Some(text) = written.written() else {
        return structured(written, ty).map(Some);
    };
    if text.is_empty() {
        return Ok(None);
    }
    let value = match ty {
        Type::Text => Tree::string(text),
        Type::Integer("int32") => Tree::whole(text.parse::<i32>().map_err(|_| Unfit)?),
        Type::Integer(_) => Tree::whole(text.parse::<i64>().map_err(|_| Unfit)?),
        Type::Number(_) => number(text)?,
        Type::Boolean => match &*text.to_ascii_lowercase() {
            "true" => Tree::flag(true),
            "false" => Tree::flag(false),
            _ => return Err(Unfit),
        },
        Type::List(_) | Type::Map(_) | Type::Object(_) => {
            structured(&json(text).ok_or(Unfit)?, ty)?
        }
        Type::Any | Type::Shared(_) => json(text).unwrap_or_else(|| Tree::string(text)),
    };
    Ok(Some(value))
}

fn structured(value: &Tree, ty: &Type) -> Result<Tree, Unfit> {
    let fits = match ty {
        Type::List(_) => matches!(value.value, Value::List(_)),
        Type::Map(_) | Type::Object(_) => matches!(value.value, Value::Map(_)),
        Type::Any | Type::Shared(_) => true,
        _ => false,
    };
    if fits { Ok(value.clone()) } else { Err(Unfit) }
}

fn number(text: &str) -> Result<Tree, Unfit> {
    let digit = text.bytes().any(|byte| byte.is_ascii_digit());
    match plain_kind(text) {
        kind @ (ScalarKind::Int | ScalarKind::Float) if digit => Ok(Tree::scalar(text, kind)),
        _ => Err(Unfit),
    }
}

/// A limit as OpenAPI wants it beside a type.
pub(super) fn limit(name: &str, written: &Tree, ty: &Type) -> Result<Option<Tree>, Unfit> {
    let Some(text) = written.written() else {
        return Err(Unfit);
    };
    match (name, ty) {
        ("minimum" | "maximum", Type::Integer(_)) => {
            let whole = text.parse::<i64>().map_err(|_| Unfit)?;
            Ok(Some(Tree::whole(whole)))
        }
        ("minimum" | "maximum", Type::Number(_)) => number(text).map(Some),
        ("minLength" | "maxLength", Type::Text) | ("minItems" | "maxItems", Type::List(_)) => {
            let count = text.parse::<u32>().map_err(|_| Unfit)?;
            Ok(Some(Tree::whole(count)))
        }
        ("pattern", Type::Text) => Ok(Some(Tree::string(text))),
        _ => Err(Unfit),
    }
}

/// A text that is JSON with members or items.
fn json(text: &str) -> Option<Tree> {
    // Strictly: what looks like JSON but isn't may still be YAML of quite another meaning.
    if !text.starts_with(['{', '[']) || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return None;
    }
    let mut report = spec::report::Report::default();
    let mut budget = spec::parse::Budget::new();
    let node = spec::parse::parse("example", text, &mut budget, &mut report)?;
    report.conclude().ok()?;
    let tree = Tree::from(&node);
    keys_read_as_strings(&tree).then_some(tree)
}

/// Whether the tree can be written into a description and read back.
fn keys_read_as_strings(tree: &Tree) -> bool {
    match &tree.value {
        Value::Scalar(scalar) => scalar.kind != ScalarKind::HugeInt,
        Value::List(items) => items.iter().all(keys_read_as_strings),
        Value::Map(members) => members
            .iter()
            .all(|(name, member)| name.chars().count() <= 200 && keys_read_as_strings(member)),
    }
}
