//! Types of fields, and the types within them.

use std::collections::BTreeSet;

use super::site::{Held, Pair};
use super::{ChangeKind, Compare, Effect, Site};
use crate::model::{Direction, Reference, Type, TypeDef};
use crate::surface::{field_text, type_text};

impl<'a> Compare<'a> {
    /// Compares types that a field has, or that are in one.
    pub(super) fn types(
        &mut self,
        held: &Held<'a, '_>,
        (old, new): (&'a Type, &'a Type),
        site: &Site<'_>,
    ) {
        match (old, new) {
            (Type::List(old), Type::List(new)) => self.types(held, (old, new), &site.inside("[]")),
            (Type::Map(old), Type::Map(new)) => self.types(held, (old, new), &site.inside("{}")),
            (Type::Record(old), Type::Record(new)) | (Type::Enum(old), Type::Enum(new)) => {
                self.named(Some(held), (old, new), site);
            }
            (old, new) if old == new => {}
            (old, new) => {
                self.retyped(held, (old, new), site);
                if let (Some(old), Some(new)) = (inner(old), inner(new)) {
                    self.named(None, (old, new), &site.inside("[]"));
                }
            }
        }
    }

    fn retyped(&mut self, held: &Held<'a, '_>, (old, new): (&Type, &Type), site: &Site<'_>) {
        let (before, after) = (
            field_text(held.old, held.direction),
            field_text(held.new, held.direction),
        );
        let name = held.new_name();
        let is = format!("`{name}` is `{after}`, was `{before}`");
        let mut effect = Effect {
            old: Some(&held.old.origin),
            new: Some(&held.new.origin),
            names: self.vanished(old),
            ..Effect::default()
        };
        effect.names.push(held.old_name());
        let kind = match (old, new) {
            (Type::String, Type::Enum(listed)) => {
                effect.before = Some("any text".to_owned());
                effect.after = Some(values(&self.new, listed));
                effect.wire = "the same text; what is valid is listed".to_owned();
                let setter = match held.direction {
                    Direction::Input => "; a setter takes text as before",
                    Direction::Output => "",
                };
                effect.rust = format!("{is}: code that uses it as text doesn't compile{setter}");
                ChangeKind::ValuesListed
            }
            (Type::Enum(listed), Type::String) => {
                effect.before = Some(values(&self.old, listed));
                effect.after = Some("any text".to_owned());
                effect.wire = "the same text; what is valid isn't listed any more".to_owned();
                effect.rust = format!("{is}: code that names the enum doesn't compile");
                ChangeKind::ValuesUnlisted
            }
            _ => {
                let (was, now) = (described(old), described(new));
                effect.wire = if was == now {
                    format!("{now}, as before; the range is another")
                } else {
                    format!("it is {now}, no longer {was}")
                };
                effect.rust = format!("{is}: code that uses it doesn't compile");
                (effect.before, effect.after) = (Some(before), Some(after));
                ChangeKind::Retyped
            }
        };
        self.note(kind, site, effect);
    }

