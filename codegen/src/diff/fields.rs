//! Parameters and fields.

use super::facts::mark;
use super::matched::Matched;
use super::site::{Held, Pair};
use super::{ChangeKind, Compare, Effect, Site, Step};
use crate::model::{About, Direction, Field, Place, Sensitivity};
use crate::surface::field_text;

impl<'a> Compare<'a> {
    /// Compares the fields of two records.
    pub(super) fn records(&mut self, pair: &Pair<'a>, site: &Site<'_>) {
        let Matched {
            by_wire,
            by_name,
            gone,
            come,
        } = Matched::new(
            (&pair.old.fields, &pair.new.fields),
            |field| &field.wire,
            |field| &field.name,
        );
        for field in gone {
            self.field_removed(pair, field, site);
        }
        for field in come {
            self.field_added(pair, field, site);
        }
        // By its name in Rust it is the same field for those who use it.
        for (old, new) in by_wire.into_iter().chain(by_name) {
            self.field(pair, (old, new), site);
        }
    }

    fn field_removed(&mut self, pair: &Pair<'a>, field: &'a Field, site: &Site<'_>) {
        let name = format!("{}.{}", pair.old_path, field.name);
        let mut names = self.vanished(&field.ty);
        names.push(name.clone());
        let sent = pair.old.direction == Direction::Input;
        if sent && field.required {
            names.push(pair.old_path.clone());
        }
        let effect = Effect {
            old: Some(&field.origin),
            before: Some(field_text(field, pair.old.direction)),
            wire: if sent {
                "it can't be sent any more, but by the call's escape hatch"
            } else {
                "it isn't read any more"
            }
            .to_owned(),
            rust: format!(
                "`{name}`{} is gone: code that uses it doesn't compile",
                if sent { " with its setter" } else { "" }
            ),
            names,
            ..Effect::default()
        };
        self.note(ChangeKind::FieldRemoved, &site.field(&field.wire), effect);
    }

    fn field_added(&mut self, pair: &Pair<'a>, field: &Field, site: &Site<'_>) {
        let name = format!("{}.{}", pair.new_path, field.name);
        let effect = match (pair.new.direction, field.required) {
            (Direction::Input, true) => Effect {
                step: Some(Step::Major),
                wire: "every request has it".to_owned(),
                rust: format!(
                    "`{name}` is required: code that builds one without `.{}(…)` doesn't compile",
                    field.name
                ),
                names: vec![pair.old_path.clone()],
                ..Effect::default()
            },
            (Direction::Input, false) => Effect {
                wire: "it can be sent".to_owned(),
                rust: format!("`{name}` with its setter"),
                ..Effect::default()
            },
            (Direction::Output, _) => Effect {
                wire: "it is read where the service answers it".to_owned(),
                rust: format!("`{name}`"),
                ..Effect::default()
            },
        };
        let effect = Effect {
            new: Some(&field.origin),
            after: Some(field_text(field, pair.new.direction)),
            ..effect
        };
        self.note(ChangeKind::FieldAdded, &site.field(&field.wire), effect);
    }

