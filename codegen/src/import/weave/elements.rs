//! What people wrote about the parameters of an operation, wherever each stands.

use indexmap::IndexMap;

use super::shared::{moved, target};
use super::{Overrides, Weave};
use crate::import::facts::Route;
use crate::import::tree::{Map, Tree, Value};

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const JSON: &str = "application/json";

/// What stands at a parameter, outside of its schema.
const OUTSIDE: &[&str] = &["description", "deprecated", "example"];

/// A parameter or a field of the form, as people left it.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) route: Route,
    pub(super) required: bool,
    /// What stands outside of the schema.
    pub(super) outside: Map,
    pub(super) schema: Option<Tree>,
    /// What stands beside the schema of a parameter that is sent as JSON.
    pub(super) media: Map,
    /// What the form says about the field's encoding.
    pub(super) encoding: Option<Tree>,
    /// The reference to a shared parameter, where it is one.
    pub(super) shared: Option<Tree>,
    pub(super) comments: Vec<String>,
}

impl Element {
    pub(super) fn marks(&self) -> Overrides {
        let schema = self.schema.as_ref().and_then(Tree::map);
        Overrides::of([&self.outside].into_iter().chain(schema))
    }

    /// The same as a field of a form or as a parameter in the query: what stands outside of the
    /// schema there stands within it here.
    pub(super) fn facing(&self, form: bool) -> (Map, Option<Tree>) {
        let mut outside = self.outside.clone();
        let mut schema = self.schema.clone();
        match (self.route.form, form) {
            (false, true) => {
                schema = schema.map(|schema| sunk(schema, std::mem::take(&mut outside)));
            }
            (true, false) => {
                schema = schema.map(|schema| lifted(schema, &mut outside));
            }
            _ => {}
        }
        (outside, schema)
    }
}

/// A schema with what stood outside of it.
fn sunk(schema: Tree, outside: Map) -> Tree {
    let mut members = match schema.value {
        Value::Map(members) if members.contains_key("$ref") && !outside.is_empty() => {
            let mut wrapped = Map::new();
            let list = Value::List(vec![members.into()]);
            wrapped.insert("allOf".to_owned(), list.into());
            wrapped
        }
        Value::Map(members) => members,
        Value::Scalar(_) | Value::List(_) => Map::new(),
    };
    members.extend(outside);
    members.into()
}

/// A schema without what belongs outside of it at a parameter.
fn lifted(schema: Tree, outside: &mut Map) -> Tree {
    let Value::Map(mut members) = schema.value else {
        return schema;
    };
    // The names of values stay beside the values.
    let lifts =
        |key: &str| OUTSIDE.contains(&key) || key.starts_with("x-") && key != "x-rust-names";
    let keys: Vec<String> = members.keys().filter(|key| lifts(key)).cloned().collect();
    for key in keys {
        if let Some(tree) = members.shift_remove(&key) {
            outside.insert(key, tree);
        }
    }
    members.into()
}

impl Weave<'_> {
    /// The parameters and form fields of an operation, by name.
    pub(super) fn elements(&self, operation: &Map, entry: &str) -> IndexMap<String, Element> {
        let mut elements = IndexMap::new();
        for item in operation
            .get("parameters")
            .map(Tree::list)
            .unwrap_or_default()
        {
            let shared = item.get("$ref").is_some().then(|| item.clone());
            let parameter = self.component(item, "parameters", entry);
            let name = parameter.get("name").and_then(Tree::text);
            if let (Some(name), Some(members)) = (name, parameter.map()) {
                let element = element(members, shared, &item.comments);
                elements.insert(name.to_owned(), element);
            }
        }
        let body = operation.get("requestBody");
        let body = body.map(|body| self.component(body, "requestBodies", entry));
        let form = body.as_ref().and_then(|body| body.at(&["content", FORM]));
        let properties = form.and_then(|form| form.at(&["schema", "properties"])?.map());
        let required = form.and_then(|form| form.at(&["schema", "required"]));
        let required = required.map(Tree::list).unwrap_or_default();
        for (name, schema) in properties.into_iter().flatten() {
            let encoding = form.and_then(|form| form.at(&["encoding", name]));
            let json = encoding.and_then(|encoding| encoding.get("contentType")?.text());
            let element = Element {
                route: Route {
                    form: true,
                    json: json == Some(JSON),
                },
                required: required.iter().any(|listed| listed.text() == Some(name)),
                outside: Map::new(),
                schema: Some(schema.clone()),
                media: Map::new(),
                encoding: encoding.cloned(),
                shared: None,
                comments: schema.comments.clone(),
            };
            elements.insert(name.clone(), element);
        }
        elements
    }

    /// What a reference to a section of `components` leads to, as the file of an operation has it;
    /// or the tree itself.
    pub(super) fn component(&self, tree: &Tree, section: &str, entry: &str) -> Tree {
        let found = self.target(tree, section);
        if std::ptr::eq(found, tree) {
            tree.clone()
        } else {
            moved(found, entry)
        }
    }

    fn target<'t>(&'t self, tree: &'t Tree, section: &str) -> &'t Tree {
        let mut tree = tree;
        for _ in 0..16 {
            let name = tree.get("$ref").and_then(Tree::text);
            let name = name.and_then(|text| text.split_once("#/components/"));
            let name = name.and_then(|(_, name)| name.strip_prefix(section)?.strip_prefix('/'));
            let found = name.and_then(|name| self.components.get(section)?.get(name));
            match found {
                Some(found) => tree = found,
                None => break,
            }
        }
        tree
    }
}

fn element(members: &Map, shared: Option<Tree>, comments: &[String]) -> Element {
    let mut outside =
        crate::import::order::without(members, &["name", "in", "required", "schema", "content"]);
    let content = members
        .get("content")
        .and_then(|content| content.map()?.values().next());
    let mut media = content.and_then(Tree::map).cloned().unwrap_or_default();
    let mut schema = members
        .get("schema")
        .cloned()
        .or(media.shift_remove("schema"));
    // An example may stand at several places; it is looked for at one.
    if let Some(example) = media.shift_remove("example") {
        outside.entry("example".to_owned()).or_insert(example);
    }
    if let Some(schema) = &mut schema
        && target(schema).is_none()
        && let Some(inner) = schema.map_mut()
    {
        for key in ["deprecated", "example"] {
            if let Some(tree) = inner.shift_remove(key) {
                outside.entry(key.to_owned()).or_insert(tree);
            }
        }
    }
    Element {
        route: Route {
            form: false,
            json: members.contains_key("content"),
        },
        required: members.get("required").is_some_and(Tree::is_true),
        outside,
        schema,
        media,
        encoding: None,
        shared,
        comments: comments.to_vec(),
    }
}
