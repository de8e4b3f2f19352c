//! Types: what of a schema says which values it has.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::schema::Around;
use super::{Overrides, Weave};
use crate::import::below;
use crate::import::facts::{Schema, Type};
use crate::import::tree::{Map, Tree, insert_sorted};

impl Weave<'_> {
    /// The keys that make the type.
    pub(super) fn typed(
        &mut self,
        path: &str,
        old: Option<&Map>,
        facts: &Schema,
        around: &Around,
    ) -> Map {
        let mut out = Map::new();
        let mut put = |key: &str, tree: Tree| {
            let before = old.and_then(|old| old.get(key));
            let comments = before.map(|before| before.comments.clone());
            let tree = tree.with_comments(&comments.unwrap_or_default());
            out.insert(key.to_owned(), tree);
        };
        let member = |key: &str| old.and_then(|old| old.get(key));
        let around = around.within();
        match &facts.ty {
            Type::Any => {}
            Type::Text => {
                put("type", Tree::string("string"));
                let secret = member("format").and_then(Tree::text) == Some("password");
                if secret && member("type").and_then(Tree::text) == Some("string") {
                    put("format", Tree::string("password"));
                }
            }
            Type::Integer(format) => {
                put("type", Tree::string("integer"));
                put("format", Tree::string(*format));
            }
            Type::Number(format) => {
                put("type", Tree::string("number"));
                put("format", Tree::string(*format));
            }
            Type::Boolean => put("type", Tree::string("boolean")),
            Type::List(items) => {
                put("type", Tree::string("array"));
                let path = format!("{path}[]");
                put("items", self.schema(&path, member("items"), items, &around));
            }
            Type::Map(values) => {
                put("type", Tree::string("object"));
                let before = member("additionalProperties");
                let before = before.filter(|before| before.map().is_some());
                let values = match values {
                    None => Tree::flag(true),
                    Some(values) => self.schema(&format!("{path}{{}}"), before, values, &around),
                };
                put("additionalProperties", values);
            }
            Type::Object(fields) => {
                put("type", Tree::string("object"));
                let (properties, required) = self.fields(path, old, fields, &around);
                if !required.is_empty() {
                    let mut required = Tree::texts(required.iter().map(String::as_str));
                    if let Some(before) = member("required") {
                        required.keep_item_comments(before);
                    }
                    put("required", required);
                }
                put("properties", properties.into());
            }
            Type::Shared(name) => put("$ref", Tree::string(format!("#/components/schemas/{name}"))),
        }
        out
    }

    /// The fields of an object, and which of them are required.
    fn fields(
        &mut self,
        path: &str,
        old: Option<&Map>,
        fields: &IndexMap<String, Schema>,
        around: &Around,
    ) -> (Map, Vec<String>) {
        let empty = Map::new();
        let before = old.and_then(|old| old.get("properties")?.map());
        let before = before.unwrap_or(&empty);
        let listed = old.and_then(|old| old.get("required")).map(Tree::list);
        let listed = listed.unwrap_or_default().iter().filter_map(Tree::text);
        let listed: BTreeSet<&str> = listed.collect();
        let mut properties = Map::new();
        let mut required = BTreeSet::new();
        for (name, field) in fields {
            let path = below(path, name);
            let old = before.get(name);
            let marks = Overrides::of(old.and_then(Tree::map).into_iter());
            if old.is_none() {
                self.tell_new(&path);
            }
            let ours = old.map(|_| listed.contains(&**name));
            if self.required(&path, ours, field.required, &marks) {
                required.insert(name.clone());
            }
            let tree = self.schema(&path, old, field, around);
            let comments = old.map(|old| old.comments.clone());
            let tree = tree.with_comments(&comments.unwrap_or_default());
            properties.insert(name.clone(), tree);
        }
        for (name, old) in before {
            if fields.contains_key(name) {
                continue;
            }
            let marks = Overrides::of(old.map().into_iter());
            if self.stays(&below(path, name), &marks) {
                if listed.contains(&**name) {
                    required.insert(name.clone());
                }
                insert_sorted(&mut properties, name, old.clone());
            }
        }
        let names = properties.keys().filter(|name| required.contains(*name));
        let required = names.cloned().collect();
        (properties, required)
    }
}

/// Whether two types are one, however deep.
pub(super) fn same_type(weave: &Weave<'_>, ours: &Map, vendor: &Map) -> bool {
    weave.normal(&ours.clone().into()) == weave.normal(&vendor.clone().into())
}

/// The type that people wrote, as deep as values of it are told apart.
pub(super) fn type_of(members: &Map) -> Type {
    let text = |key: &str| members.get(key).and_then(Tree::text);
    match text("type") {
        Some("string") => Type::Text,
        Some("integer") if text("format") == Some("int32") => Type::Integer("int32"),
        Some("integer") => Type::Integer("int64"),
        Some("number") => Type::Number("double"),
        Some("boolean") => Type::Boolean,
        Some("array") => Type::List(Box::new(Schema::any())),
        Some("object") => Type::Map(None),
        _ => Type::Any,
    }
}

/// A type in a word, for a report.
pub(super) fn word(members: &Map) -> String {
    let text = |key: &str| members.get(key).and_then(Tree::text);
    match text("type") {
        Some("object") if members.contains_key("properties") => "object".to_owned(),
        Some("object") => "map".to_owned(),
        Some("integer" | "number") => text("format").or(text("type")).unwrap_or("any").to_owned(),
        Some(other) => other.to_owned(),
        None if members.contains_key("$ref") => "a shared schema".to_owned(),
        None => "any".to_owned(),
    }
}
