//! The order of keys: what a reader looks for first stands first.

use super::tree::{Map, Tree, Value};

/// Stands in a table for all `x-…` keys that it doesn't name.
const EXTENSIONS: &str = "x-";

const ENTRY: &[&str] = &[
    "openapi",
    "info",
    "x-acs-style",
    "x-acs-product",
    "x-acs-version",
    EXTENSIONS,
    "externalDocs",
    "servers",
    "tags",
    "security",
    "paths",
    "components",
];

const OPERATION: &[&str] = &[
    "operationId",
    "tags",
    "summary",
    "description",
    "externalDocs",
    "deprecated",
    "x-acs-ram",
    "x-acs-rate-limit",
    "x-acs-errors",
    "x-acs-retry",
    "x-acs-pagination",
    "x-rust-name",
    EXTENSIONS,
    "parameters",
    "requestBody",
    "responses",
];

const PARAMETER: &[&str] = &[
    "name",
    "in",
    "required",
    "deprecated",
    "description",
    EXTENSIONS,
    "schema",
    "content",
    "example",
];

const SCHEMA: &[&str] = &[
    "$ref",
    "allOf",
    "type",
    "format",
    "description",
    "deprecated",
    EXTENSIONS,
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "enum",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "example",
];

const MEDIA_TYPE: &[&str] = &["schema", "encoding", "example"];

const DESCRIBED: &[&str] = &["description", EXTENSIONS, "content"];

const OVERRIDE: &[&str] = &["fact", "vendor", "reason"];

/// Orders the entry.
pub(super) fn entry(entry: &mut Tree) {
    arrange(entry, ENTRY);
    for_each(entry, "components", |components| {
        for_each(components, "schemas", |schemas| each(schemas, schema));
        for_each(components, "parameters", |parameters| {
            each(parameters, parameter)
        });
        for_each(components, "responses", |responses| {
            each(responses, described)
        });
        for_each(components, "requestBodies", |bodies| {
            each(bodies, described)
        });
    });
    for_each(entry, "paths", |paths| each(paths, path_item));
}

/// Orders the file of an operation.
pub(super) fn path_item(item: &mut Tree) {
    if item.get("$ref").is_some() {
        return;
    }
    each(item, |operation| {
        arrange(operation, OPERATION);
        for_each(operation, "parameters", |list| {
            if let Value::List(items) = &mut list.value {
                items.iter_mut().for_each(parameter);
            }
        });
        for_each(operation, "requestBody", described);
        for_each(operation, "responses", |responses| {
            each(responses, described)
        });
    });
}

fn parameter(tree: &mut Tree) {
    arrange(tree, PARAMETER);
    for_each(tree, "schema", schema);
    for_each(tree, "content", |content| each(content, media_type));
}

fn described(tree: &mut Tree) {
    arrange(tree, DESCRIBED);
    for_each(tree, "content", |content| each(content, media_type));
}

fn media_type(tree: &mut Tree) {
    arrange(tree, MEDIA_TYPE);
    for_each(tree, "schema", schema);
}

fn schema(tree: &mut Tree) {
    arrange(tree, SCHEMA);
    for_each(tree, "properties", |properties| each(properties, schema));
    for_each(tree, "items", schema);
    for_each(tree, "additionalProperties", schema);
    for_each(tree, "allOf", |list| {
        if let Value::List(items) = &mut list.value {
            items.iter_mut().for_each(schema);
        }
    });
}

fn for_each(tree: &mut Tree, key: &str, order: impl FnOnce(&mut Tree)) {
    if let Some(member) = tree.map_mut().and_then(|members| members.get_mut(key)) {
        order(member);
    }
}

fn each(tree: &mut Tree, order: impl FnMut(&mut Tree)) {
    if let Some(members) = tree.map_mut() {
        members.values_mut().for_each(order);
    }
}

/// Orders the members by a table; those that it doesn't know stay behind, in their order.
fn arrange(tree: &mut Tree, table: &[&str]) {
    let Some(members) = tree.map_mut() else {
        return;
    };
    let extension = table.iter().position(|key| *key == EXTENSIONS);
    let rank = |key: &str| {
        let known = table.iter().position(|other| *other == key);
        let extension = extension.filter(|_| key.starts_with(EXTENSIONS));
        known.or(extension).unwrap_or(table.len())
    };
    members.sort_by(|a, _, b, _| rank(a).cmp(&rank(b)));
    if let Some(Value::List(items)) = members
        .get_mut("x-acs-override")
        .map(|tree| &mut tree.value)
    {
        for item in items {
            arrange_override(item);
        }
    }
}

fn arrange_override(item: &mut Tree) {
    let rank = |key: &str| OVERRIDE.iter().position(|other| *other == key);
    if let Some(members) = item.map_mut() {
        let rank = |key: &str| rank(key).unwrap_or(OVERRIDE.len());
        members.sort_by(|a, _, b, _| rank(a).cmp(&rank(b)));
    }
}

/// Takes the members that a table of facts names.
pub(super) fn without(members: &Map, facts: &[&str]) -> Map {
    let ours = members.iter().filter(|(key, _)| !facts.contains(&&***key));
    ours.map(|(key, tree)| (key.clone(), tree.clone()))
        .collect()
}
