//! Valid values.

use super::matched::Matched;
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
        let pick = |values: &[&Variant]| -> String {
            let wires: Vec<_> = values.iter().map(|value| value.wire.as_str()).collect();
            wires.join(", ")
        };
        let Matched {
            by_wire,
            by_name,
            gone,
            come,
        } = Matched::new(
            (&old.variants, &new.variants),
            |value| &value.wire,
            |value| &value.name,
        );
        // By its name in Rust it is the same value for those who use it.
        for pair in by_name {
            self.respelt(pair, (old_path, new_path), site);
        }
        if let Some(first) = gone.first() {
            let paths = gone
                .iter()
                .map(|value| format!("{old_path}::{}", value.name));
            let names: Vec<_> = paths.collect();
            let effect = Effect {
                old: Some(&first.origin),
                new: Some(&new.origin),
                before: Some(pick(&gone)),
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
                .map(|value| format!("{new_path}::{}", value.name));
            let effect = Effect {
                old: Some(&old.origin),
                new: Some(&first.origin),
                after: Some(pick(&come)),
                wire: "the text travels as before".to_owned(),
                rust: format!(
                    "{} new; what was `Unlisted` with that text is it now",
                    listed(&paths.collect::<Vec<_>>())
                ),
                ..Effect::default()
            };
            self.note(ChangeKind::ValueAdded, site, effect);
        }
        for (value, other) in by_wire {
            if other.name != value.name {
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
