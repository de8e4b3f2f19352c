//! What an operation takes: parameters in the query, fields of a form.

use indexmap::IndexMap;

use super::elements::{Element, FORM, JSON};
use super::operation::commented;
use super::schema::Around;
use super::shared::wrapped;
use super::types::type_of;
use super::{Overrides, Weave};
use crate::import::facts::{Operation, Parameter, Route};
use crate::import::order::without;
use crate::import::report::Section;
use crate::import::tree::{Map, Tree, Value, insert_sorted, map};

/// What the vendor decides about a parameter.
const OF_PARAMETER: &[&str] = &[
    "name",
    "in",
    "required",
    "deprecated",
    "example",
    "schema",
    "content",
];

/// Where a parameter goes, and what it is there.
struct Woven {
    route: Route,
    required: bool,
    tree: Tree,
    encoding: Option<Tree>,
}

impl Weave<'_> {
    /// Puts the parameters and the body.
    pub(super) fn put_request(
        &mut self,
        facts: &Operation,
        old: &Map,
        around: &Around,
        out: &mut Map,
    ) {
        let elements = self.elements(old, around.entry());
        let mut query = IndexMap::new();
        let mut form = IndexMap::new();
        for (name, parameter) in &facts.parameters {
            let woven = self.parameter(name, parameter, elements.get(name), around);
            let list = if woven.route.form {
                &mut form
            } else {
                &mut query
            };
            list.insert(name.clone(), woven);
        }
        for (name, element) in &elements {
            if facts.parameters.contains_key(name) || !self.stays(name, &element.marks()) {
                continue;
            }
            let woven = kept(name, element);
            let list = if element.route.form {
                &mut form
            } else {
                &mut query
            };
            insert_sorted(list, name, woven);
        }
        if !query.is_empty() {
            let items = query.into_values().map(|woven| woven.tree).collect();
            let list = Tree::from(Value::List(items));
            out.insert(
                "parameters".to_owned(),
                commented(list, old.get("parameters")),
            );
        }
        if !form.is_empty() {
            let before = old.get("requestBody");
            let before =
                before.map(|before| self.component(before, "requestBodies", around.entry()));
            let body = body(form, before.as_ref());
            let shared = old.get("requestBody");
            let body = self.still_shared("the form", body, shared, before.as_ref());
            out.insert(
                "requestBody".to_owned(),
                commented(body, old.get("requestBody")),
            );
        }
    }

    fn parameter(
        &mut self,
        name: &str,
        facts: &Parameter,
        old: Option<&Element>,
        around: &Around,
    ) -> Woven {
        let marks = old.map(Element::marks).unwrap_or_default();
        if old.is_none() {
            self.tell_new(name);
        }
        let route = self.route(name, facts.route, old.map(|old| old.route), &marks);
        let ours = old.map(|old| old.required);
        let required = self.required(name, ours, facts.schema.required, &marks);
        let mut facing = old.map(|old| old.facing(route.form));
        let comes = route.form && old.is_some_and(|old| !old.route.form);
        if let Some((_, Some(schema))) = &mut facing
            && comes
            && facts.schema.example.is_some()
            && schema.get("$ref").is_some()
        {
            // Alone, a reference would have the shared example; in the query it has the vendor's.
            *schema = wrapped(schema.clone());
        }
        let (outside, schema) = match &facing {
            Some((outside, schema)) => (Some(outside), schema.as_ref()),
            None => (None, None),
        };
        let around = around.marked(marks.clone(), !route.form);
        let woven = self.schema(name, schema, &facts.schema, &around);
        let comments = old.map(|old| old.comments.clone()).unwrap_or_default();
        if route.form {
            let encoding = old.and_then(|old| old.encoding.clone());
            return Woven {
                route,
                required,
                tree: woven.with_comments(&comments),
                encoding,
            };
        }
        let mut members = outside
            .map(|outside| without(outside, OF_PARAMETER))
            .unwrap_or_default();
        members.insert("name".to_owned(), Tree::string(name));
        members.insert("in".to_owned(), Tree::string("query"));
        if required {
            members.insert("required".to_owned(), Tree::flag(true));
        }
        let written = schema.and_then(Tree::map).filter(|_| marks.has("type"));
        let ty = written.map_or_else(|| facts.schema.ty.clone(), type_of);
        self.remarks(name, outside, &facts.schema, &ty, &marks, &mut members);
        put_schema(&mut members, route, woven, old);
        let shared = old.and_then(|old| old.shared.as_ref());
        let component = shared.map(|shared| self.component(shared, "parameters", around.entry()));
        let tree = self.still_shared(name, members.into(), shared, component.as_ref());
        Woven {
            route,
            required,
            tree: tree.with_comments(&comments),
            encoding: None,
        }
    }

    /// How a parameter travels.
    fn route(
        &mut self,
        name: &str,
        vendor: Route,
        ours: Option<Route>,
        marks: &Overrides,
    ) -> Route {
        let Some(ours) = ours else {
            return vendor;
        };
        if marks.has("in") {
            self.tell_override(name, "in", ours == vendor, vendor.name());
            return ours;
        }
        if ours != vendor {
            let text = format!("in {} → {}", ours.name(), vendor.name());
            self.tell(Section::Changed, name, text);
        }
        vendor
    }
}

