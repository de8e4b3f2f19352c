//! Facts of the vendor's and texts of ours become the files of a description.

mod elements;
mod entry;
mod normal;
mod operation;
mod overrides;
mod request;
mod schema;
mod shared;
mod types;

use std::collections::BTreeMap;

use super::facts::Facts;
use super::order;
use super::report::{Report, Section};
use super::tree::{Map, Tree, insert_sorted, map};
use super::yaml;
use crate::{Files, spec};
use overrides::Overrides;

/// A description as people left it.
#[derive(Debug)]
pub(super) struct Written {
    /// The path of the entry.
    pub(super) entry: String,
    pub(super) files: BTreeMap<String, File>,
}

/// A file's tree, and the comments behind its end.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) root: Tree,
    pub(super) trailing: Vec<String>,
}

/// What is woven into one product's description.
struct Weave<'w> {
    facts: &'w Facts,
    /// Shared schemas, as they will be.
    schemas: Map,
    /// The other sections of `components`, as people left them.
    components: Map,
    report: &'w mut Report,
    /// The operation that is woven.
    operation: String,
    /// How many elements of it lack a description, where all of it is new.
    new: Option<usize>,
    /// Above zero while something is woven only to be compared.
    quiet: usize,
}

/// Makes the files, by their paths in the folder of the product.
pub(super) fn weave(facts: &Facts, written: Option<&Written>, report: &mut Report) -> Files {
    let entry_path = written.map_or("openapi.yaml", |written| &written.entry);
    let old = written.and_then(|written| written.files.get(entry_path));
    let mut entry = old.map_or_else(|| entry::fresh(facts, report), |file| file.root.clone());
    let components = entry.get("components").and_then(Tree::map).cloned();
    let components = components.unwrap_or_default();
    let mut weave = Weave {
        facts,
        schemas: Map::new(),
        components,
        report,
        operation: "components".to_owned(),
        new: None,
        quiet: 0,
    };
    weave.schemas = weave.woven_components(entry_path);
    entry::put_schemas(&mut entry, &weave.schemas);

    let items = written.map_or_else(BTreeMap::new, |written| entry::items(written, &entry));
    let mut paths = Map::new();
    let mut files = Files::new();
    let mut put = |name: &str, item: Tree, old: Option<&entry::Item>| {
        let path = file_of(name, old);
        let key = old.map_or_else(|| format!("/#{name}"), |old| old.key.clone());
        let line = Tree::from(map([("$ref", Tree::string(path.clone()))]));
        let line = line.with_comments(old.map_or(&[], |old| &old.comments));
        let trailing = old.map_or(&[][..], |old| &old.trailing);
        let mut item = item;
        order::path_item(&mut item);
        files.insert(path, yaml::print(&item, trailing));
        insert_sorted(&mut paths, &key, line);
    };
    for (name, operation) in &facts.operations {
        let old = items.get(name);
        let seen = shared::entry_seen_from(&file_of(name, old), entry_path);
        let item = weave.path_item(name, &seen, operation, old.map(|old| &old.item));
        put(name, item, old);
    }
    for (name, old) in &items {
        if facts.operations.contains_key(name) {
            continue;
        }
        weave.operation.clone_from(name);
        let marks = old.item.get("post").and_then(Tree::map);
        let marks = Overrides::of(marks.into_iter());
        if facts.skipped.contains(name) {
            weave.tell(Section::Note, "", "kept as it is, since it was skipped");
        } else if marks.has("element") {
            weave.tell(Section::Kept, "", "element");
        } else {
            weave.tell(Section::Removed, "", "");
            continue;
        }
        put(name, old.item.clone(), Some(old));
    }
    for reference in entry::put_paths(&mut entry, paths, &items) {
        let Ok(target) = spec::refs::target(entry_path, &reference) else {
            continue;
        };
        if let Some(file) = written.and_then(|written| written.files.get(&target.file)) {
            let kept = files.entry(target.file);
            kept.or_insert_with(|| yaml::print(&file.root, &file.trailing));
        }
    }
    order::entry(&mut entry);
    let trailing = old.map_or(&[][..], |file| &file.trailing);
    files.insert(entry_path.to_owned(), yaml::print(&entry, trailing));
    files
}

fn file_of(name: &str, old: Option<&entry::Item>) -> String {
    let file = old.and_then(|old| old.file.clone());
    file.unwrap_or_else(|| entry::own_file(name))
}

impl Weave<'_> {
    /// Puts a line in the report, unless something is only being compared.
    fn tell(&mut self, section: Section, path: &str, text: impl Into<String>) {
        if self.quiet == 0 {
            self.report.add(section, &self.operation, path, text);
        }
    }

    /// A new parameter or field.
    fn tell_new(&mut self, path: &str) {
        if self.quiet > 0 {
            return;
        }
        match &mut self.new {
            Some(count) => *count += 1,
            None => self.tell(Section::Undescribed, path, ""),
        }
    }
}
