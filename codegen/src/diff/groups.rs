//! Groups and the service.

use super::{ChangeKind, Compare, Effect, Site};
use crate::model::{Group, Service, UNDECIDED};
use crate::naming;

impl Compare<'_> {
    /// Groups that come, go, or say something else of themselves.
    pub(super) fn groups(&mut self) {
        let (old, new) = (&self.old.api.groups, &self.new.api.groups);
        let find =
            |groups: &[Group], module: &str| groups.iter().position(|group| group.module == module);
        let decided = |group: &&Group| group.tag != UNDECIDED;
        self.explained.insert(naming::snake(UNDECIDED));
        // The module of shared types goes with the last type in it, and each of them is proved by itself.
        self.explained.insert("types".to_owned());
        for group in old.iter().filter(decided) {
            let site = Site::apart(format!("group {}", group.tag));
            let Some(other) = find(new, &group.module).map(|index| &new[index]) else {
                let effect = Effect {
                    old: Some(&group.origin),
                    wire: "nothing by itself".to_owned(),
                    rust: format!(
                        "the module `{}` and the feature `{}` are gone: code and manifests that name them don't build",
                        group.module, group.feature
                    ),
                    names: vec![group.module.clone()],
                    ..Effect::default()
                };
                self.note(ChangeKind::GroupRemoved, &site, effect);
                continue;
            };
            let effect = Effect {
                old: Some(&group.origin),
                new: Some(&other.origin),
                ..Effect::default()
            };
            self.docs(&site, (&group.docs, &other.docs), effect);
        }
        let come = new
            .iter()
            .filter(|group| find(old, &group.module).is_none());
        for group in come.filter(decided) {
            let effect = Effect {
                new: Some(&group.origin),
                wire: "nothing by itself".to_owned(),
                rust: format!(
                    "the module `{}` with the feature `{}`, which `full` has",
                    group.module, group.feature
                ),
                ..Effect::default()
            };
            let site = Site::apart(format!("group {}", group.tag));
            self.note(ChangeKind::GroupAdded, &site, effect);
        }
    }

    /// What a client is told of the service.
    pub(super) fn service(&mut self) {
        let (old, new) = (&self.old.api.service, &self.new.api.service);
        let site = Site::apart("service");
        let facts = |service: &Service| {
            [
                ("product", service.product.clone()),
                ("version", service.version.clone()),
                ("host", service.host.clone()),
                ("region", service.region.clone()),
            ]
        };
        for ((name, before), (_, after)) in facts(old).into_iter().zip(facts(new)) {
            if before == after {
                continue;
            }
            let effect = Effect {
                wire: match name {
                    "host" => "requests go to another host",
                    "region" => "requests go to another region where none is given",
                    "product" => "keys, endpoints and the user agent name another product",
                    _ => "requests ask for another version of the API",
                }
                .to_owned(),
                rust: "compiles as before; calls go elsewhere".to_owned(),
                before: Some(before),
                after: Some(after),
                ..Effect::default()
            };
            self.note(
                ChangeKind::Service,
                &site.inside(&format!(" {name}")),
                effect,
            );
        }
        let docs = |service: &Service| [vec![service.title.clone()], service.docs.clone()].concat();
        self.docs(&site, (&docs(old), &docs(new)), Effect::default());
    }
}
