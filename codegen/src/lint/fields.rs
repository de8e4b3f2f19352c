//! Fields that promise something else than they are.

use super::Findings;
use super::element::{Element, Layers};
use crate::naming;
use crate::problem::Code;
use crate::spec::Loaded;
use crate::spec::grammar::Part;
use crate::spec::report::code;
use crate::spec::tree::Node;

/// Words that end the names of secrets.
const SECRET: &[&str] = &[
    "credential",
    "credentials",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pwd",
    "secret",
    "token",
];

/// What stands before `key` in the names of secrets.
const SECRET_KEYS: &[&str] = &["access", "api", "private", "secret"];

/// What stands before `token` in the names of those that only lead from page to page.
const PAGES: &[&str] = &["continuation", "next", "page"];

pub(super) fn check<'d>(
    loaded: &'d Loaded,
    element: &Element<'d, '_>,
    findings: &mut Findings<'d>,
) {
    let Some(name) = element.field() else {
        return;
    };
    let required = match element.part {
        Part::Parameter => is_required(element),
        _ => element.property == Some(true),
    };
    let secret = sounds_secret(name);
    if !required && !secret {
        return;
    }
    let layers = element.layers(loaded);
    if required && layers.flag("deprecated") {
        let place = element.place_of("deprecated");
        let message = format!("{} is required and deprecated", code(name));
        let help = "take `deprecated` out, or the requirement, whichever isn't so";
        findings.warn(element, Code::DEPRECATED_REQUIRED, place, message, help);
    }
    if secret && is_text(loaded, &layers) && !is_marked(loaded, &layers) {
        let place = element.place_of("name");
        let message = format!("{} sounds like a secret, but isn't marked", code(name));
        let help = "write `format: password` in its schema, or `x-acs-sensitive: personal` if it tells of a person";
        findings.warn(element, Code::UNMARKED_SECRET, place, message, help);
    }
}

/// Whether a parameter is required; its schema has no say in it.
fn is_required(parameter: &Element<'_, '_>) -> bool {
    let flag = parameter.node.get("required").and_then(Node::scalar);
    flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
}

fn sounds_secret(name: &str) -> bool {
    // Most names end otherwise, and to find their words takes longer.
    let ends = |word: &&str| {
        let end = name.len().checked_sub(word.len());
        let end = end.and_then(|start| name.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    if !SECRET.iter().chain(&["key"]).any(ends) {
        return false;
    }
    let name = naming::snake(name);
    let mut words = name.rsplit('_');
    let (last, before) = (words.next().unwrap_or_default(), words.next());
    let before = before.unwrap_or_default();
    match last {
        "key" => SECRET_KEYS.contains(&before),
        "token" => !PAGES.contains(&before),
        _ => SECRET.contains(&last),
    }
}

/// Whether it is text, or a list of texts.
fn is_text<'d>(loaded: &'d Loaded, layers: &Layers<'d>) -> bool {
    match layers.text("type") {
        Some("string") => true,
        Some("array") => layers
            .items(loaded)
            .is_some_and(|items| items.text("type") == Some("string")),
        _ => false,
    }
}

fn is_marked<'d>(loaded: &'d Loaded, layers: &Layers<'d>) -> bool {
    let marked = |layers: &Layers<'_>| {
        layers.text("format") == Some("password") || layers.get("x-acs-sensitive").is_some()
    };
    marked(layers) || layers.items(loaded).is_some_and(|items| marked(&items))
}
