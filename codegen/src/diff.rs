//! What changes from one model to another: on the wire, for Rust users, and in the version.
//!
//! Texts aren't compared: a rewrite that leaves the model alone is no change. What is compared knows
//! the wire names of both; the public names of both crates (`surface`) are the proof: one that
//! changes or goes without a change that says so is a change of its own.

mod facts;
mod fields;
mod groups;
mod kind;
mod matched;
mod operations;
mod pages;
mod proof;
mod renamed;
mod site;
mod step;
mod types;
mod values;

use crate::model::{Api, Operation, Shared, TypeDef};
use crate::problem::Location;
use crate::surface::{Surface, surface};
pub use kind::ChangeKind;
use site::Site;
use std::collections::{BTreeMap, BTreeSet};
pub use step::Step;

/// What changes from one model to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The changes, by operation and field; what is shared and the service itself come last.
    pub changes: Vec<Change>,
    /// What becomes of public names.
    pub names: Names,
}

/// What becomes of public names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names {
    /// How many are new.
    pub added: usize,
    /// How many stay, but mean something else: another type, another signature, another text on the wire.
    pub changed: usize,
    /// How many go.
    pub gone: usize,
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The version step that it forces.
    pub step: Step,
    /// Whether code that compiles as before may do something else.
    pub behaviour: bool,
    /// The operation, by its name on the wire; none for what is shared and for the service.
    pub operation: Option<String>,
    /// What of it: a way of wire names as in `request Page.Size`; empty for the operation itself.
    pub subject: String,
    /// Its place in the old description.
    pub old: Option<Location>,
    /// Its place in the new one.
    pub new: Option<Location>,
    /// What there was.
    pub before: Option<String>,
    /// What there is.
    pub after: Option<String>,
    /// What it does on the wire.
    pub wire: String,
    /// What it does to Rust users.
    pub rust: String,
    /// The public names that change or go by it.
    pub names: Vec<String>,
}

impl Diff {
    /// The version step that all changes together force; none where there are none.
    pub fn step(&self) -> Option<Step> {
        self.changes.iter().map(|change| change.step).max()
    }

    /// The changes of a step.
    pub fn of(&self, step: Step) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(move |change| change.step == step)
    }
}

/// Compares two models.
pub fn diff(old: &Api, new: &Api) -> Diff {
    let surfaces = (surface(old), surface(new));
    let mut compare = Compare {
        old: Side::new(old, &surfaces.0),
        new: Side::new(new, &surfaces.1),
        shared: BTreeSet::new(),
        explained: BTreeSet::new(),
        changes: Vec::new(),
    };
    compare.groups();
    compare.operations();
    compare.service();
    let Compare {
        explained,
        mut changes,
        ..
    } = compare;
    let names = proof::check(&surfaces.0, &surfaces.1, &explained, &mut changes);
    changes.sort_by(|a, b| a.order().cmp(&b.order()));
    Diff { changes, names }
}

impl Change {
    fn order(&self) -> (bool, &Option<String>, &str, ChangeKind) {
        let Self {
            operation, subject, ..
        } = self;
        (operation.is_none(), operation, subject, self.kind)
    }
}

/// The state of a comparison.
struct Compare<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// The pairs of shared types that have been compared.
    shared: BTreeSet<(&'a str, &'a str)>,
    /// Public names that change because of something else that is told.
    explained: BTreeSet<String>,
    changes: Vec<Change>,
}

/// One of the two models.
struct Side<'a> {
    api: &'a Api,
    surface: &'a Surface,
    /// The types by name, with their modules.
    types: Types<'a>,
}

/// Emitted types by name, with their modules.
type Types<'a> = BTreeMap<&'a str, (&'a str, &'a TypeDef)>;

impl<'a> Side<'a> {
    fn new(api: &'a Api, surface: &'a Surface) -> Self {
        let mut types = BTreeMap::new();
        for ty in api.types.iter().flat_map(|Shared { types, .. }| types) {
            types.insert(name_of(ty), ("types", ty));
        }
        for group in &api.groups {
            let nested = group
                .operations
                .iter()
                .flat_map(|Operation { types, .. }| types);
            types.extend(nested.map(|ty| (name_of(ty), (group.module.as_str(), ty))));
        }
        Self {
            api,
            surface,
            types,
        }
    }
}

/// The name of an emitted type.
pub(crate) fn name_of(ty: &TypeDef) -> &str {
    match ty {
        TypeDef::Record(record) => &record.name,
        TypeDef::Enum(open) => &open.name,
    }
}

fn origin(ty: &TypeDef) -> &Location {
    match ty {
        TypeDef::Record(record) => &record.origin,
        TypeDef::Enum(open) => &open.origin,
    }
}

impl Compare<'_> {
    /// Notes a change at a site; the step is what its kind forces.
    fn note(&mut self, kind: ChangeKind, site: &Site<'_>, effect: Effect<'_>) {
        self.changes.push(Change {
            kind,
            step: effect.step.unwrap_or_else(|| kind.step()),
            behaviour: kind.is_behaviour(),
            operation: site.operation.map(str::to_owned),
            subject: site.subject(),
            old: effect.old.cloned(),
            new: effect.new.cloned(),
            before: effect.before,
            after: effect.after,
            wire: effect.wire,
            rust: effect.rust,
            names: effect.names,
        });
    }
}

/// What is said of a change beside its kind and its site.
#[derive(Default)]
struct Effect<'l> {
    /// Where it isn't what the kind forces.
    step: Option<Step>,
    old: Option<&'l Location>,
    new: Option<&'l Location>,
    before: Option<String>,
    after: Option<String>,
    wire: String,
    rust: String,
    names: Vec<String>,
}

impl<'l> Effect<'l> {
    /// Of something that is on both sides; on the wire it is nothing unless more is said.
    fn between(old: &'l Location, new: &'l Location) -> Self {
        Self {
            old: Some(old),
            new: Some(new),
            wire: "nothing".to_owned(),
            ..Self::default()
        }
    }

    /// With what there was and what there is.
    fn of(self, before: String, after: String) -> Self {
        Self {
            before: Some(before),
            after: Some(after),
            ..self
        }
    }
}