/// An element that stays as it is.
fn kept(name: &str, element: &Element) -> Woven {
    let tree = if element.route.form {
        element.schema.clone().unwrap_or_else(|| Map::new().into())
    } else {
        let mut members = element.outside.clone();
        members.insert("name".to_owned(), Tree::string(name));
        members.insert("in".to_owned(), Tree::string("query"));
        if element.required {
            members.insert("required".to_owned(), Tree::flag(true));
        }
        let schema = element.schema.clone().unwrap_or_else(|| Map::new().into());
        put_schema(&mut members, element.route, schema, Some(element));
        element.shared.clone().unwrap_or_else(|| members.into())
    };
    Woven {
        route: element.route,
        required: element.required,
        tree: tree.with_comments(&element.comments),
        encoding: element.encoding.clone(),
    }
}

/// Puts the schema of a parameter, as text or as JSON.
fn put_schema(members: &mut Map, route: Route, schema: Tree, old: Option<&Element>) {
    if !route.json {
        members.insert("schema".to_owned(), schema);
        return;
    }
    let mut media = old.map(|old| old.media.clone()).unwrap_or_default();
    media.insert("schema".to_owned(), schema);
    // Beside `content`, OpenAPI takes no example.
    if let Some(example) = members.shift_remove("example") {
        media.insert("example".to_owned(), example);
    }
    let content = map([(JSON, media.into())]);
    members.insert("content".to_owned(), content.into());
}

/// The body of an operation with form fields.
fn body(form: IndexMap<String, Woven>, old: Option<&Tree>) -> Tree {
    let mut body = old.and_then(Tree::map).cloned().unwrap_or_default();
    let mut content = body
        .get("content")
        .cloned()
        .unwrap_or_else(|| Map::new().into());
    let mut media = content
        .get(FORM)
        .and_then(Tree::map)
        .cloned()
        .unwrap_or_default();
    let mut schema = media
        .get("schema")
        .and_then(Tree::map)
        .cloned()
        .unwrap_or_default();
    let mut encodings = Map::new();
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, woven) in form {
        let mut encoding = woven
            .encoding
            .and_then(|tree| tree.map().cloned())
            .unwrap_or_default();
        if woven.route.json {
            encoding.insert("contentType".to_owned(), Tree::string(JSON));
        } else {
            encoding.shift_remove("contentType");
        }
        if !encoding.is_empty() {
            encodings.insert(name.clone(), encoding.into());
        }
        if woven.required {
            required.push(name.clone());
        }
        properties.insert(name, woven.tree);
    }
    let required = Tree::texts(required.iter().map(String::as_str));
    put(&mut schema, "type", Some(Tree::string("object")));
    put(
        &mut schema,
        "required",
        Some(required).filter(|names| !names.list().is_empty()),
    );
    put(&mut schema, "properties", Some(properties.into()));
    put(&mut media, "schema", Some(schema.into()));
    put(
        &mut media,
        "encoding",
        (!encodings.is_empty()).then(|| encodings.into()),
    );
    if let Some(members) = content.map_mut() {
        put(members, FORM, Some(media.into()));
    }
    put(&mut body, "content", Some(content));
    body.into()
}

/// Puts a member in place of the old one, whose comments stay, or takes that out.
fn put(members: &mut Map, key: &str, tree: Option<Tree>) {
    match tree {
        Some(tree) => {
            let tree = commented(tree, members.get(key));
            members.insert(key.to_owned(), tree);
        }
        None => {
            members.shift_remove(key);
        }
    }
}
