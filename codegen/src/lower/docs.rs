//! From descriptions to documentation.

use serde_json::Value;

use super::markdown::{markdown, plain};
use crate::model::{About, Docs, Fact};
use crate::spec::{Limits, Schema};

/// A description, or where there is none at least the name on the wire.
pub(super) fn described(description: Option<&str>, wire: &str) -> Docs {
    let docs = markdown(description.unwrap_or_default());
    if docs.is_empty() {
        vec![format!("{}; not described.", span(wire))]
    } else {
        docs
    }
}

/// A description that must stand on one line.
pub(super) fn sentence(text: &str) -> String {
    markdown(text).join(" ")
}

/// What a field documents beside its description: default, bounds, an example.
pub(super) fn facts(
    schema: &Schema<'_>,
    default: Option<&Value>,
    example: Option<&Value>,
) -> Vec<Fact> {
    let fact = |about: About| move |text: String| Fact { about, text };
    let default = default.map(|default| format!("Default of the service: {}.", code(default)));
    let example = example.map(|example| format!("Example: {}.", code(example)));
    let bounds = bounds(&schema.limits()).into_iter();
    let facts = default.into_iter().map(fact(About::Default));
    let facts = facts.chain(bounds.map(fact(About::Limit)));
    facts.chain(example.map(fact(About::Example))).collect()
}

fn bounds(limits: &Limits) -> Vec<String> {
    let range = |what: &str, least: Option<String>, most: Option<String>| match (least, most) {
        (Some(least), Some(most)) if least == most => Some(format!("{what}: exactly {most}.")),
        (Some(least), Some(most)) => Some(format!("{what}: {least} to {most}.")),
        (Some(least), None) => Some(format!("{what}: {least} or more.")),
        (None, Some(most)) => Some(format!("{what}: up to {most}.")),
        (None, None) => None,
    };
    let count = |limit: Option<usize>| limit.map(|limit| limit.to_string());
    let mut bounds = vec![
        range("Range", limits.minimum.clone(), limits.maximum.clone()),
        range(
            "Characters",
            count(limits.min_length),
            count(limits.max_length),
        ),
        range("Items", count(limits.min_items), count(limits.max_items)),
    ];
    bounds.push(
        limits
            .pattern
            .as_ref()
            .map(|pattern| format!("Pattern: {}.", span(pattern))),
    );
    bounds.into_iter().flatten().collect()
}

/// A value as it would be given.
fn code(value: &Value) -> String {
    match value {
        Value::String(text) => span(text),
        other => span(&other.to_string()),
    }
}

/// A code span around any text, on one line.
pub(super) fn span(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c == '\n' { ' ' } else { plain(c) })
        .collect();
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    if longest == 0 && !text.trim().is_empty() {
        return format!("`{text}`");
    }
    let ticks = "`".repeat(longest + 1);
    format!("{ticks} {text} {ticks}")
}
