//! Schemas: the vendor's facts, and what people wrote about them.

use super::shared::target;
use super::types::{same_type, type_of, word};
use super::{Overrides, Weave};
use crate::import::facts::{LIMITS, Schema, Type};
use crate::import::fit;
use crate::import::order::without;
use crate::import::report::Section;
use crate::import::show::{change, show, show_or_none};
use crate::import::tree::{Map, Tree};
use crate::spec::rules::is_about;

/// What the vendor decides, beside limits.
const FACTS: &[&str] = &[
    "type",
    "format",
    "deprecated",
    "default",
    "enum",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "example",
    "allOf",
    "$ref",
];

/// Of these, what the override of a type keeps.
const TYPE: &[&str] = &[
    "type",
    "format",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "allOf",
    "$ref",
];

/// What surrounds a schema.
#[derive(Debug, Clone)]
pub(super) struct Around {
    /// How its file refers to the entry.
    entry: String,
    /// Whether example and deprecation stand at the parameter.
    parameter: bool,
    /// What is kept by marks at the parameter.
    marks: Overrides,
}

impl Around {
    pub(super) fn of(entry: &str) -> Self {
        Self {
            entry: entry.to_owned(),
            parameter: false,
            marks: Overrides::default(),
        }
    }

    pub(super) fn at_parameter(&self) -> bool {
        self.parameter
    }

    pub(super) fn marks(&self) -> &Overrides {
        &self.marks
    }

    pub(super) fn entry(&self) -> &str {
        &self.entry
    }

    pub(super) fn marked(&self, marks: Overrides, parameter: bool) -> Self {
        Self {
            entry: self.entry.clone(),
            parameter,
            marks,
        }
    }

    pub(super) fn within(&self) -> Self {
        Self::of(&self.entry)
    }
}

