//! The description of CAMS as tables, read by code that shares none with the generator: YAML values,
//! with references followed here.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use crate::fixtures::cams;
use crate::table::{Field, Operation, Type};

/// All files of the description.
#[derive(Debug)]
pub struct Description(BTreeMap<String, Yaml>);

/// A schema and the file it stands in.
#[derive(Clone, Copy)]
struct Node<'d> {
    file: &'d str,
    yaml: &'d Yaml,
}

/// The limits that are documented.
pub const LIMITS: &[&str] = &[
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
];

impl Description {
    /// Reads the files.
    pub fn read() -> Self {
        let files = cams().into_iter().map(|(path, bytes)| {
            let yaml = serde_yaml::from_slice(&bytes);
            let yaml = yaml.unwrap_or_else(|error| panic!("{path}: {error}"));
            (path, yaml)
        });
        Self(files.collect())
    }

    /// The tables of all operations, in the order of `paths`.
    pub fn operations(&self) -> Vec<Operation> {
        let entry = &self.0["openapi.yaml"];
        let paths = entry["paths"].as_mapping().expect("paths");
        paths.values().map(|item| self.operation(item)).collect()
    }

    /// The shared schemas with their descriptions, and whether each is an object.
    pub fn shared(&self) -> Vec<(String, String, bool)> {
        let schemas = &self.0["openapi.yaml"]["components"]["schemas"];
        let schemas = schemas.as_mapping().expect("shared schemas");
        let each = schemas.iter().map(|(name, schema)| {
            let object = schema["properties"].is_mapping();
            (text(name), text(&schema["description"]), object)
        });
        each.collect()
    }

    /// The groups with their descriptions.
    pub fn groups(&self) -> Vec<(String, String)> {
        let tags = self.0["openapi.yaml"]["tags"].as_sequence().expect("tags");
        let each = tags
            .iter()
            .map(|tag| (text(&tag["name"]), text(&tag["description"])));
        each.collect()
    }

    fn operation(&self, item: &Yaml) -> Operation {
        let file = item["$ref"].as_str().expect("an operation has a file");
        let post = &self.0[file]["post"];
        let node = |yaml| Node { file, yaml };
        let mut request = Vec::new();
        for parameter in sequence(&post["parameters"]) {
            let json = &parameter["content"]["application/json"]["schema"];
            let (schema, place) = if json.is_null() {
                (&parameter["schema"], "query")
            } else {
                (json, "query_json")
            };
            assert_eq!(parameter["in"], "query", "{file}");
            let required = parameter["required"] == true;
            let chain = [node(parameter)];
            let field = self.field(text(&parameter["name"]), &chain, node(schema), required);
            request.push(Field {
                place: Some(place.to_owned()),
                ..field
            });
        }
        let form = &post["requestBody"]["content"]["application/x-www-form-urlencoded"];
        if !form.is_null() {
            for field in self.fields(node(&form["schema"])) {
                let encoding = &form["encoding"][field.name.as_str()]["contentType"];
                let json = encoding == "application/json";
                let place = if json { "form_json" } else { "form" };
                request.push(Field {
                    place: Some(place.to_owned()),
                    ..field
                });
            }
        }
        let answer = &post["responses"]["200"]["content"]["application/json"]["schema"];
        Operation {
            operation: text(&post["operationId"]),
            summary: post["summary"].as_str().map(str::to_owned),
            request,
            response: self.fields(node(answer)),
        }
    }

    fn fields(&self, schema: Node<'_>) -> Vec<Field> {
        let schema = *self.chain(schema).last().expect("itself");
        let required = sequence(&schema.yaml["required"]);
        let Some(properties) = schema.yaml["properties"].as_mapping() else {
            return Vec::new();
        };
        let each = properties.iter().map(|(name, yaml)| {
            let node = Node { yaml, ..schema };
            self.field(text(name), &[], node, required.contains(name))
        });
        each.collect()
    }

    /// A field of which the first that says something holds: `given`, then the schema, then what
    /// that refers to.
    fn field<'d>(
        &'d self,
        name: String,
        given: &[Node<'d>],
        schema: Node<'d>,
        required: bool,
    ) -> Field {
        let mut chain = given.to_vec();
        chain.extend(self.chain(schema));
        let first = |key: &str| {
            chain
                .iter()
                .map(|node| &node.yaml[key])
                .find(|it| !it.is_null())
        };
        let told = chain.last().expect("the schema").yaml;
        let limits = LIMITS.iter().filter_map(|key| {
            let limit = scalar(&told[*key])?;
            Some(((*key).to_owned(), limit))
        });
        let mut overrides = BTreeMap::new();
        for node in &chain {
            for departure in sequence(&node.yaml["x-acs-override"]) {
                assert!(!text(&departure["reason"]).is_empty(), "{name}: no reason");
                overrides.insert(text(&departure["fact"]), json(&departure["vendor"]));
            }
        }
        Field {
            rust: first("x-rust-name").map(text),
            place: None,
            required,
            description: first("description").map(text),
            example: first("example").map(json),
            default: first("default").map(json),
            limits: limits.collect(),
            deprecated: chain.iter().any(|node| node.yaml["deprecated"] == true),
            sensitive: given.iter().any(|node| marked(node.yaml)) || self.sensitive(schema),
            ty: self.ty(schema),
            values: self.values(schema),
            overrides,
            name,
        }
    }