    /// Compares two types that are emitted. Shared ones are compared once, wherever they are met.
    fn named(
        &mut self,
        held: Option<&Held<'a, '_>>,
        (old, new): (&'a Reference, &'a Reference),
        site: &Site<'_>,
    ) {
        let find = |types: &super::Types<'a>, name: &str| types.get(name).copied();
        let (Some((old_module, old_type)), Some((new_module, new_type))) = (
            find(&self.old.types, &old.name),
            find(&self.new.types, &new.name),
        ) else {
            return;
        };
        let old_path = format!("{old_module}::{}", old.name);
        let new_path = format!("{new_module}::{}", new.name);
        let is_renamed = old_path != new_path;
        if is_renamed && let Some(held) = held {
            self.explained.insert(held.old_name());
        }
        let shared = old.shared && new.shared;
        if shared && !self.shared.insert((&old.name, &new.name)) {
            return;
        }
        let site = if shared {
            Site::apart(new_path.as_str())
        } else {
            site.clone()
        };
        let places = (super::origin(old_type), super::origin(new_type));
        let between = || Effect::between(places.0, places.1);
        if is_renamed && !site.renamed {
            let mut types = BTreeSet::new();
            self.reached(old_type, &mut types);
            types.insert(old_path.clone());
            let names = self.old.within(&types.into_iter().collect::<Vec<_>>());
            let used = held.filter(|_| old.shared != new.shared);
            let effect = Effect {
                before: Some(old_path.clone()),
                after: Some(new_path.clone()),
                rust: format!(
                    "`{old_path}` is `{new_path}`, and what is in it goes with it: code that names one doesn't compile"
                ),
                names,
                // What is shared from now on, or no longer, is so where it is used.
                old: Some(
                    used.filter(|_| old.shared)
                        .map_or(places.0, |held| &held.old.origin),
                ),
                new: Some(
                    used.filter(|_| new.shared)
                        .map_or(places.1, |held| &held.new.origin),
                ),
                ..between()
            };
            self.note(ChangeKind::TypeRenamed, &site, effect);
        }
        let site = site.renamed_if(is_renamed);
        let same_words = held.is_none_or(|held| held.old.docs == held.new.docs);
        match (old_type, new_type) {
            (TypeDef::Record(old), TypeDef::Record(new)) => {
                // What has no words of its own has its field's, or its name.
                if !is_renamed && (shared || same_words) {
                    self.docs(&site, (&old.docs, &new.docs), between());
                }
                let pair = Pair {
                    old,
                    new,
                    old_path,
                    new_path,
                };
                self.records(&pair, &site);
            }
            (TypeDef::Enum(old), TypeDef::Enum(new)) => {
                if !is_renamed && (shared || same_words) {
                    self.docs(&site, (&old.docs, &new.docs), between());
                }
                self.values((old, new), &old_path, &new_path, &site);
            }
            // The type of the field says so.
            _ => {}
        }
    }

    /// The public names of types that a type has within it, and that are no longer there.
    pub(super) fn vanished(&self, ty: &Type) -> Vec<String> {
        let mut types = BTreeSet::new();
        self.reach(ty, &mut types);
        self.old.within(&types.into_iter().collect::<Vec<_>>())
    }

    fn reach(&self, ty: &Type, types: &mut BTreeSet<String>) {
        let Some(reference) = inner(ty) else {
            return;
        };
        let Some((module, found)) = self.old.types.get(reference.name.as_str()) else {
            return;
        };
        let stays = self.new.types.get(reference.name.as_str());
        if stays.is_none_or(|(other, _)| other != module) {
            types.insert(format!("{module}::{}", reference.name));
        }
        self.reached(found, types);
    }

    fn reached(&self, ty: &TypeDef, types: &mut BTreeSet<String>) {
        if let TypeDef::Record(record) = ty {
            for field in &record.fields {
                self.reach(&field.ty, types);
            }
        }
    }
}

/// The emitted type in a type.
fn inner(ty: &Type) -> Option<&Reference> {
    match ty {
        Type::List(held) | Type::Map(held) => inner(held),
        Type::Record(reference) | Type::Enum(reference) => Some(reference),
        _ => None,
    }
}

/// The values of an enum, as a list.
fn values(side: &super::Side<'_>, reference: &Reference) -> String {
    let found = side.types.get(reference.name.as_str());
    match found {
        Some((_, TypeDef::Enum(open))) => {
            let wires: Vec<_> = open
                .variants
                .iter()
                .map(|value| value.wire.as_str())
                .collect();
            wires.join(", ")
        }
        _ => type_text(&Type::Enum(reference.clone())),
    }
}

/// What a type is on the wire.
fn described(ty: &Type) -> String {
    match ty {
        Type::Boolean => "true or false".to_owned(),
        Type::Int32 | Type::Int64 => "an integer".to_owned(),
        Type::Float32 | Type::Float64 => "a number with a fraction".to_owned(),
        Type::String | Type::Enum(_) => "text".to_owned(),
        Type::Json => "any JSON".to_owned(),
        Type::List(items) => format!("a list, each item {}", described(items)),
        Type::Map(values) => format!("a map, each value {}", described(values)),
        Type::Record(_) => "an object".to_owned(),
    }
}