impl Weave<'_> {
    /// Weaves a schema; without an old one it is all facts.
    pub(super) fn schema(
        &mut self,
        path: &str,
        old: Option<&Tree>,
        facts: &Schema,
        around: &Around,
    ) -> Tree {
        let shared = old.and_then(target).map(|(name, _)| name);
        if let Type::Shared(name) = &facts.ty {
            match old {
                None => return self.new_reference(name, facts, around),
                Some(old) if shared == Some(name) => {
                    return self.beside_reference(path, old, facts, around);
                }
                Some(_) => {}
            }
            // People wrote something else in its place, which the same facts are held against.
            if let Some(component) = self.facts.schemas.get(name) {
                let facts = Schema {
                    ty: component.ty.clone(),
                    values: component.values.clone(),
                    limits: component.limits.clone(),
                    default: facts.default.clone().or(component.default.clone()),
                    ..facts.clone()
                };
                if !matches!(facts.ty, Type::Shared(_)) {
                    return self.schema(path, old, &facts, around);
                }
            }
        }
        match (old, shared) {
            (Some(old), Some(name)) => self.shared(path, old, name, facts, around),
            _ => self.inline(path, old, facts, around),
        }
    }

    pub(super) fn inline(
        &mut self,
        path: &str,
        old: Option<&Tree>,
        facts: &Schema,
        around: &Around,
    ) -> Tree {
        let members = old.and_then(Tree::map);
        let marks = around.marks.and(Overrides::of(members.into_iter()));
        let mut out = members
            .map(|members| without(&without(members, FACTS), LIMITS))
            .unwrap_or_default();
        let kept = members.filter(|_| marks.has("type"));
        let ours;
        let ty = if let Some(members) = kept {
            let keys = TYPE.iter().filter_map(|key| members.get_key_value(*key));
            let keys: Map = keys
                .map(|(key, tree)| (key.clone(), tree.clone()))
                .collect();
            self.quiet += 1;
            let vendor = self.typed(path, Some(members), facts, around);
            self.quiet -= 1;
            let word = facts.ty.name();
            self.tell_override(path, "type", same_type(self, &keys, &vendor), word);
            ours = type_of(&keys);
            out.extend(keys);
            &ours
        } else {
            let vendor = self.typed(path, members, facts, around);
            if let Some(members) = members {
                let (before, after) = (word(members), word(&vendor));
                if before != after {
                    let text = format!("type {before} → {after}");
                    self.tell(Section::Changed, path, text);
                }
            }
            out.extend(vendor);
            &facts.ty
        };
        self.values(path, members, facts, ty, &marks, &mut out);
        let default = facts.default.as_ref();
        let default = self.fitted(path, "default", default, |value| fit::value(value, ty));
        let settled = [("default", default)];
        self.settle(path, "default", &settled, members, &marks, &mut out);
        let limits: Vec<_> = LIMITS
            .iter()
            .map(|name| {
                let limit = facts.limits.get(name);
                (
                    *name,
                    self.fitted(path, name, limit, |value| fit::limit(name, value, ty)),
                )
            })
            .collect();
        self.settle(path, "limits", &limits, members, &marks, &mut out);
        if !around.parameter {
            self.remarks(path, members, facts, ty, &marks, &mut out);
        }
        self.drop_unfit(path, ty, &mut out);
        self.names_of_values(path, &mut out);
        out.into()
    }

    /// Deprecation and example, which a parameter has outside of its schema.
    pub(super) fn remarks(
        &mut self,
        path: &str,
        old: Option<&Map>,
        facts: &Schema,
        ty: &Type,
        marks: &Overrides,
        out: &mut Map,
    ) {
        let deprecated = facts.deprecated.then(|| Tree::flag(true));
        let deprecated = [("deprecated", deprecated)];
        self.settle(path, "deprecated", &deprecated, old, marks, out);
        let example = facts.example.as_ref();
        let example = self.fitted(path, "example", example, |value| fit::example(value, ty));
        self.settle(path, "example", &[("example", example)], old, marks, out);
    }

    fn values(
        &mut self,
        path: &str,
        old: Option<&Map>,
        facts: &Schema,
        ty: &Type,
        marks: &Overrides,
        out: &mut Map,
    ) {
        let listed = matches!(ty, Type::Text) && !facts.values.is_empty();
        let mut values = listed.then(|| Tree::texts(facts.values.iter().map(String::as_str)));
        // A comment at a value stays with the value.
        if let Some(values) = &mut values
            && let Some(before) = old.and_then(|old| old.get("enum"))
        {
            values.keep_item_comments(before);
        }
        self.settle(path, "enum", &[("enum", values)], old, marks, out);
    }

    /// Takes out what was kept of another type, and can't stand beside the new one.
    fn drop_unfit(&mut self, path: &str, ty: &Type, out: &mut Map) {
        let kind = out.get("type").and_then(Tree::text).map(str::to_owned);
        let Some(kind) = kind else {
            return;
        };
        let unfit = out.iter().filter(|(key, tree)| {
            !is_about(key, &kind)
                || **key == "enum" && kind != "string"
                || LIMITS.contains(&&***key) && fit::limit(key, tree, ty).is_err()
        });
        let unfit: Vec<String> = unfit.map(|(key, _)| key.clone()).collect();
        for key in unfit {
            let value = out.shift_remove(&key);
            let text = format!("{key} {}, of another type", show_or_none(value.as_ref()));
            self.tell(Section::Removed, path, text);
        }
    }

    /// Takes out the names of values that are gone.
    fn names_of_values(&mut self, path: &str, out: &mut Map) {
        const NAMES: &str = "x-rust-names";
        let values = out.get("enum").map(Tree::list).unwrap_or_default();
        let names = out.get(NAMES).and_then(Tree::map).into_iter().flatten();
        let gone =
            names.filter(|(name, _)| !values.iter().any(|value| value.written() == Some(name)));
        let gone: Vec<String> = gone.map(|(name, _)| name.clone()).collect();
        for name in &gone {
            let text = format!("the name of its value {}", show(&Tree::string(&**name)));
            self.tell(Section::Removed, path, text);
        }
        if let Some(names) = out.get_mut(NAMES).and_then(Tree::map_mut) {
            names.retain(|name, _| !gone.contains(name));
            if names.is_empty() {
                out.shift_remove(NAMES);
            }
        }
    }

    /// A value as one of its type; what isn't one is left out.
    fn fitted(
        &mut self,
        path: &str,
        name: &str,
        written: Option<&Tree>,
        fit: impl FnOnce(&Tree) -> Result<Option<Tree>, fit::Unfit>,
    ) -> Option<Tree> {
        let written = written?;
        if let Ok(value) = fit(written) {
            return value;
        }
        let text = format!("the {name} {} doesn't fit its type", show(written));
        self.tell(Section::LeftOut, path, text);
        None
    }

    /// Puts the keys of a fact: the vendor's, or ours where a mark says so.
    fn settle(
        &mut self,
        path: &str,
        fact: &str,
        vendor: &[(&str, Option<Tree>)],
        old: Option<&Map>,
        marks: &Overrides,
        out: &mut Map,
    ) {
        let kept = old.is_some() && marks.has(fact);
        let ours = |key: &str| old.and_then(|old| old.get(key));
        if kept {
            let same = vendor
                .iter()
                .all(|(key, value)| ours(key) == value.as_ref());
            self.tell_override(path, fact, same, &said(vendor));
        }
        for (key, value) in vendor {
            let before = ours(key);
            let value = if kept { before } else { value.as_ref() };
            if !kept && old.is_some() && before != value {
                let mut text = change(key, before, value);
                if value.is_none()
                    && let Some(comment) = before.and_then(|before| before.comments.first())
                {
                    text.push_str("; its comment is gone with it: #");
                    text.push_str(comment);
                }
                let section = if fact == "example" {
                    Section::Example
                } else {
                    Section::Changed
                };
                self.tell(section, path, text);
            }
            if let Some(value) = value {
                let comments = before.map(|before| before.comments.clone());
                let value = value.clone().with_comments(&comments.unwrap_or_default());
                out.insert((*key).to_owned(), value);
            }
        }
    }

    pub(super) fn tell_override(&mut self, path: &str, fact: &str, same: bool, vendor: &str) {
        if same {
            self.tell(Section::Superfluous, path, fact);
        } else {
            let text = format!("{fact} (the vendor says {vendor})");
            self.tell(Section::Kept, path, text);
        }
    }

    /// Whether an element is required; `ours` is none for a new one.
    pub(super) fn required(
        &mut self,
        path: &str,
        ours: Option<bool>,
        vendor: bool,
        marks: &Overrides,
    ) -> bool {
        let Some(ours) = ours else {
            return vendor;
        };
        if marks.has("element") {
            self.tell_override(path, "element", true, "");
        }
        let word = |required: bool| if required { "required" } else { "optional" };
        if marks.has("required") {
            self.tell_override(path, "required", ours == vendor, word(vendor));
            return ours;
        }
        if ours != vendor {
            let text = format!("{} → {}", word(ours), word(vendor));
            self.tell(Section::Changed, path, text);
        }
        vendor
    }

    /// Whether an element that the vendor doesn't have stays.
    pub(super) fn stays(&mut self, path: &str, marks: &Overrides) -> bool {
        let ours = marks.has("element");
        if ours {
            self.tell_override(path, "element", false, "nothing of it");
        } else {
            self.tell(Section::Removed, path, "");
        }
        ours
    }
}

/// What the vendor says about a fact; one of several keys is named.
fn said(vendor: &[(&str, Option<Tree>)]) -> String {
    if let [(_, value)] = vendor {
        return show_or_none(value.as_ref());
    }
    let said = vendor.iter();
    let said = said.filter_map(|(key, value)| Some(format!("{key} {}", show(value.as_ref()?))));
    let said: Vec<_> = said.collect();
    if said.is_empty() {
        "none".to_owned()
    } else {
        said.join(", ")
    }
}
