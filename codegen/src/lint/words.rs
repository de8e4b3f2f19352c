//! Texts that say nothing.

use super::Findings;
use super::element::Element;
use crate::naming;
use crate::problem::Code;
use crate::spec::Loaded;
use crate::spec::grammar::Part;
use crate::spec::report::code;
use crate::spec::tree::Node;

/// Words that say nothing about a thing, in any description.
const EMPTY: &[&str] = &[
    "a", "an", "and", "for", "in", "is", "its", "of", "on", "or", "that", "the", "this", "to",
    "which",
];

pub(super) fn check<'d>(
    loaded: &'d Loaded,
    element: &Element<'d, '_>,
    findings: &mut Findings<'d>,
) {
    let (name, what, key) = match element.part {
        Part::Operation => (
            element.node.get("operationId").and_then(Node::text),
            "the operation",
            "summary",
        ),
        Part::Tag => (
            element.node.get("name").and_then(Node::text),
            "the tag",
            "description",
        ),
        _ => match element.shared_type() {
            Some(name) => (Some(name), "the shared schema", "description"),
            None => (element.field(), "the field", "description"),
        },
    };
    let Some(name) = name else {
        return;
    };
    let text = if element.part == Part::Operation {
        // A summary may be as plain as the name where a description says more.
        let text = |key| element.node.get(key).and_then(Node::text);
        let description = text("description").filter(|text| !text.trim().is_empty());
        description.or(text("summary"))
    } else {
        let own = element.node.get("description").and_then(Node::text);
        own.or_else(|| element.layers(loaded).text("description"))
    };
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        let message = format!("{what} {} has no {key}", code(name));
        let help = format!("add `{key}:`, in a sentence");
        let place = element.place_of("operationId");
        return findings.warn(element, Code::NO_DESCRIPTION, place, message, help);
    };
    if repeats(text, name) {
        let message = format!("{} says no more than the name {}", code(text), code(name));
        let help = "say what the name doesn't: whose it is, its form, where it comes from";
        let place = element.place_of(key);
        findings.warn(
            element,
            Code::DESCRIPTION_REPEATS_NAME,
            place,
            message,
            help,
        );
    }
}

/// Whether all words of a text are in a name.
fn repeats(text: &str, name: &str) -> bool {
    // Nobody repeats a name in so many words.
    if text.len() > 4 * name.len() + 20 {
        return false;
    }
    let name = naming::snake(name);
    let name: Vec<&str> = name.split('_').map(singular).collect();
    let mut words = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(singular);
    words.all(|word| {
        let is = |other: &&str| word.eq_ignore_ascii_case(other);
        name.iter().any(is) || EMPTY.iter().any(is)
    })
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s')
        .filter(|one| one.len() > 1)
        .unwrap_or(word)
}
