//! A description the other way round: as the vendor's portal would publish its facts, without our words.
//!
//! An import of it changes nothing, so that tests can make up what changes.

use alibabacloud_codegen::Sources;
use serde_yaml::{Mapping, Value as Yaml};

use crate::description::LIMITS;
use crate::fixtures::ENTRY;

/// What both sides write alike at a schema, beside its limits.
const ALIKE: &[&str] = &["type", "format", "deprecated", "default", "example"];

/// The `api-docs.json` of a description.
pub fn published(sources: &Sources) -> Yaml {
    let read = |path: &str| -> Yaml {
        let bytes = sources
            .get(path)
            .unwrap_or_else(|| panic!("{path} isn't there"));
        serde_yaml::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let entry = read(ENTRY);
    let mut apis = Mapping::new();
    for (path, item) in entry["paths"].as_mapping().expect("paths") {
        let name = path.as_str().and_then(|path| path.strip_prefix("/#"));
        let file = item["$ref"].as_str().expect("a file for each operation");
        let portal = Portal { entry: &entry };
        let operation = portal.operation(&read(file)["post"]);
        apis.insert(name.expect("RPC style").into(), operation);
    }
    object([
        ("version", "1.0".into()),
        (
            "info",
            object([
                ("style", entry["x-acs-style"].clone()),
                ("product", entry["x-acs-product"].clone()),
                ("version", entry["x-acs-version"].clone()),
            ]),
        ),
        ("apis", apis.into()),
    ])
}

fn object<const N: usize>(members: [(&str, Yaml); N]) -> Yaml {
    let members = members.into_iter().filter(|(_, value)| !value.is_null());
    let members = members.map(|(name, value)| (name.into(), value));
    Yaml::Mapping(members.collect())
}

struct Portal<'e> {
    entry: &'e Yaml,
}