    fn field(&mut self, pair: &Pair<'a>, (old, new): (&'a Field, &'a Field), site: &Site<'_>) {
        let site = &site.field(&new.wire);
        let old_name = format!("{}.{}", pair.old_path, old.name);
        let name = format!("{}.{}", pair.new_path, new.name);
        let between = |before: String, after: String| {
            Effect::between(&old.origin, &new.origin).of(before, after)
        };
        if old.wire != new.wire {
            let effect = Effect {
                wire: format!("it travels as `{}`, no longer as `{}`", new.wire, old.wire),
                rust: format!(
                    "`{name}` compiles as before; what serde reads and writes has the other name"
                ),
                ..between(old.wire.clone(), new.wire.clone())
            };
            self.note(ChangeKind::WireName, site, effect);
        }
        if old.name != new.name {
            let mut names = vec![old_name.clone()];
            names.extend(old.required.then(|| pair.old_path.clone()));
            let effect = Effect {
                rust: format!("`{old_name}` is `{name}`: code that uses it doesn't compile"),
                names,
                ..between(old.name.clone(), new.name.clone())
            };
            self.note(ChangeKind::FieldRenamed, site, effect);
        }
        if old.required != new.required {
            let (before, after) = (
                field_text(old, pair.old.direction),
                field_text(new, pair.new.direction),
            );
            let (kind, wire, how) = if new.required {
                (
                    ChangeKind::Required,
                    "every request has it",
                    "code that builds one without it doesn't compile",
                )
            } else {
                (
                    ChangeKind::Optional,
                    "it may be left out",
                    "the setter stays, code that reads or sets the field doesn't compile",
                )
            };
            let effect = Effect {
                wire: wire.to_owned(),
                rust: format!("`{name}` is `{after}`, was `{before}`: {how}"),
                names: vec![old_name.clone(), pair.old_path.clone()],
                ..between(before, after)
            };
            self.note(kind, site, effect);
        }
        if old.place != new.place {
            let effect = Effect {
                wire: format!(
                    "it travels in the {}, no longer in the {}",
                    place(new.place),
                    place(old.place)
                ),
                rust: format!("`{name}` compiles as before"),
                ..between(place(old.place).to_owned(), place(new.place).to_owned())
            };
            self.note(ChangeKind::Place, site, effect);
        }
        if old.deprecated != new.deprecated {
            let effect = between(mark(old.deprecated), mark(new.deprecated));
            self.deprecated(new.deprecated, &name, site, effect);
        }
        if old.sensitivity != new.sensitivity {
            let effect = Effect {
                rust: match (old.sensitivity, new.sensitivity) {
                    (_, Sensitivity::Public) => format!("`Debug` shows `{name}`, which was hidden"),
                    (Sensitivity::Public, _) => format!("`Debug` hides `{name}`, which was shown"),
                    _ => format!("`Debug` hides `{name}` as before, for another reason"),
                },
                ..between(shown(old.sensitivity), shown(new.sensitivity))
            };
            self.note(ChangeKind::Sensitivity, site, effect);
        }
        self.told(old, new, site);
        let held = Held {
            old,
            new,
            old_path: &pair.old_path,
            new_path: &pair.new_path,
            direction: pair.new.direction,
        };
        self.types(&held, (&old.ty, &new.ty), site);
    }

    /// Compares what is documented of a field.
    fn told(&mut self, old: &Field, new: &Field, site: &Site<'_>) {
        for (about, kind) in [
            (About::Default, ChangeKind::Default),
            (About::Limit, ChangeKind::Limit),
            (About::Example, ChangeKind::Example),
        ] {
            let facts = |field: &Field| {
                let facts = field.facts.iter().filter(|fact| fact.about == about);
                let texts: Vec<_> = facts.map(|fact| fact.text.as_str()).collect();
                texts.join(" ")
            };
            let (before, after) = (facts(old), facts(new));
            if before == after {
                continue;
            }
            let effect = Effect {
                old: Some(&old.origin),
                new: Some(&new.origin),
                // What nobody wrote down before may have been so all the time.
                wire: match (about, before.is_empty() || after.is_empty()) {
                    (About::Example, _) => "nothing",
                    (_, true) => "nothing that is known: it is only told, or no longer told",
                    (About::Default, _) => "the service takes another value where none is sent",
                    (About::Limit, _) => "the service takes other values; nothing is enforced here",
                }
                .to_owned(),
                rust: "the documentation says so".to_owned(),
                before: (!before.is_empty()).then_some(before),
                after: (!after.is_empty()).then_some(after),
                ..Effect::default()
            };
            self.note(kind, site, effect);
        }
        let effect = Effect::between(&old.origin, &new.origin);
        self.docs(site, (&old.docs, &new.docs), effect);
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Member => "JSON object",
        Place::Query => "query",
        Place::QueryJson => "query as JSON",
        Place::Form => "form",
        Place::FormJson => "form as JSON",
    }
}

fn shown(sensitivity: Sensitivity) -> String {
    match sensitivity {
        Sensitivity::Public => "public",
        Sensitivity::Personal => "personal",
        Sensitivity::Secret => "secret",
    }
    .to_owned()
}
