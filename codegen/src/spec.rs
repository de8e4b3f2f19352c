//! Reads a description: texts to trees, with all checks, before anything else looks at them.
//!
//! This is the only room that names openapiv3, serde_yaml and the event parser.

mod carried;
mod check;
mod circles;
pub(crate) mod comments;
mod document;
mod extensions;
pub(crate) mod files;
pub(crate) mod grammar;
pub(crate) mod openapi;
mod operation;
pub(crate) mod parse;
pub(crate) mod pointer;
pub(crate) mod refs;
pub(crate) mod report;
pub(crate) mod rules;
mod schema;
mod shape;
mod syntax;
pub(crate) mod tree;
mod unique;
pub(crate) mod value;
mod version;

use check::Reference;

use crate::Sources;
use crate::problem::{Location, Problem, Problems};

pub(crate) use document::{Document, Place};
use files::Files;
use grammar::Part;
use openapi::METHODS;
pub(crate) use operation::{Operation, Parameter, ParameterLocation};
pub(crate) use parse::MOST_BYTES;
use report::Report;
pub(crate) use schema::{Limits, Property, Schema, Shape};
use std::collections::BTreeSet;
use tree::Node;

/// A description without faults: what a document is made of, and where everything stands.
#[derive(Debug)]
pub(crate) struct Loaded {
    files: Files,
    /// What is right in itself, but isn't carried.
    lost: Vec<Problem>,
}

/// Reads and checks all files; what is wrong with them is found in one go.
pub(crate) fn read(sources: &Sources) -> Result<Loaded, Problems> {
    let mut report = Report::default();
    let files = Files::read(sources, &mut report);
    check(sources, &files, &mut report);
    let lost = report.conclude()?;
    Ok(Loaded { files, lost })
}

impl Loaded {
    /// The path of the entry.
    pub(crate) fn entry(&self) -> &str {
        &self.files.entry
    }

    /// The value of a file, for a document to be made of.
    pub(crate) fn value(&self, file: &str) -> serde_yaml::Value {
        self.files
            .get(file)
            .map_or(serde_yaml::Value::Null, |file| value::value(&file.root))
    }

    /// The files, each with its root and what that is.
    pub(crate) fn described(&self) -> impl Iterator<Item = (&str, &Node, Part)> {
        let files = self.files.iter();
        files.map(|(name, file)| (name.as_str(), &file.root, self.files.root_part(name)))
    }

    /// The node at a pointer.
    pub(crate) fn node(&self, file: &str, pointer: &str) -> Option<&Node> {
        pointer::find(&self.files.get(file)?.root, pointer)
    }

    /// Where a pointer leads, or its nearest ancestor that exists: the place of the key under
    /// which a value stands, or of the item of a list.
    pub(crate) fn location(&self, file: &str, pointer: &str) -> Location {
        let place = self.files.get(file).map_or(tree::Place::START, |file| {
            pointer::place(&file.root, pointer)
        });
        report::location(file, place, pointer)
    }

    /// The file and the pointer that a `$ref` in `file` leads to.
    pub(crate) fn resolve(&self, file: &str, reference: &str) -> Option<(String, String)> {
        let to = refs::target(file, reference).ok()?;
        self.node(&to.file, &to.pointer)?;
        Some((to.file, to.pointer))
    }
}

fn check(sources: &Sources, files: &Files, report: &mut Report) {
    let entry = files.get(&files.entry).map(|file| &file.root);
    let mut references = Vec::new();
    if let Some(root) = entry {
        if !version::is_3_0(&files.entry, root, report) {
            return;
        }
        references = check::file(&files.entry, root, Part::Document, report);
    }
    let named = mentioned(&references);
    let path_items = path_items(&references);
    for (name, file) in files.iter().filter(|(name, _)| **name != files.entry) {
        // A forgotten path item is checked all the same, any other file isn't.
        let forgotten = !named.contains(name) && looks_like_path_item(&file.root);
        if forgotten || path_items.contains(name) {
            references.extend(check::file(name, &file.root, Part::PathItem, report));
        }
    }
    if entry.is_some() {
        refs::unused(&mentioned(&references), sources, &files.entry, report);
    }
    let edges = refs::check(references, sources, files, report);
    carried::references(&files.entry, &edges, report);
    circles::check(&edges, report);
    unique::check(files, &edges, report);
}

/// The files that references lead to, be they there or not.
fn mentioned(references: &[Reference]) -> BTreeSet<String> {
    let target = |reference: &Reference| refs::target(&reference.location.file, &reference.text);
    references
        .iter()
        .filter_map(|reference| Some(target(reference).ok()?.file))
        .collect()
}

fn path_items(references: &[Reference]) -> BTreeSet<String> {
    let wanted = |reference: &&Reference| reference.wanted == Part::PathItem;
    let target = |reference: &Reference| refs::target(&reference.location.file, &reference.text);
    references
        .iter()
        .filter(wanted)
        .filter_map(|found| Some(target(found).ok()?.file))
        .collect()
}

fn looks_like_path_item(root: &Node) -> bool {
    METHODS.iter().any(|method| root.get(method).is_some())
}
