//! Operations: which come, go, are called otherwise, and what is said of each.

use std::collections::{BTreeMap, BTreeSet};

use super::site::Pair;
use super::{ChangeKind, Compare, Effect, Side, Site, renamed};
use crate::model::{Group, Operation};
use crate::surface::method;

/// An operation with its group.
#[derive(Clone, Copy)]
pub(super) struct Grouped<'a> {
    pub(super) group: &'a Group,
    pub(super) operation: &'a Operation,
}

impl<'a> Side<'a> {
    fn operations(&self) -> BTreeMap<&'a str, Grouped<'a>> {
        let groups = self.api.groups.iter();
        let grouped = groups.flat_map(|group| {
            let operations = group.operations.iter();
            operations.map(move |operation| (operation.id.as_str(), Grouped { group, operation }))
        });
        grouped.collect()
    }

    /// The public names that an operation makes.
    fn names(&self, Grouped { group, operation }: Grouped<'_>) -> Vec<String> {
        let mut items = vec![method(operation)];
        let records = [&operation.request.name, &operation.response.name];
        let records = records.into_iter().map(String::as_str);
        let types = records.chain(operation.types.iter().map(super::name_of));
        items.extend(types.map(|name| format!("{}::{name}", group.module)));
        self.within(&items)
    }

    /// The public names of items, with those in them.
    pub(super) fn within(&self, items: &[String]) -> Vec<String> {
        let names = items.iter().flat_map(|item| self.surface.within(item));
        let names: BTreeSet<_> = names.collect();
        names.into_iter().cloned().collect()
    }
}

impl<'a> Compare<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.old.operations(), self.new.operations());
        let only = |of: &BTreeMap<&'a str, Grouped<'a>>, but: &BTreeMap<&'a str, Grouped<'a>>| {
            let only = of.iter().filter(|(id, _)| !but.contains_key(*id));
            only.map(|(_, grouped)| *grouped).collect::<Vec<_>>()
        };
        let (mut gone, mut come) = (only(&old, &new), only(&new, &old));
        for (before, after) in renamed::pairs(&mut gone, &mut come) {
            self.renamed(before, after);
        }
        for operation in gone {
            self.removed(operation);
        }
        for operation in come {
            self.added(operation);
        }
        for (id, before) in &old {
            if let Some(after) = new.get(id) {
                self.operation(*before, *after, false);
            }
        }
    }

    fn removed(&mut self, before: Grouped<'_>) {
        let Operation { id, origin, .. } = before.operation;
        let names = self.old.names(before);
        let effect = Effect {
            old: Some(origin),
            before: Some(id.clone()),
            wire: format!("`{id}` can't be called any more"),
            rust: format!(
                "`{}` and its types are gone, {} public names: code that names one doesn't compile",
                method(before.operation),
                names.len()
            ),
            names,
            ..Effect::default()
        };
        let site = Site::operation(before.operation, false);
        self.note(ChangeKind::OperationRemoved, &site, effect);
    }

    fn added(&mut self, after: Grouped<'_>) {
        let Operation { id, origin, .. } = after.operation;
        let effect = Effect {
            new: Some(origin),
            after: Some(id.clone()),
            wire: format!("`{id}` can be called"),
            rust: format!(
                "`{}` with `{}::{}`",
                method(after.operation),
                after.group.module,
                after.operation.request.name
            ),
            ..Effect::default()
        };
        let site = Site::operation(after.operation, false);
        self.note(ChangeKind::OperationAdded, &site, effect);
    }

    fn renamed(&mut self, before: Grouped<'a>, after: Grouped<'a>) {
        let (old, new) = (before.operation, after.operation);
        let effect = Effect {
            old: Some(&old.origin),
            new: Some(&new.origin),
            before: Some(old.id.clone()),
            after: Some(new.id.clone()),
            wire: format!(
                "`{}` can't be called any more, `{}` can; both have the same shape, so it is probably the same operation",
                old.id, new.id
            ),
            rust: format!(
                "`{}` is `{}`, and its types are named after that: code that names one doesn't compile",
                method(old),
                method(new)
            ),
            names: self.old.names(before),
            ..Effect::default()
        };
        let site = Site::operation(new, true);
        self.note(ChangeKind::OperationRenamed, &site, effect);
        self.operation(before, after, true);
    }

    /// Compares an operation with itself; `renamed` says that it is told already that its names are
    /// others.
    fn operation(&mut self, before: Grouped<'a>, after: Grouped<'a>, mut renamed: bool) {
        let (old, new) = (before.operation, after.operation);
        let site = Site::operation(new, renamed);
        let between = || Effect::between(&old.origin, &new.origin);
        if before.group.module != after.group.module || before.group.feature != after.group.feature
        {
            let effect = Effect {
                before: Some(before.group.tag.clone()),
                after: Some(after.group.tag.clone()),
                rust: format!(
                    "its types are in `{}`, behind the feature `{}`, no longer in `{}`: code that names them doesn't compile",
                    after.group.module, after.group.feature, before.group.module
                ),
                names: self.old.names(before),
                ..between()
            };
            self.note(ChangeKind::OperationMoved, &site, effect);
            renamed = true;
        }
        if old.name != new.name && !renamed {
            let effect = Effect {
                before: Some(old.name.clone()),
                after: Some(new.name.clone()),
                rust: format!(
                    "`{}` is `{}`, and its types are named after that: code that names one doesn't compile",
                    method(old),
                    method(new)
                ),
                names: self.old.names(before),
                ..between()
            };
            self.note(ChangeKind::MethodRenamed, &site, effect);
            renamed = true;
        }
        let site = Site::operation(new, renamed);
        self.facts(old, new, &site);
        self.pages(before, after, &site);
        let parts = [
            ("request", &old.request, &new.request),
            ("response", &old.response, &new.response),
        ];
        for (part, old, new) in parts {
            let pair = Pair {
                old,
                new,
                old_path: format!("{}::{}", before.group.module, old.name),
                new_path: format!("{}::{}", after.group.module, new.name),
            };
            self.records(&pair, &site.part(part));
        }
    }
}
