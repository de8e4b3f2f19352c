//! What of two lists is the same: by its name on the wire, then by its name in Rust.

use std::collections::{BTreeMap, BTreeSet};

/// The items of an old list and of a new one, each list in its order.
pub(super) struct Matched<'a, T> {
    /// Old and new, by their name on the wire.
    pub(super) by_wire: Vec<(&'a T, &'a T)>,
    /// Of the rest, by their name in Rust.
    pub(super) by_name: Vec<(&'a T, &'a T)>,
    /// Old ones that no new one is.
    pub(super) gone: Vec<&'a T>,
    /// New ones that no old one was.
    pub(super) come: Vec<&'a T>,
}

impl<'a, T> Matched<'a, T> {
    pub(super) fn new(
        (old, new): (&'a [T], &'a [T]),
        wire: fn(&T) -> &str,
        name: fn(&T) -> &str,
    ) -> Self {
        // The first of a name counts.
        let known: BTreeMap<&str, &T> = new.iter().rev().map(|item| (wire(item), item)).collect();
        let (mut by_wire, mut gone) = (Vec::new(), Vec::new());
        for item in old {
            match known.get(wire(item)) {
                Some(other) => by_wire.push((item, *other)),
                None => gone.push(item),
            }
        }
        let before: BTreeSet<&str> = old.iter().map(wire).collect();
        let come = new.iter().filter(|item| !before.contains(wire(item)));
        let mut come: Vec<&T> = come.collect();
        let named: BTreeMap<&str, &T> = come.iter().map(|item| (name(item), *item)).collect();
        let mut by_name = Vec::new();
        let mut taken = BTreeSet::new();
        gone.retain(|item| {
            let other = named.get(name(item));
            by_name.extend(other.map(|other| (*item, *other)));
            taken.extend(other.map(|other| name(other)));
            other.is_none()
        });
        come.retain(|item| !taken.contains(name(item)));
        Self {
            by_wire,
            by_name,
            gone,
            come,
        }
    }
}
