//! `x-acs-override`: the facts that are ours on purpose.

use std::collections::BTreeSet;

use crate::import::tree::{Map, Tree};

/// The facts that an element keeps.
#[derive(Debug, Clone, Default)]
pub(super) struct Overrides(BTreeSet<String>);

impl Overrides {
    /// What the marks of an element say, on all its levels.
    pub(super) fn of<'m>(levels: impl Iterator<Item = &'m Map>) -> Self {
        let marks = levels.filter_map(|members| members.get("x-acs-override"));
        let facts = marks
            .flat_map(Tree::list)
            .filter_map(|mark| mark.get("fact")?.text());
        Self(facts.map(str::to_owned).collect())
    }

    pub(super) fn has(&self, fact: &str) -> bool {
        self.0.contains(fact)
    }

    pub(super) fn and(&self, other: Self) -> Self {
        Self(self.0.iter().cloned().chain(other.0).collect())
    }
}
