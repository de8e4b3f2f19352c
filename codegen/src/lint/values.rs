//! Examples, defaults and limits that contradict the schema they stand in.

use super::Findings;
use super::element::{Element, Layers};
use crate::problem::Code;
use crate::spec::Loaded;
use crate::spec::grammar::Part;
use crate::spec::report::{code, describe};
use crate::spec::tree::{Node, Scalar, ScalarKind, Value};

/// How deep the values within a value are looked at.
const MOST_LEVELS: usize = 8;

pub(super) fn check<'d>(
    loaded: &'d Loaded,
    element: &Element<'d, '_>,
    findings: &mut Findings<'d>,
) {
    if !matches!(
        element.part,
        Part::Parameter | Part::Schema | Part::MediaType
    ) {
        return;
    }
    for (key, lint) in [
        ("example", Code::EXAMPLE_CONTRADICTS),
        ("default", Code::DEFAULT_CONTRADICTS),
    ] {
        let Some(value) = element.node.get(key) else {
            continue;
        };
        let layers = element.layers(loaded);
        if let Some(wrong) = contradiction(loaded, value, &layers, MOST_LEVELS) {
            let message = format!("the {key} contradicts the schema: {wrong}");
            let help = format!("correct the {key}, or the schema if that is what is wrong");
            findings.warn(element, lint, element.place_of(key), message, help);
        }
    }
    if element.part == Part::Schema {
        ranges(element, findings);
    }
}

fn ranges<'d>(element: &Element<'d, '_>, findings: &mut Findings<'d>) {
    for (low, high) in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ] {
        let limit = |key| number(element.node.get(key)?.scalar()?);
        if let (Some(least), Some(most)) = (limit(low), limit(high))
            && least > most
        {
            let message = format!("`{low}` is {least}, above `{high}`, which is {most}");
            let help = "swap them, or correct the one that is wrong";
            findings.warn(
                element,
                Code::EMPTY_RANGE,
                element.place_of(low),
                message,
                help,
            );
        }
    }
}

/// What of a value its schema doesn't take, in words.
fn contradiction<'d>(
    loaded: &'d Loaded,
    value: &Node,
    schema: &Layers<'d>,
    levels: usize,
) -> Option<String> {
    let kind = schema.text("type")?;
    if levels == 0 || value.is_null() {
        return None;
    }
    match (&value.value, kind) {
        (Value::Mapping(members), "object") => {
            let (file, properties) = schema.properties()?;
            members.iter().find_map(|(name, member)| {
                let schema = &properties.get(name)?.value;
                let schema = Layers::of(loaded, file.clone(), schema);
                contradiction(loaded, &member.value, &schema, levels - 1)
            })
        }
        (Value::Sequence(items), "array") => {
            let within = schema.items(loaded)?;
            let mut wrong = items
                .iter()
                .filter_map(|item| contradiction(loaded, item, &within, levels - 1));
            wrong.next().or_else(|| {
                let length = precise(items.len());
                outside(schema, length, "minItems", "maxItems", "items")
            })
        }
        (Value::Scalar(scalar), _) if fits(scalar, kind) => {
            scalar_contradiction(scalar, kind, schema)
        }
        _ => Some(format!("it is {}, not of `type: {kind}`", describe(value))),
    }
}

fn fits(scalar: &Scalar, kind: &str) -> bool {
    match kind {
        "string" => scalar.kind == ScalarKind::String,
        "boolean" => scalar.kind == ScalarKind::Bool,
        "integer" => matches!(scalar.kind, ScalarKind::Int | ScalarKind::HugeInt),
        "number" => matches!(
            scalar.kind,
            ScalarKind::Int | ScalarKind::Float | ScalarKind::HugeInt
        ),
        _ => false,
    }
}

fn scalar_contradiction(scalar: &Scalar, kind: &str, schema: &Layers<'_>) -> Option<String> {
    let values = schema.get("enum").and_then(Node::sequence);
    if let Some(values) = values {
        let listed = values.iter().filter_map(Node::scalar);
        if !listed.clone().any(|listed| listed.text == scalar.text) {
            return Some(format!(
                "{} is none of the valid values",
                code(&scalar.text)
            ));
        }
    }
    match kind {
        "string" => {
            let length = precise(scalar.text.chars().count());
            outside(schema, length, "minLength", "maxLength", "characters")
        }
        "integer" | "number" => outside(schema, number(scalar)?, "minimum", "maximum", ""),
        _ => None,
    }
}

/// Whether a quantity is out of its limits.
fn outside(schema: &Layers<'_>, is: f64, low: &str, high: &str, of: &str) -> Option<String> {
    let limit = |key: &str| number(schema.get(key)?.scalar()?);
    let of = if of.is_empty() {
        String::new()
    } else {
        format!(" {of}")
    };
    if let Some(limit) = limit(low).filter(|limit| is < *limit) {
        return Some(format!("{is}{of}, and `{low}` is {limit}"));
    }
    let limit = limit(high).filter(|limit| is > *limit)?;
    Some(format!("{is}{of}, and `{high}` is {limit}"))
}

fn number(scalar: &Scalar) -> Option<f64> {
    let numeric = matches!(scalar.kind, ScalarKind::Int | ScalarKind::Float);
    numeric.then(|| scalar.text.parse().ok()).flatten()
}

/// A length as a number; no text is so long that this would round it.
fn precise(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::INFINITY, f64::from)
}
