//! Schemas of the metadata.

use indexmap::{IndexMap, IndexSet};

use super::cursor::At;
use super::{Reader, is_hidden};
use crate::import::facts::{LIMITS, Schema, Type};
use crate::import::tree::Tree;
use crate::problem::Code;
use crate::spec::report::code;
use crate::spec::tree::ScalarKind;

/// As many as the descriptions may have; deeper ones couldn't be read back.
const MOST_SCHEMAS: usize = 24;

impl Reader<'_> {
    /// The schema at a place; `path` is how the report names it.
    pub(super) fn schema(&mut self, at: &At<'_>, path: &str) -> Schema {
        if self.schemas_within == MOST_SCHEMAS {
            let message = format!("schemas nested more than {MOST_SCHEMAS} deep aren't carried");
            self.unsupported(at, message, "descriptions stay below that");
            return Schema::any();
        }
        self.schemas_within += 1;
        let schema = self.schema_within(at, path);
        self.schemas_within -= 1;
        schema
    }

    fn schema_within(&mut self, at: &At<'_>, path: &str) -> Schema {
        let mut schema = Schema::any();
        if at.node.mapping().is_none() {
            self.members(at);
            return schema;
        }
        schema.ty = self.ty(at, path);
        schema.required = self.flag(at, "required");
        schema.deprecated = self.flag(at, "deprecated");
        schema.default = self.value(at, "default");
        schema.example = self.value(at, "example");
        for name in LIMITS {
            if let Some(value) = self.value(at, name) {
                schema.limits.insert(name, value);
            }
        }
        self.exclusive(at, path, &mut schema);
        let values = self.values(at, path);
        match &mut schema.ty {
            Type::Text => schema.values = values,
            // What the vendor notes at the list is about its items.
            Type::List(items) if matches!(items.ty, Type::Text) => {
                if items.values.is_empty() {
                    items.values = values;
                }
            }
            _ if values.is_empty() => {}
            other => {
                let text = format!(
                    "valid values of type {}: {}",
                    other.name(),
                    values.join(", ")
                );
                self.left_out(path, text);
            }
        }
        schema
    }

    fn ty(&mut self, at: &At<'_>, path: &str) -> Type {
        if let Some(reference) = at.get("$ref") {
            return self.reference(&reference);
        }
        let kind = at.get("type");
        let kind = match &kind {
            Some(at) => self.text(at).unwrap_or("any"),
            None if at.get("properties").is_some() => "object",
            None => "any",
        };
        let format = at.get("format");
        let format = format.as_ref().and_then(|format| self.text(format));
        match kind {
            "string" => {
                // An `int64` at a string is a slip of the vendor's; `password` is for us to say.
                if let Some(format) = format
                    && !matches!(format, "" | "int32" | "int64" | "password")
                {
                    self.left_out(path, format!("the format {} of a string", code(format)));
                }
                Type::Text
            }
            "integer" => Type::Integer(match format {
                Some("int32") => "int32",
                Some("int64") => "int64",
                other => self.assumed(path, other, "integer", "int64"),
            }),
            "number" => Type::Number(match format {
                Some("float") => "float",
                Some("double") => "double",
                other => self.assumed(path, other, "number", "double"),
            }),
            "boolean" => Type::Boolean,
            "array" => {
                let items = at.get("items");
                let within = format!("{path}[]");
                Type::List(Box::new(match items {
                    Some(items) => self.schema(&items, &within),
                    None => Schema::any(),
                }))
            }
            "object" => self.object(at, path),
            "any" | "" => Type::Any,
            other => {
                let place = at.get("type").unwrap_or_else(|| at.clone());
                let message = format!("the type {} isn't carried", code(other));
                let help = "types are string, integer, number, boolean, array, object and any";
                self.unsupported(&place, message, help);
                Type::Any
            }
        }
    }

    fn assumed(
        &mut self,
        path: &str,
        format: Option<&str>,
        kind: &str,
        assumed: &'static str,
    ) -> &'static str {
        let had = match format {
            Some(format) => format!("of the format {}", code(format)),
            None => "without a format".to_owned(),
        };
        self.note(path, format!("{kind} {had}: taken as {assumed}"));
        assumed
    }

    fn reference(&mut self, at: &At<'_>) -> Type {
        let text = self.text(at).unwrap_or_default();
        match text.strip_prefix("#/components/schemas/") {
            Some(name) if !name.contains('/') => {
                self.references.push((name.to_owned(), at.location()));
                Type::Shared(name.to_owned())
            }
            _ => {
                let message = format!("the `$ref` {} leads to no shared schema", code(text));
                let help = "the metadata refers to `#/components/schemas/…`";
                self.problem(at, Code::DANGLING_REFERENCE, message, help);
                Type::Any
            }
        }
    }

    fn object(&mut self, at: &At<'_>, path: &str) -> Type {
        let further = at.get("additionalProperties");
        let properties = at.get("properties");
        let properties = properties.map(|at| self.members(&at)).unwrap_or_default();
        if properties.is_empty() {
            let Some(values) = further.filter(|at| at.node.mapping().is_some()) else {
                return Type::Map(None);
            };
            let values = self.schema(&values, &format!("{path}{{}}"));
            return Type::Map(match values.ty {
                Type::Any => None,
                _ => Some(Box::new(values)),
            });
        }
        if further.is_some() {
            self.left_out(path, "members beyond the listed ones");
        }
        let mut fields = IndexMap::new();
        for (name, at) in properties {
            let within = if path == "response" {
                format!("response {name}")
            } else {
                format!("{path}.{name}")
            };
            if is_hidden(&at) {
                self.left_out(&within, "a hidden field");
                continue;
            }
            let schema = self.schema(&at, &within);
            fields.insert(name, schema);
        }
        if fields.is_empty() {
            Type::Map(None)
        } else {
            Type::Object(fields)
        }
    }

    /// A value as it is written; texts are trimmed, and empty ones are none.
    fn value(&mut self, at: &At<'_>, key: &str) -> Option<Tree> {
        let node = at.get(key)?.node;
        match node.text() {
            Some(text) if text.trim().is_empty() => None,
            Some(text) => Some(Tree::string(text.trim())),
            None => Some(Tree::from(node)),
        }
    }

    /// Bounds that don't belong to the range, as whole numbers that do.
    fn exclusive(&mut self, at: &At<'_>, path: &str, schema: &mut Schema) {
        for (flag, limit, step) in [
            ("exclusiveMinimum", "minimum", 1),
            ("exclusiveMaximum", "maximum", -1),
        ] {
            if !self.flag(at, flag) {
                continue;
            }
            let bound = schema.limits.shift_remove(limit);
            let whole = bound.as_ref().and_then(Tree::written);
            let whole = whole.and_then(|text| text.parse::<i64>().ok()?.checked_add(step));
            match (&schema.ty, whole) {
                (Type::Integer(_), Some(whole)) => {
                    schema.limits.insert(limit, Tree::whole(whole));
                }
                _ => self.left_out(path, format!("{flag}: only whole numbers have it")),
            }
        }
    }

    /// The valid values; none where the list isn't clean.
    fn values(&mut self, at: &At<'_>, path: &str) -> Vec<String> {
        if let Some(titles) = at.get("enumValueTitles") {
            let values = titles.node.mapping().into_iter().flatten();
            let values = unique(values.map(|(value, _)| &**value));
            if !values.is_empty() {
                return values;
            }
        }
        let Some(list) = at.get("enum") else {
            return Vec::new();
        };
        let items = self.items(&list);
        let texts: Option<Vec<&str>> = items
            .iter()
            .map(|item| item.node.scalar())
            .map(|scalar| {
                scalar
                    .filter(|scalar| scalar.kind != ScalarKind::Null)
                    .map(|scalar| &*scalar.text)
            })
            .collect();
        let texts = texts.filter(|texts| texts.iter().all(|text| !text.trim().is_empty()));
        let Some(texts) = texts else {
            self.left_out(path, "valid values with an empty one among them");
            return Vec::new();
        };
        unique(texts)
    }
}

/// Trimmed, each once.
fn unique<'t>(values: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let values = values.into_iter().map(str::trim);
    let found: IndexSet<&str> = values.filter(|value| !value.is_empty()).collect();
    found.into_iter().map(str::to_owned).collect()
}
