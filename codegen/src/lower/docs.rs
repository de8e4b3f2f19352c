//! From descriptions to documentation that rustdoc takes without a warning.

use std::fmt::Write;

use serde_json::Value;

use crate::model::Docs;
use crate::spec::{Limits, Schema};

/// Markdown as it stands in a description, made safe for rustdoc: what would be an intra-doc link,
/// an HTML tag, a bare URL or a doctest there is escaped.
pub(super) fn markdown(text: &str) -> Docs {
    let mut fenced = false;
    let lines = text.trim().lines().map(|line| {
        let line = line.trim_end();
        let fence = line.trim_start().starts_with("```");
        if !fence {
            return if fenced {
                vec![line.to_owned()]
            } else {
                wrap(&prose(line))
            };
        }
        fenced = !fenced;
        // A fence without a language would be compiled as Rust.
        let language = if fenced && line.ends_with("```") {
            "text"
        } else {
            ""
        };
        vec![format!("{line}{language}")]
    });
    let mut docs: Docs = lines.flatten().collect();
    if fenced {
        docs.push("```".to_owned());
    }
    docs
}

/// A description, or where there is none at least the name on the wire.
pub(super) fn described(description: Option<&str>, wire: &str) -> Docs {
    let docs = markdown(description.unwrap_or_default());
    if docs.is_empty() {
        vec![format!("`{wire}`; not described.")]
    } else {
        docs
    }
}

/// How long a line of documentation may become.
const WIDTH: usize = 100;

/// Breaks a long line between words, so that the difference of a later change is small.
fn wrap(line: &str) -> Docs {
    // Tables and headings must stay whole.
    if line.starts_with(['|', '#']) {
        return vec![line.to_owned()];
    }
    let indent = line.len() - line.trim_start_matches([' ', '-', '*']).len();
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= WIDTH || begins_block(word) {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(format!("{:indent$}{word}", ""));
        }
    }
    lines
}

/// Whether a word would begin a list, a heading or a quotation if it stood first in a line.
fn begins_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let numbered = number.len() < word.len() && number.chars().all(|c| c.is_ascii_digit());
    matches!(word, "-" | "+" | "*" | "=") || word.starts_with(['#', '>', '|']) || numbered
}

/// One line outside of a fence.
fn prose(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest),
            '[' => link(rest),
            '<' if rest.starts_with("<http") => rest.find('>').map(|end| end + 1),
            _ => None,
        };
        if let Some(length) = taken {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if let Some(length) = url(rest) {
            let _ = write!(out, "<{}>", &rest[..length]);
            rest = &rest[length..];
        } else {
            if matches!(c, '[' | ']' | '<') {
                out.push('\\');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The length of the code span that `text` begins with.
fn code_span(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let close = text[ticks..].find(&text[..ticks])?;
    Some(ticks + close + ticks)
}

/// The length of the inline link that `text` begins with.
fn link(text: &str) -> Option<usize> {
    let label = text.find("](")?;
    let end = text[label..].find(')')?;
    Some(label + end + 1)
}

/// The length of the bare URL that `text` begins with; closing punctuation isn't part of it.
fn url(text: &str) -> Option<usize> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>()[]`\"".contains(c));
    Some(
        text[..end.unwrap_or(text.len())]
            .trim_end_matches(['.', ',', ';', ':', '!', '?'])
            .len(),
    )
}

/// What a field documents beside its description: default, bounds, an example.
pub(super) fn facts(schema: &Schema<'_>, example: Option<&Value>) -> Docs {
    let mut facts = Vec::new();
    if let Some(default) = schema.default() {
        facts.push(format!("Default of the service: {}.", code(default)));
    }
    facts.extend(bounds(&schema.limits()));
    if let Some(example) = example {
        facts.push(format!("Example: {}.", code(example)));
    }
    if facts.is_empty() {
        Docs::new()
    } else {
        vec![facts.join(" ")]
    }
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
fn span(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