    fn ty(&self, schema: Node<'_>) -> Type {
        let node = *self.chain(schema).last().expect("itself");
        let yaml = node.yaml;
        let inner = |key: &str| {
            let yaml = &yaml[key];
            Box::new(self.ty(Node { yaml, ..node }))
        };
        let format = yaml["format"].as_str();
        match (yaml["type"].as_str(), format) {
            (Some("string"), None | Some("password")) => Type::String,
            (Some("boolean"), None) => Type::Boolean,
            (Some("integer"), Some("int32")) => Type::Int32,
            (Some("integer"), Some("int64")) => Type::Int64,
            (Some("number"), Some("float")) => Type::Float,
            (Some("number"), Some("double")) => Type::Double,
            (Some("array"), None) => Type::Array(inner("items")),
            (Some("object"), None) if yaml["properties"].is_mapping() => {
                Type::Object(self.fields(node))
            }
            (Some("object"), None) if yaml["additionalProperties"] == true => {
                Type::Map(Box::new(Type::Json))
            }
            (Some("object"), None) if yaml["additionalProperties"].is_mapping() => {
                Type::Map(inner("additionalProperties"))
            }
            (None, None) => Type::Json,
            other => panic!("{}: {other:?} is no type that a table has", node.file),
        }
    }

    /// The valid values of the innermost text.
    fn values(&self, schema: Node<'_>) -> Vec<String> {
        let node = *self.chain(schema).last().expect("itself");
        match self.inner(node) {
            Some(inner) => self.values(inner),
            None => sequence(&node.yaml["enum"]).iter().map(text).collect(),
        }
    }

    /// Whether the field is marked, or what is in its list or map.
    fn sensitive(&self, schema: Node<'_>) -> bool {
        let chain = self.chain(schema);
        let node = *chain.last().expect("itself");
        chain.iter().any(|node| marked(node.yaml))
            || self.inner(node).is_some_and(|inner| self.sensitive(inner))
    }

    fn inner<'d>(&self, node: Node<'d>) -> Option<Node<'d>> {
        let keys = ["items", "additionalProperties"];
        let mut inner = keys.iter().map(|key| &node.yaml[*key]);
        let yaml = inner.find(|yaml| yaml.is_mapping())?;
        Some(Node { yaml, ..node })
    }

    /// A schema, and what it refers to in turn.
    fn chain<'d>(&'d self, schema: Node<'d>) -> Vec<Node<'d>> {
        let mut chain = vec![schema];
        loop {
            let last = chain[chain.len() - 1];
            let all_of = &last.yaml["allOf"];
            let next = match (last.yaml["$ref"].as_str(), all_of.as_sequence()) {
                (Some(reference), _) => self.target(last.file, reference),
                (None, Some(one)) => Node {
                    yaml: &one[0],
                    ..last
                },
                (None, None) => return chain,
            };
            chain.push(next);
            assert!(chain.len() < 20, "references in a circle");
        }
    }

    fn target(&self, file: &str, reference: &str) -> Node<'_> {
        let (path, pointer) = reference.split_once('#').expect("a place in a file");
        let path = match path.strip_prefix("../") {
            Some(path) => path,
            None if path.is_empty() => file,
            None => path,
        };
        let (file, root) = self.0.get_key_value(path).expect("the file is there");
        let steps = pointer.split('/').skip(1);
        let yaml = steps.fold(root, |yaml, step| &yaml[step]);
        assert!(!yaml.is_null(), "{reference} leads nowhere");
        Node { file, yaml }
    }
}

fn marked(schema: &Yaml) -> bool {
    schema["x-acs-sensitive"] == "personal" || schema["format"] == "password"
}

fn sequence(yaml: &Yaml) -> &[Yaml] {
    yaml.as_sequence().map_or(&[], Vec::as_slice)
}

fn text(yaml: &Yaml) -> String {
    yaml.as_str().unwrap_or_default().to_owned()
}

fn json(yaml: &Yaml) -> Json {
    serde_json::to_value(yaml).expect("it is JSON, too")
}

/// A scalar as text.
pub(crate) fn scalar(yaml: &Yaml) -> Option<String> {
    match json(yaml) {
        Json::Null => None,
        Json::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// The names of the files of operations, without their extension.
pub fn files() -> Vec<String> {
    let folder = crate::fixtures::folder().join("../specs/cams/operations");
    let entries = fs::read_dir(folder).expect("the description is there");
    let names = entries.map(|entry| {
        let path = entry.expect("readable").path();
        let name = path.file_stem().expect("a name");
        name.to_string_lossy().into_owned()
    });
    names.collect()
}
