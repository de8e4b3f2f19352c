//! Valid values.

use super::{ChangeKind, Compare, Effect, Site};
use crate::model::{Enum, Variant};

impl Compare<'_> {
    pub(super) fn values(
        &mut self,
        (old, new): (&Enum, &Enum),
        old_path: &str,
        new_path: &str,
        site: &Site<'_>,
    ) {
        let only = |of: &'_ Enum, but: &Enum| -> Vec<usize> {
            let known = |value: &Variant| but.variants.iter().any(|other| other.wire == value.wire);
            let values = of.variants.iter().enumerate();
            values
                .filter(|(_, value)| !known(value))
                .map(|(at, _)| at)
                .collect()
        };
        let pick = |of: &Enum, at: &[usize]| -> String {
            let wires: Vec<_> = at.iter().map(|at| of.variants[*at].wire.clone()).collect();
            wires.join(", ")
        };
        let (mut gone, mut come) = (only(old, new), only(new, old));
        // By its name in Rust it is the same value for those who use it.
        gone.retain(|at| {
            let before = &old.variants[*at];
            let same = |at: &usize| new.variants[*at].name == before.name;
            let Some(found) = come.iter().position(same) else {
                return true;
            };
            self.respelt(
                (before, &new.variants[come.remove(found)]),
                (old_path, new_path),
                site,
            );
            false
        });
        if let Some(first) = gone.first() {
            let paths = gone
                .iter()
                .map(|at| format!("{old_path}::{}", old.variants[*at].name));
            let names: Vec<_> = paths.collect();
            let effect = Effect {
                old: Some(&old.variants[*first].origin),
                new: Some(&new.origin),
                before: Some(pick(old, &gone)),
                wire: "the same text, if the service takes it still; answered, it is `Unlisted`"
                    .to_owned(),
                rust: format!(
                    "{} gone: code that names one doesn't compile",
                    listed(&names)
                ),
                names,
                ..Effect::default()
            };
            self.note(ChangeKind::ValueRemoved, site, effect);
        }
        if let Some(first) = come.first() {
            let paths = come
                .iter()
                .map(|at| format!("{new_path}::{}", new.variants[*at].name));
            let effect = Effect {
                old: Some(&old.origin),
                new: Some(&new.variants[*first].origin),
                after: Some(pick(new, &come)),
                wire: "the text travels as before".to_owned(),
                rust: format!(
                    "{} new; what was `Unlisted` with that text is it now",
                    listed(&paths.collect::<Vec<_>>())
                ),
                ..Effect::default()
            };
            self.note(ChangeKind::ValueAdded, site, effect);
        }
        for value in &old.variants {
            let other = new.variants.iter().find(|other| other.wire == value.wire);
            if let Some(other) = other
                && other.name != value.name
            {
                let name = format!("{old_path}::{}", value.name);
                let effect = Effect {
                    old: Some(&value.origin),
                    new: Some(&other.origin),
                    before: Some(value.name.clone()),
                    after: Some(other.name.clone()),
                    wire: "nothing".to_owned(),
                    rust: format!(
                        "`{name}` is `{new_path}::{}`: code that names it doesn't compile",
                        other.name
                    ),
                    names: vec![name],
                    ..Effect::default()
                };
                self.note(ChangeKind::ValueRenamed, site, effect);
            }
        }
    }

    /// Notes that a value is another text on the wire.
    fn respelt(
        &mut self,
        (old, new): (&Variant, &Variant),
        (old_path, new_path): (&str, &str),
        site: &Site<'_>,
    ) {
        self.explained.insert(format!("{old_path}::{}", old.name));
        let effect = Effect {
            wire: format!(
                "it travels as `{}`, no longer as `{}`; answered, that is `Unlisted`",
                new.wire, old.wire
            ),
            rust: format!("`{new_path}::{}` compiles as before", new.name),
            ..Effect::between(&old.origin, &new.origin).of(old.wire.clone(), new.wire.clone())
        };
        self.note(ChangeKind::ValueText, site, effect);
    }
}

/// Names with their verb.
fn listed(names: &[String]) -> String {
    /// More names than anybody reads through.
    const MOST: usize = 4;
    let spans: Vec<_> = names
        .iter()
        .take(MOST)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.len() {
        1 => format!("{} is", spans.join("")),
        many if many > MOST => format!("{} and {} more are", spans.join(", "), many - MOST),
        _ => format!("{} are", spans.join(", ")),
    }
}
