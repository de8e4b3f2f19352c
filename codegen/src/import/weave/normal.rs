//! Schemas reduced to their facts, so that two can be compared.

use super::Weave;
use super::shared::target;
use crate::import::facts::LIMITS;
use crate::import::tree::{Map, Tree, Value};

/// What two schemas must share to be one, beside limits: not examples, not deprecation, no words.
const COMPARED: &[&str] = &["type", "format", "default"];

/// Deeper than any description.
const MOST_LEVELS: usize = 48;

impl Weave<'_> {
    /// The facts of a schema, references followed.
    pub(super) fn normal(&self, tree: &Tree) -> Tree {
        self.reduced(tree, 0)
    }

    fn reduced(&self, tree: &Tree, level: usize) -> Tree {
        let mut facts = Map::new();
        if level == MOST_LEVELS {
            return facts.into();
        }
        if let Some((name, siblings)) = target(tree) {
            if let Some(shared) = self.schemas.get(name)
                && let Value::Map(members) = self.reduced(shared, level + 1).value
            {
                facts = members;
            }
            self.reduce(siblings, level, &mut facts);
        } else if let Some(members) = tree.map() {
            self.reduce(members.iter(), level, &mut facts);
        } else {
            return tree.clone();
        }
        facts.into()
    }

    fn reduce<'m>(
        &self,
        members: impl Iterator<Item = (&'m String, &'m Tree)>,
        level: usize,
        facts: &mut Map,
    ) {
        for (key, tree) in members {
            let reduced = match &**key {
                "format" if tree.text() == Some("password") => continue,
                key if COMPARED.contains(&key) || LIMITS.contains(&key) => tree.clone(),
                "items" | "additionalProperties" => self.reduced(tree, level + 1),
                "properties" => {
                    let fields = tree.map().into_iter().flatten();
                    let reduced = |(name, field): (&String, &Tree)| {
                        (name.clone(), self.reduced(field, level + 1))
                    };
                    fields.map(reduced).collect::<Map>().into()
                }
                // Sets, whatever their order.
                "required" | "enum" => {
                    let mut names: Vec<_> = tree.list().iter().filter_map(Tree::text).collect();
                    names.sort_unstable();
                    Tree::texts(names)
                }
                _ => continue,
            };
            facts.insert(key.clone(), reduced);
        }
    }
}
