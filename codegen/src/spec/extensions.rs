//! The registry of our own extensions: where each may stand, and what it holds.
//!
//! A new one is a line in [`REGISTRY`], and an object's keys in [`object`] where it has any.

use super::grammar::{Key, Object, Part, Shape, may, must};

/// One extension.
#[derive(Debug)]
pub(crate) struct Extension {
    pub(crate) name: &'static str,
    /// The objects in which it means something; none for any object.
    pub(crate) places: &'static [Part],
    pub(crate) shape: Shape,
}

/// Keys that begin so are ours: one that isn't registered is a mistake.
const FAMILIES: [&str; 2] = ["x-acs-", "x-rust-"];

const ROOT: &[Part] = &[Part::Document];
const OPERATION: &[Part] = &[Part::Operation];
const FIELD: &[Part] = &[Part::Parameter, Part::Schema];
const NAMED: &[Part] = &[Part::Operation, Part::Parameter, Part::Schema];
const ANYWHERE: &[Part] = &[];

pub(crate) const REGISTRY: &[Extension] = &[
    extension("x-acs-style", ROOT, Shape::Word(&["RPC", "ROA"])),
    extension("x-acs-product", ROOT, Shape::Name),
    extension("x-acs-version", ROOT, Shape::Name),
    extension("x-acs-ram", OPERATION, Shape::Part(Part::Ram)),
    extension("x-acs-rate-limit", OPERATION, Shape::Positive),
    extension(
        "x-acs-errors",
        OPERATION,
        Shape::List(&Shape::Part(Part::DocumentedError)),
    ),
    extension("x-acs-retry", OPERATION, Shape::Word(&["read", "send"])),
    extension("x-acs-pagination", OPERATION, Shape::Part(Part::Pagination)),
    extension("x-acs-sensitive", FIELD, Shape::Word(&["personal"])),
    extension(
        "x-acs-override",
        ANYWHERE,
        Shape::List(&Shape::Part(Part::Override)),
    ),
    extension(
        "x-acs-allow",
        ANYWHERE,
        Shape::List(&Shape::Part(Part::Allow)),
    ),
    extension("x-rust-name", NAMED, Shape::Name),
    extension("x-rust-names", &[Part::Schema], Shape::Map(&Shape::Name)),
];

const fn extension(name: &'static str, places: &'static [Part], shape: Shape) -> Extension {
    Extension {
        name,
        places,
        shape,
    }
}

/// The keys of the objects that stand in extensions.
pub(crate) fn object(part: Part) -> Object {
    let keys = match part {
        Part::Ram => RAM,
        Part::DocumentedError => DOCUMENTED_ERROR,
        Part::Pagination => PAGINATION,
        Part::Override => OVERRIDE,
        Part::Allow => ALLOW,
        _ => &[],
    };
    Object {
        keys,
        rest: None,
        extensible: false,
    }
}

const RAM: &[Key] = &[
    must("action", Shape::Name),
    must("access", Shape::Name),
    may("resource", Shape::Name),
];

const DOCUMENTED_ERROR: &[Key] = &[
    must("code", Shape::Name),
    may("status", Shape::Positive),
    may("description", Shape::Text),
];

/// Which kind has which of them is the lowering's to know.
const PAGINATION: &[Key] = &[
    must("kind", Shape::Word(&["page", "token"])),
    must("items", Shape::Name),
    may("index", Shape::Name),
    may("next", Shape::Name),
    may("size", Shape::Name),
    may("token", Shape::Name),
    may("total", Shape::Name),
];

const OVERRIDE: &[Key] = &[
    must("fact", Shape::Word(FACTS)),
    may("vendor", Shape::Free),
    must("reason", Shape::Name),
];

/// The facts that an element may keep against the vendor's: an import doesn't overwrite them.
const FACTS: &[&str] = &[
    "type",
    "required",
    "enum",
    "default",
    "limits",
    "example",
    "in",
    "deprecated",
    "element",
];

const ALLOW: &[Key] = &[must("lint", Shape::Name), must("reason", Shape::Name)];

/// Whether a key belongs to one of our families.
pub(crate) fn is_ours(key: &str) -> bool {
    FAMILIES.iter().any(|family| key.starts_with(family))
}

pub(crate) fn find(key: &str) -> Option<&'static Extension> {
    REGISTRY.iter().find(|extension| extension.name == key)
}

/// The names of those that may stand in an object.
pub(crate) fn names_in(part: Part) -> impl Iterator<Item = &'static str> {
    REGISTRY
        .iter()
        .filter(move |extension| extension.allows(part))
        .map(|extension| extension.name)
}

impl Extension {
    pub(crate) fn allows(&self, part: Part) -> bool {
        self.places.is_empty() || self.places.contains(&part)
    }
}
