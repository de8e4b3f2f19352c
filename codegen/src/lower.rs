//! From the description to the model.
//!
//! Every problem is noted with its place and lowering goes on, so that one run tells them all. What
//! isn't carried is such a problem, never a guess and never left out.

mod docs;
mod markdown;
mod names;
mod operation;
mod pagination;
mod schema;
mod service;
mod shared;

use std::collections::BTreeMap;

pub use names::FEATURES;
use serde_json::Value;
use shared::Components;

use crate::model::{Api, Group, UNDECIDED};
use crate::naming;
use crate::problem::{Code, Location, Problem};
use crate::spec::{Document, Place};

/// Whether everything has been decided that a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decided {
    /// It must be: what isn't is a problem.
    All,
    /// What isn't gets a substitute: enough to compare, not to generate from.
    Some,
}

/// Lowers a description: the model, which is whole where there are no problems, and these.
pub(crate) fn lower(document: &Document, decided: Decided) -> (Api, Vec<Problem>) {
    let mut lower = Lower {
        document,
        decided,
        problems: document.lost(),
        components: Components::new(document.schemas()),
        types: BTreeMap::new(),
        methods: BTreeMap::new(),
        modules: BTreeMap::new(),
        fields: 0,
        paginations: BTreeMap::new(),
    };
    let service = lower.service();
    let mut groups = lower.groups();
    let before = lower.problems.len();
    let types = lower.shared_types();
    // Where a shared type has problems, what isn't found in it says nothing.
    if lower.problems.len() == before {
        lower.paginate(&mut groups, &types);
    }
    let api = Api {
        service,
        groups,
        types,
    };
    (api, lower.problems)
}

/// The state of a run.
struct Lower<'d> {
    document: &'d Document,
    decided: Decided,
    problems: Vec<Problem>,
    components: Components<'d>,
    /// Names of types, and where each was made.
    types: BTreeMap<String, Place>,
    /// Names of client methods, and where each was made.
    methods: BTreeMap<String, Place>,
    /// Names of groups' modules, and where each was made.
    modules: BTreeMap<String, Place>,
    /// How many fields have been lowered.
    fields: usize,
    /// The marks of paged operations, by method.
    paginations: BTreeMap<String, pagination::Mark<'d>>,
}

impl<'d> Lower<'d> {
    fn problem(
        &mut self,
        place: &Place,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Problem {
            location: self.document.location(place),
            code,
            message: message.into(),
            help: help.into(),
        });
    }

    /// Where a place is, for the model to tell.
    fn location(&self, place: &Place) -> Location {
        self.document.location(place)
    }

    /// A problem that a decision is missing, where all must be there.
    fn undecided(
        &mut self,
        place: &Place,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.decided == Decided::All {
            self.problem(place, code, message, help);
        }
    }

    /// A Rust name: the given one, or what the rules make of the wire name. `by` tells how to give
    /// one.
    fn name(
        &mut self,
        wire: &str,
        given: Option<&Value>,
        place: &Place,
        rule: naming::Rule,
        by: &str,
    ) -> String {
        let ruled = rule(wire);
        let name = given.and_then(Value::as_str);
        if name == Some(ruled.as_str()) {
            self.problem(
                place,
                Code::SUPERFLUOUS_NAME,
                format!("`{wire}` is given the name `{ruled}`, which it has anyway"),
                "remove it from the Rust names",
            );
        }
        let cased = name.map_or(Ok(()), |name| naming::cased(name, rule));
        let name = name.map_or(ruled, str::to_owned);
        if let Err(unfit) = naming::fit(&name).and(cased) {
            if self.decided == Decided::Some {
                return naming::forced(&name);
            }
            self.problem(
                place,
                Code::UNUSABLE_NAME,
                format!(
                    "`{wire}` would be `{name}` in Rust, which is no name because it {}",
                    unfit.reason()
                ),
                format!("give it another name, with {by}"),
            );
        }
        name
    }

    /// The groups: declared tags with their operations.
    fn groups(&mut self) -> Vec<Group> {
        let document = self.document;
        let mut groups = BTreeMap::new();
        for (tag, description, place) in document.tags() {
            let module = self.name(tag, None, &place, naming::snake, "another tag");
            let docs = docs::described(description, tag);
            let feature = naming::kebab(tag);
            self.claim_group(&module, &feature, &place);
            let group = Group {
                tag: tag.to_owned(),
                feature,
                module,
                docs,
                origin: self.location(&place),
                operations: Vec::new(),
            };
            groups.insert(tag, (group, place));
        }
        if self.decided == Decided::Some {
            groups.insert(UNDECIDED, self.undecided_group());
        }
        for operation in document.operations() {
            let lowered = self.operation(&operation);
            if let Some((group, _)) = self.group_of(&operation, &mut groups) {
                group.operations.push(lowered);
            }
        }
        for (tag, (group, place)) in &groups {
            if group.operations.is_empty() {
                self.undecided(
                    place,
                    Code::UNUSED_TAG,
                    format!("no operation has the tag `{tag}`"),
                    "remove the tag, or give it to the operations it is for",
                );
            }
        }
        let mut groups: Vec<_> = groups.into_values().map(|(group, _)| group).collect();
        groups.retain(|group| !group.operations.is_empty());
        for group in &mut groups {
            group.operations.sort_by(|a, b| a.name.cmp(&b.name));
        }
        groups.sort_by(|a, b| a.module.cmp(&b.module));
        groups
    }

    /// The group of operations that nobody has given one.
    fn undecided_group(&self) -> (Group, Place) {
        let place = self.document.root();
        let group = Group {
            tag: UNDECIDED.to_owned(),
            module: naming::snake(UNDECIDED),
            feature: naming::kebab(UNDECIDED),
            docs: vec!["Without a tag so far.".to_owned()],
            origin: self.location(&place),
            operations: Vec::new(),
        };
        (group, place)
    }

    /// The group of an operation: that of its one tag.
    fn group_of<'g>(
        &mut self,
        operation: &crate::spec::Operation<'_>,
        groups: &'g mut BTreeMap<&str, (Group, Place)>,
    ) -> Option<&'g mut (Group, Place)> {
        let place = &operation.place;
        match operation.tags() {
            [tag] => {
                if !groups.contains_key(tag.as_str()) {
                    let known: Vec<_> = groups.keys().map(|tag| format!("`{tag}`")).collect();
                    self.problem(
                        &place.child("tags").item(0),
                        Code::UNDECLARED_TAG,
                        format!("the tag `{tag}` isn't declared"),
                        format!("declare it under `tags` of the entry, with a description; declared are {}", known.join(", ")),
                    );
                }
                groups.get_mut(tag.as_str())
            }
            [] if self.decided == Decided::Some => groups.get_mut(UNDECIDED),
            [] => {
                self.problem(
                    place,
                    Code::ONE_TAG,
                    "the operation has no tag",
                    "give it exactly one: it names the module and the Cargo feature",
                );
                None
            }
            [_, second, ..] => {
                self.problem(
                    &place.child("tags").item(1),
                    Code::ONE_TAG,
                    format!("the operation has a second tag, `{second}`"),
                    "leave one: an operation stands in one module only",
                );
                None
            }
        }
    }
}