impl Portal<'_> {
    fn operation(&self, operation: &Yaml) -> Yaml {
        let parameters = operation["parameters"].as_sequence().into_iter().flatten();
        let mut parameters: Vec<_> = parameters
            .map(|parameter| self.parameter(parameter))
            .collect();
        parameters.extend(self.form(&operation["requestBody"]));
        let answer = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let ram = &operation["x-acs-ram"];
        let actions = object([
            ("operationType", ram["access"].clone()),
            (
                "ramAction",
                object([
                    ("action", ram["action"].clone()),
                    (
                        "resources",
                        ram["resource"]
                            .as_str()
                            .map_or(Yaml::Null, |arn| vec![Yaml::from(arn)].into()),
                    ),
                ]),
            ),
        ]);
        let limit = &operation["x-acs-rate-limit"];
        let limits = limit.as_u64().map_or(Yaml::Null, |limit| {
            let limits = object([("threshold", limit.to_string().into())]);
            object([("flowControlList", vec![limits].into())])
        });
        object([
            ("methods", vec![Yaml::from("post")].into()),
            ("deprecated", operation["deprecated"].clone()),
            ("parameters", parameters.into()),
            (
                "responses",
                object([("200", object([("schema", self.schema(answer))]))]),
            ),
            ("errorCodes", errors(&operation["x-acs-errors"])),
            (
                "ramActions",
                if ram.is_null() {
                    Yaml::Null
                } else {
                    vec![actions].into()
                },
            ),
            ("flowControl", limits),
        ])
    }

    fn parameter(&self, parameter: &Yaml) -> Yaml {
        let json = &parameter["content"]["application/json"];
        let (schema, style) = match json {
            Yaml::Null => (&parameter["schema"], Yaml::Null),
            json => (&json["schema"], "json".into()),
        };
        let mut schema = self.schema(schema);
        // What a shared schema has for one isn't the parameter's.
        schema.as_mapping_mut().expect("a schema").remove("example");
        for key in ["required", "deprecated", "example"] {
            for at in [json, parameter] {
                if let Some(value) = at.get(key) {
                    schema[key] = value.clone();
                }
            }
        }
        object([
            ("name", parameter["name"].clone()),
            ("in", parameter["in"].clone()),
            ("style", style),
            ("schema", schema),
        ])
    }

    /// The fields of a form, as parameters.
    fn form(&self, body: &Yaml) -> Vec<Yaml> {
        let schema = self.schema(&body["content"]["application/x-www-form-urlencoded"]["schema"]);
        let fields = schema["properties"].as_mapping().into_iter().flatten();
        let parameters = fields.map(|(name, field)| {
            object([
                ("name", name.clone()),
                ("in", "formData".into()),
                ("schema", field.clone()),
            ])
        });
        parameters.collect()
    }

    fn schema(&self, schema: &Yaml) -> Yaml {
        let mut told = Mapping::new();
        let mut layers = vec![schema];
        layers.extend(schema["allOf"].as_sequence().into_iter().flatten());
        for layer in layers.into_iter().rev() {
            if let Some(name) = layer["$ref"].as_str() {
                let name = name.rsplit('/').next().unwrap_or(name);
                let shared = &self.entry["components"]["schemas"][name];
                told.extend(
                    self.schema(shared)
                        .as_mapping()
                        .cloned()
                        .unwrap_or_default(),
                );
            }
            self.layer(layer, &mut told);
        }
        if schema.get("allOf").is_some() && schema.get("example").is_none() {
            told.remove("example");
        }
        told.into()
    }

    fn layer(&self, schema: &Yaml, told: &mut Mapping) {
        for key in ALIKE.iter().chain(LIMITS) {
            if let Some(value) = schema
                .get(key)
                .filter(|value| value.as_str() != Some("password"))
            {
                told.insert((*key).into(), value.clone());
            }
        }
        if let Some(values) = schema["enum"].as_sequence() {
            let titles = values.iter().map(|value| (value.clone(), value.clone()));
            told.insert("enumValueTitles".into(), Yaml::Mapping(titles.collect()));
        }
        for key in ["items", "additionalProperties"] {
            if let Some(within) = schema.get(key).filter(|within| within.is_mapping()) {
                told.insert(key.into(), self.schema(within));
            }
        }
        self.fields(schema, told);
        // What is ours on purpose is told otherwise by the vendor.
        for mark in schema["x-acs-override"].as_sequence().into_iter().flatten() {
            match mark["fact"].as_str() {
                Some("type") => {
                    for key in ["format", "properties", "items", "additionalProperties"] {
                        told.remove(key);
                    }
                    let ty = if mark["vendor"].as_str() == Some("int64") {
                        told.insert("format".into(), "int64".into());
                        "integer"
                    } else {
                        "object"
                    };
                    told.insert("type".into(), ty.into());
                }
                Some(fact @ ("default" | "example")) => {
                    told.insert(fact.into(), "theirs".into());
                }
                _ => {}
            }
        }
    }

    fn fields(&self, schema: &Yaml, told: &mut Mapping) {
        let Some(properties) = schema["properties"].as_mapping() else {
            return;
        };
        let required = schema["required"].as_sequence();
        let fields = properties.iter().map(|(name, field)| {
            let mut field = self.schema(field);
            if required.is_some_and(|required| required.contains(name)) {
                field["required"] = true.into();
            }
            (name.clone(), field)
        });
        told.insert("properties".into(), Yaml::Mapping(fields.collect()));
    }
}

fn errors(errors: &Yaml) -> Yaml {
    let mut told = Mapping::new();
    for error in errors.as_sequence().into_iter().flatten() {
        let status = error["status"]
            .as_u64()
            .map_or_else(String::new, |status| status.to_string());
        let listed = told
            .entry(status.into())
            .or_insert_with(|| Yaml::Sequence(Vec::new()));
        let code = object([("errorCode", error["code"].clone())]);
        listed.as_sequence_mut().expect("a list").push(code);
    }
    if told.is_empty() {
        Yaml::Null
    } else {
        told.into()
    }
}

/// Changes what is published, as RFC 7396 says: members are replaced, and those that are null go.
pub fn patch(target: &mut Yaml, patch: Yaml) {
    let Yaml::Mapping(members) = patch else {
        *target = patch;
        return;
    };
    if !target.is_mapping() {
        *target = Mapping::new().into();
    }
    let target = target.as_mapping_mut().expect("it is one now");
    for (name, value) in members {
        if value.is_null() {
            target.remove(&name);
        } else {
            self::patch(target.entry(name).or_insert(Yaml::Null), value);
        }
    }
}
