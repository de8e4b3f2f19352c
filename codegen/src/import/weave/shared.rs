//! References to shared schemas, and schemas that stop being shared.

use std::iter;

use super::schema::Around;
use super::{Overrides, Weave};
use crate::import::facts::{Schema, Type};
use crate::import::report::Section;
use crate::import::tree::{Map, Tree, Value};

const COMPONENTS: &str = "#/components/";
const SCHEMAS: &str = "#/components/schemas/";

/// The name of the shared schema that a schema is, with what it says beside that.
pub(super) fn target(tree: &Tree) -> Option<(&str, impl Iterator<Item = (&String, &Tree)>)> {
    let members = tree.map()?;
    let reference = match members.get("$ref") {
        Some(reference) => reference,
        None => match members.get("allOf")?.list() {
            [only] => only.get("$ref")?,
            _ => return None,
        },
    };
    let (_, name) = reference.text()?.split_once(SCHEMAS)?;
    let siblings = members
        .iter()
        .filter(|(key, _)| !matches!(&***key, "$ref" | "allOf"));
    Some((name, siblings))
}

/// How a file refers to the entry: files of operations lie a folder or more below it.
pub(super) fn entry_seen_from(file: &str, entry: &str) -> String {
    if file == entry {
        String::new()
    } else {
        let up = "../".repeat(file.matches('/').count());
        format!("{up}{entry}")
    }
}

/// A reference to a shared schema.
pub(super) fn reference(entry: &str, name: &str) -> Tree {
    let mut members = Map::new();
    members.insert(
        "$ref".to_owned(),
        Tree::string(format!("{entry}{SCHEMAS}{name}")),
    );
    members.into()
}

/// The same with its references as another file must write them.
pub(super) fn moved(tree: &Tree, entry: &str) -> Tree {
    let value = match &tree.value {
        Value::Map(members) => {
            let moved = members.iter().map(|(key, member)| {
                let text = member.text().filter(|_| key == "$ref");
                let name = text.and_then(|text| text.split_once(COMPONENTS));
                let member = match name {
                    Some((_, name)) => Tree::string(format!("{entry}{COMPONENTS}{name}"))
                        .with_comments(&member.comments),
                    None => moved(member, entry),
                };
                (key.clone(), member)
            });
            Value::Map(moved.collect())
        }
        Value::List(items) => Value::List(items.iter().map(|item| moved(item, entry)).collect()),
        Value::Scalar(scalar) => Value::Scalar(scalar.clone()),
    };
    Tree::from(value).with_comments(&tree.comments)
}

impl Weave<'_> {
    /// A shared schema written out where it is used, with what stood beside the reference.
    pub(super) fn written_out(&self, tree: &Tree, entry: &str) -> Option<Tree> {
        let (name, siblings) = target(tree)?;
        let mut out = moved(self.schemas.get(name)?, entry);
        out.comments.clone_from(&tree.comments);
        let members = out.map_mut()?;
        // Its name is the shared type's, not a field's.
        members.shift_remove("x-rust-name");
        for (key, sibling) in siblings {
            members.insert(key.clone(), sibling.clone());
        }
        Some(out)
    }

    pub(super) fn new_reference(&mut self, name: &str, facts: &Schema, around: &Around) -> Tree {
        let reference = reference(around.entry(), name);
        self.quiet += 1;
        let tree = self.beside_reference("", &reference, facts, around);
        self.quiet -= 1;
        tree
    }

    /// A schema that is a shared one: it stays so while the vendor says the same.
    pub(super) fn shared(
        &mut self,
        path: &str,
        old: &Tree,
        name: &str,
        facts: &Schema,
        around: &Around,
    ) -> Tree {
        let Some(written) = self.written_out(old, around.entry()) else {
            return old.clone();
        };
        let before = std::mem::take(self.report);
        let woven = self.inline(path, Some(&written), facts, around);
        let found = std::mem::replace(self.report, before);
        let agree = self.normal(&woven) == self.normal(&written);
        if !agree {
            let text = format!("differs from the shared `{name}` by now, and is written out");
            self.tell(Section::Changed, path, text);
        }
        let kept = [Section::Kept, Section::Superfluous, Section::LeftOut];
        for line in found.lines() {
            if !agree || kept.contains(&line.section) {
                self.report.push(line.clone());
            }
        }
        if agree {
            self.beside_reference(path, old, facts, around)
        } else {
            woven
        }
    }

    /// A reference that stays, with the facts that may stand beside it.
    pub(super) fn beside_reference(
        &mut self,
        path: &str,
        old: &Tree,
        facts: &Schema,
        around: &Around,
    ) -> Tree {
        let mut tree = old.clone();
        let bare = tree.get("$ref").is_some();
        if around.at_parameter() || bare && !facts.deprecated {
            return tree;
        }
        if bare {
            tree = wrapped(tree);
        }
        if let (Some(members), Some(out)) = (old.map(), tree.map_mut()) {
            let marks = around.marks().and(Overrides::of(iter::once(members)));
            out.shift_remove("example");
            out.shift_remove("deprecated");
            let ty = self.facts_of_shared(facts);
            self.remarks(path, Some(members), facts, &ty, &marks, out);
        }
        tree
    }

    fn facts_of_shared(&self, facts: &Schema) -> Type {
        match &facts.ty {
            Type::Shared(name) => {
                let component = self.facts.schemas.get(name);
                component.map_or(Type::Any, |component| component.ty.clone())
            }
            other => other.clone(),
        }
    }
}

/// A reference that something may stand beside.
pub(super) fn wrapped(mut reference: Tree) -> Tree {
    let comments = std::mem::take(&mut reference.comments);
    let mut members = Map::new();
    let list = Value::List(vec![reference]);
    members.insert("allOf".to_owned(), list.into());
    Tree::from(members).with_comments(&comments)
}
