//! What must be unique among operations and among the parameters of one.

use std::collections::BTreeMap;

use super::files::Files;
use super::grammar::Part;
use super::openapi::METHODS;
use super::pointer;
use super::refs::{self, Edge, Target};
use super::report::{self, Report, code};
use super::tree::{Node, Place};
use crate::problem::{Code, Location};

/// More hops than any sound chain of references has.
const MOST_HOPS: usize = 32;

/// Checks all path items: those of the entry and those in files of their own.
pub(crate) fn check(files: &Files, edges: &[Edge], report: &mut Report) {
    shared_path_items(edges, report);
    let mut ids: BTreeMap<&str, Location> = BTreeMap::new();
    for (file, base, item) in path_items(files, edges) {
        parameters(files, file, &base, item, report);
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let pointer = format!("{base}/{method}");
            parameters(files, file, &pointer, operation, report);
            let Some(id) = operation
                .mapping()
                .and_then(|members| members.get("operationId"))
            else {
                continue;
            };
            let Some(name) = id.value.text() else {
                continue;
            };
            let location = report::location(file, id.key, &format!("{pointer}/operationId"));
            match ids.get(name) {
                Some(first) => {
                    let message = format!(
                        "the `operationId` {} is taken: {}:{}:{} has it",
                        code(name),
                        first.file,
                        first.line,
                        first.column
                    );
                    let help = "give each operation a name of its own";
                    report.add(location, Code::DUPLICATE_OPERATION_ID, message, help);
                }
                None => {
                    ids.insert(name, location);
                }
            }
        }
    }
}

/// A file that is the path item of two paths.
fn shared_path_items(edges: &[Edge], report: &mut Report) {
    let mut first: BTreeMap<&Target, &Edge> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.wanted == Part::PathItem) {
        if let Some(other) = first.get(&edge.to) {
            let message = format!(
                "{} is the path item of another path too, in line {}",
                code(&edge.to.file),
                other.from.line
            );
            let help = "give each path a file of its own";
            report.add(edge.from.clone(), Code::SHARED_PATH_ITEM, message, help);
        } else {
            first.insert(&edge.to, edge);
        }
    }
}

/// Each path item once: its file, its pointer there, and itself.
fn path_items<'f>(files: &'f Files, edges: &'f [Edge]) -> Vec<(&'f str, String, &'f Node)> {
    let mut items = Vec::new();
    let entry = files.get(&files.entry).map(|file| &file.root);
    let paths = entry
        .and_then(|root| root.get("paths"))
        .and_then(Node::mapping);
    for (name, member) in paths
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.starts_with('/'))
    {
        let mut base = "/paths".to_owned();
        pointer::push_key(&mut base, name);
        items.push((&*files.entry, base, &member.value));
    }
    let wanted: BTreeMap<&str, ()> = edges
        .iter()
        .filter(|edge| edge.wanted == Part::PathItem)
        .map(|edge| (&*edge.to.file, ()))
        .collect();
    for file in wanted.into_keys() {
        items.extend(
            files
                .get(file)
                .map(|found| (file, String::new(), &found.root)),
        );
    }
    items
}

/// No two parameters of one list may have the same name and place.
fn parameters(files: &Files, file: &str, base: &str, owner: &Node, report: &mut Report) {
    let items = owner
        .get("parameters")
        .and_then(Node::sequence)
        .unwrap_or_default();
    let mut seen: BTreeMap<(&str, &str), Place> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let Some(parameter) = resolved(files, file, item) else {
            continue;
        };
        let text = |key| parameter.get(key).and_then(Node::text);
        let (Some(name), Some(within)) = (text("name"), text("in")) else {
            continue;
        };
        if let Some(first) = seen.insert((name, within), item.place) {
            let message = format!(
                "the parameter {} with `in: {within}` stands here twice, first in line {}",
                code(name),
                first.line
            );
            let location =
                report::location(file, item.place, &format!("{base}/parameters/{index}"));
            report.add(
                location,
                Code::DUPLICATE_PARAMETER,
                message,
                "keep one of the two",
            );
        }
    }
}

/// What a node is after its references, if they lead somewhere.
fn resolved<'f>(files: &'f Files, file: &str, node: &'f Node) -> Option<&'f Node> {
    let mut file = file.to_owned();
    let mut node = node;
    for _ in 0..MOST_HOPS {
        let Some(reference) = node.get("$ref").and_then(Node::text) else {
            return Some(node);
        };
        let to = refs::target(&file, reference).ok()?;
        node = pointer::find(&files.get(&to.file)?.root, &to.pointer)?;
        file = to.file;
    }
    None
}
