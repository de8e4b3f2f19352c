//! The vendor's metadata as tables, and where a description departs from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cams_tests::description::LIMITS;
use cams_tests::table::{Field, Operation, Type};
use serde_json::{Map, Value as Json};

/// The tables of all operations.
pub(crate) fn operations(path: &Path) -> Vec<Operation> {
    let text = fs::read_to_string(path).expect("a text");
    let metadata: Json = serde_json::from_str(&text).expect("JSON");
    let operations = members(&metadata["apis"]).map(|(name, operation)| Operation {
        operation: name.clone(),
        summary: None,
        request: operation["parameters"]
            .as_array()
            .expect("parameters")
            .iter()
            .map(parameter)
            .collect(),
        response: fields(&operation["responses"]["200"]["schema"]),
    });
    operations.collect()
}

fn members(json: &Json) -> impl Iterator<Item = (&String, &Json)> {
    json.as_object().into_iter().flat_map(Map::iter)
}

fn parameter(parameter: &Json) -> Field {
    let name = parameter["name"].as_str().expect("a name");
    let place = match (parameter["in"].as_str(), parameter["style"].as_str()) {
        (Some("query"), None) => "query",
        (Some("query"), Some("json")) => "query_json",
        (Some("formData"), None) => "form",
        (Some("formData"), Some("json")) => "form_json",
        other => panic!("{name}: {other:?}"),
    };
    Field {
        place: Some(place.to_owned()),
        ..field(name, &parameter["schema"])
    }
}

fn fields(schema: &Json) -> Vec<Field> {
    let properties = members(&schema["properties"]);
    properties
        .map(|(name, schema)| field(name, schema))
        .collect()
}

fn field(name: &str, schema: &Json) -> Field {
    let limits = LIMITS.iter().filter_map(|key| {
        let limit = schema.get(*key)?;
        Some(((*key).to_owned(), text(limit)))
    });
    Field {
        name: name.to_owned(),
        rust: None,
        place: None,
        required: schema["required"] == true,
        description: None,
        example: schema.get("example").cloned(),
        default: schema.get("default").cloned(),
        limits: limits.collect(),
        deprecated: schema["deprecated"] == true,
        sensitive: false,
        ty: ty(schema),
        values: values(schema),
        overrides: BTreeMap::new(),
    }
}

fn ty(schema: &Json) -> Type {
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("string"), _) => Type::String,
        (Some("boolean"), _) => Type::Boolean,
        (Some("integer"), Some("int32")) => Type::Int32,
        (Some("integer"), Some("int64")) => Type::Int64,
        (Some("array"), _) => Type::Array(Box::new(ty(&schema["items"]))),
        (Some("object"), _) if schema.get("properties").is_some() => Type::Object(fields(schema)),
        (Some("object"), _) => Type::Map(Box::new(match &schema["additionalProperties"] {
            Json::Object(_) => ty(&schema["additionalProperties"]),
            _ => Type::Json,
        })),
        (Some("any") | None, _) => Type::Json,
        other => panic!("{other:?}"),
    }
}

/// The valid values of the innermost text.
fn values(schema: &Json) -> Vec<String> {
    for key in ["items", "additionalProperties"] {
        if schema[key].is_object() {
            return values(&schema[key]);
        }
    }
    let titles = members(&schema["enumValueTitles"]);
    titles.map(|(value, _)| value.clone()).collect()
}

fn text(json: &Json) -> String {
    json.as_str()
        .map_or_else(|| json.to_string(), str::to_owned)
}

/// Where a description departs from the metadata, other than it says that it does; and in how many
/// facts it says so.
pub(crate) fn departures(ours: &[Operation], theirs: &[Operation]) -> (Vec<String>, usize) {
    let mut compare = Compare::default();
    let ours: BTreeMap<_, _> = ours.iter().map(|it| (it.operation.as_str(), it)).collect();
    let theirs: BTreeMap<_, _> = theirs
        .iter()
        .map(|it| (it.operation.as_str(), it))
        .collect();
    for (name, their) in &theirs {
        match ours.get(name) {
            None => compare.found.push(format!("{name}: it isn't described")),
            Some(our) => {
                compare.fields(name, &our.request, &their.request);
                compare.fields(name, &our.response, &their.response);
            }
        }
    }
    for name in ours.keys().filter(|name| !theirs.contains_key(*name)) {
        compare.found.push(format!("{name}: the metadata lacks it"));
    }
    (compare.found, compare.overridden)
}

#[derive(Default)]
struct Compare {
    found: Vec<String>,
    overridden: usize,
}

impl Compare {
    fn fields(&mut self, at: &str, ours: &[Field], theirs: &[Field]) {
        for their in theirs {
            let at = format!("{at}.{}", their.name);
            match ours.iter().find(|our| our.name == their.name) {
                None => self.found.push(format!("{at}: it isn't described")),
                Some(our) => self.field(&at, our, their),
            }
        }
        for our in ours {
            let known = theirs.iter().any(|their| their.name == our.name);
            if !known && !our.overrides.contains_key("element") {
                self.found
                    .push(format!("{at}.{}: the metadata lacks it", our.name));
            }
        }
    }

    fn field(&mut self, at: &str, our: &Field, their: &Field) {
        let sorted = |field: &Field| {
            let mut values = field.values.clone();
            values.sort();
            format!("{values:?}")
        };
        let default = |field: &Field| field.default.as_ref().map(text).unwrap_or_default();
        let example = |field: &Field| field.example.as_ref().map(text).unwrap_or_default();
        let of = |say: &dyn Fn(&Field) -> String| (say(our), say(their));
        let facts = [
            ("type", of(&|it| it.ty.kind())),
            ("required", of(&|it| it.required.to_string())),
            ("in", of(&|it| it.place.clone().unwrap_or_default())),
            ("enum", of(&sorted)),
            ("default", of(&default)),
            ("limits", of(&|it| format!("{:?}", it.limits))),
            ("deprecated", of(&|it| it.deprecated.to_string())),
            ("example", of(&example)),
        ];
        for (fact, (said, vendors)) in &facts {
            let same = said == vendors;
            match our.overrides.get(*fact) {
                None if same || *fact == "example" => {}
                None => self
                    .found
                    .push(format!("{at}: {fact} is {said}, not {vendors}")),
                Some(_) if same => {
                    self.found
                        .push(format!("{at}: the override of {fact} changes nothing"));
                }
                Some(told) => {
                    self.overridden += 1;
                    if !told.is_null() && text(told) != *vendors {
                        self.found.push(format!(
                            "{at}: the vendor's {fact} is {vendors}, not {told}"
                        ));
                    }
                }
            }
        }
        for fact in our.overrides.keys() {
            let known = facts.iter().any(|(known, _)| known == fact) || fact == "element";
            if !known {
                self.found
                    .push(format!("{at}: {fact} is no fact that can be overridden"));
            }
        }
        if !our.overrides.contains_key("type") {
            self.fields(at, our.ty.fields(), their.ty.fields());
        }
    }
}
