//! Public names as the proof: what changes or goes must be said by a change.

use std::collections::BTreeSet;

use super::{Change, ChangeKind, Names, Step};
use crate::surface::Surface;

/// Counts what becomes of the names, and adds a change for each that changes or goes unsaid.
pub(super) fn check(
    old: &Surface,
    new: &Surface,
    explained: &BTreeSet<String>,
    changes: &mut Vec<Change>,
) -> Names {
    let breaking = changes.iter().filter(|change| change.step == Step::Major);
    let names = breaking.flat_map(|change| &change.names);
    let said: BTreeSet<&str> = names.map(String::as_str).collect();
    let mut names = Names::default();
    let mut unsaid = Vec::new();
    for (name, before) in old.entries() {
        let after = new.get(name);
        match after {
            None => names.gone += 1,
            Some(after) if after.what != before.what => names.changed += 1,
            Some(_) => continue,
        }
        if said.contains(name) || explained.contains(name) {
            continue;
        }
        unsaid.push(Change {
            kind: ChangeKind::Name,
            step: Step::Major,
            behaviour: false,
            operation: None,
            subject: name.to_owned(),
            old: None,
            new: None,
            before: Some(before.what.clone()),
            after: after.map(|after| after.what.clone()),
            wire: "nothing that is known".to_owned(),
            rust: match after {
                None => format!("`{name}`, made by {}, is gone", before.from),
                Some(after) => format!(
                    "`{name}`, made by {}, is `{}`, was `{}`",
                    after.from, after.what, before.what
                ),
            },
            names: vec![name.to_owned()],
        });
    }
    names.added = new
        .entries()
        .filter(|(name, _)| old.get(name).is_none())
        .count();
    changes.append(&mut unsaid);
    names
}
