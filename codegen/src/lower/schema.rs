//! Schemas: fields and their types.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Lower, docs};
use crate::model::{
    Direction, Enum, Field, Place, Record, Reference, Sensitivity, Type, TypeDef, Variant,
};
use crate::naming;
use crate::problem::Code;
use crate::spec::{self, Property, Schema, Shape};

/// How to name a field, an operation or a shared type.
pub(super) const BY_NAME: &str = "`x-rust-name`";

/// How to name a value.
const BY_NAMES: &str = "`x-rust-names` beside `enum`, from values to names";

/// More than any API has; a few references to references make more than a machine can hold.
const MOST_FIELDS: usize = 50_000;

/// What surrounds the fields being lowered.
pub(super) struct Around<'a> {
    /// What the names of nested types begin with.
    pub(super) prefix: &'a str,
    /// Which way they travel.
    pub(super) direction: Direction,
    /// Where nested types are put.
    pub(super) types: &'a mut Vec<TypeDef>,
}

/// What is said of a field outside of its schema.
pub(super) struct Given<'d> {
    pub(super) wire: &'d str,
    pub(super) required: bool,
    pub(super) deprecated: bool,
    pub(super) description: Option<&'d str>,
    pub(super) example: Option<&'d Value>,
    pub(super) extensions: Vec<(&'d str, &'d Value)>,
    pub(super) at: spec::Place,
    pub(super) place: Place,
}

impl<'d> Lower<'d> {
    /// The fields of an object, sorted by wire name.
    pub(super) fn fields(
        &mut self,
        properties: Vec<Property<'d>>,
        around: &mut Around<'_>,
    ) -> Vec<Field> {
        let given = |Property {
                         name,
                         required,
                         schema,
                     }| {
            let given = Given {
                wire: name,
                required,
                deprecated: false,
                description: None,
                example: None,
                extensions: Vec::new(),
                at: schema.place.clone(),
                place: Place::Member,
            };
            (given, schema)
        };
        self.sorted(properties.into_iter().map(given), around)
    }

    /// Lowers fields, checks that their names differ, and sorts them by wire name.
    pub(super) fn sorted(
        &mut self,
        given: impl IntoIterator<Item = (Given<'d>, Schema<'d>)>,
        around: &mut Around<'_>,
    ) -> Vec<Field> {
        let mut given: Vec<_> = given.into_iter().collect();
        // Before they are lowered, so that the types within them have an order, too.
        given.sort_by_key(|(given, _)| given.wire);
        let mut fields: Vec<Field> = Vec::new();
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for (given, schema) in given {
            let wire = given.wire;
            let place = given.at.clone();
            self.fields += 1;
            if self.fields > MOST_FIELDS {
                if self.fields == MOST_FIELDS + 1 {
                    self.problem(
                        &place,
                        Code::TOO_LARGE,
                        format!("the description comes to more than {MOST_FIELDS} fields"),
                        "share types instead of lists of inline objects that are referred to from several places",
                    );
                }
                return fields;
            }
            let Some(field) = self.field(given, &schema, around) else {
                continue;
            };
            let taken = names.get(&field.name);
            let taken = taken.map(|taken| format!("the field `{taken}`"));
            let builder = around.direction == Direction::Input && field.name == "build";
            let taken = taken.or_else(|| builder.then(|| "the builder's own method".to_owned()));
            if let Some(taken) = taken {
                self.problem(
                    &place,
                    Code::NAME_COLLISION,
                    format!(
                        "`{}` would be `{}` in Rust, which is taken by {taken}",
                        field.wire, field.name
                    ),
                    "give one of the two another name with `x-rust-name`",
                );
            }
            names.entry(field.name.clone()).or_insert(wire);
            fields.push(field);
        }
        fields
    }

    /// One field; none, and a problem, where its type isn't carried.
    pub(super) fn field(
        &mut self,
        given: Given<'d>,
        schema: &Schema<'d>,
        around: &mut Around<'_>,
    ) -> Option<Field> {
        let told = self.alias(schema);
        let told = told.as_ref().unwrap_or(schema);
        let mut extensions = given.extensions;
        extensions.extend(schema.extensions());
        extensions.extend(told.extensions());
        let own = extensions.iter().find(|(name, _)| *name == "x-rust-name");
        let name = self.name(
            given.wire,
            own.map(|(_, value)| *value),
            &given.at,
            naming::snake,
            BY_NAME,
        );
        let ty_name = format!("{}{}", around.prefix, naming::camel(&name));
        let description = given
            .description
            .or(schema.description())
            .or(told.description())
            .or(self.shared_description(told));
        let ty = self.ty(told, &ty_name, description, around)?;
        let example = given.example.or(schema.example()).or(told.example());
        let default = schema.default().or(told.default());
        let marked = sensitivity(&extensions).max(self.sensitivity(schema));
        Some(Field {
            wire: given.wire.to_owned(),
            name,
            docs: docs::described(description, given.wire),
            facts: docs::facts(told, default, example),
            origin: self.location(&given.at),
            ty,
            required: given.required && around.direction == Direction::Input,
            place: given.place,
            deprecated: given.deprecated || schema.deprecated() || told.deprecated(),
            sensitivity: marked,
            example: example.cloned(),
        })
    }

    /// The type of a schema; records and enums within it are put among `around`'s types as `name`,
    /// and where they have no description of their own, `about` is theirs.
    pub(super) fn ty(
        &mut self,
        schema: &Schema<'d>,
        name: &str,
        about: Option<&str>,
        around: &mut Around<'_>,
    ) -> Option<Type> {
        let about = schema.description().or(about);
        Some(match schema.shape() {
            Shape::Boolean => Type::Boolean,
            Shape::Integer {
                format: Some("int32"),
            } => Type::Int32,
            Shape::Integer {
                format: Some("int64"),
            } => Type::Int64,
            Shape::Integer { format } => {
                return self.unknown_format(schema, "integer", format, "`int32` or `int64`");
            }
            Shape::Number {
                format: Some("float"),
            } => Type::Float32,
            Shape::Number {
                format: Some("double"),
            } => Type::Float64,
            Shape::Number { format } => {
                return self.unknown_format(schema, "number", format, "`float` or `double`");
            }
            Shape::String {
                format: None | Some("password"),
                values,
            } if values.is_empty() => Type::String,
            Shape::String {
                format: None,
                values,
            } => {
                self.claim_type(name, &schema.place);
                let lowered = self.open_enum(schema, &values, name, about);
                around.types.push(TypeDef::Enum(lowered));
                Type::Enum(Reference {
                    name: name.to_owned(),
                    shared: false,
                })
            }
            Shape::String {
                format: Some("password"),
                ..
            } => {
                self.problem(
                    &schema.place.child("enum"),
                    Code::SECRET_ENUM,
                    "a secret with a list of valid values isn't carried",
                    "take the `enum` out: who knows the list knows the secret",
                );
                return None;
            }
            Shape::String { format, .. } => {
                return self.unknown_format(
                    schema,
                    "string",
                    format,
                    "none, or `password` for a secret",
                );
            }
            Shape::List(items) => Type::List(Box::new(self.ty(&items, name, about, around)?)),
            Shape::Map(Some(values)) => Type::Map(Box::new(self.ty(&values, name, about, around)?)),
            Shape::Map(None) => Type::Map(Box::new(Type::Json)),
            Shape::Any => Type::Json,
            Shape::Object(properties) => {
                let record = self.nested(schema, properties, name, about, around);
                around.types.push(TypeDef::Record(record));
                Type::Record(Reference {
                    name: name.to_owned(),
                    shared: false,
                })
            }
            Shape::Shared(component) => {
                return self.shared(component, &schema.place, name, about, around);
            }
            Shape::Other(what) => {
                self.problem(
                    &schema.place,
                    Code::SCHEMA_SHAPE,
                    format!("{what}, which isn't carried"),
                    "describe one definite shape: a scalar with its format, a list, a map, an object with properties, or `{}` for free JSON",
                );
                return None;
            }
        })
    }

    fn unknown_format(
        &mut self,
        schema: &Schema<'d>,
        ty: &str,
        format: Option<&str>,
        known: &str,
    ) -> Option<Type> {
        let (place, message) = match format {
            Some(format) => (
                schema.place.child("format"),
                format!("the format `{format}` of type `{ty}` isn't carried"),
            ),
            None => (
                schema.place.clone(),
                format!("type `{ty}` without a `format`"),
            ),
        };
        self.problem(
            &place,
            Code::UNKNOWN_FORMAT,
            message,
            format!("the format may be {known}"),
        );
        None
    }

    fn nested(
        &mut self,
        schema: &Schema<'d>,
        properties: Vec<Property<'d>>,
        name: &str,
        about: Option<&str>,
        around: &mut Around<'_>,
    ) -> Record {
        self.claim_record(name, around.direction, &schema.place);
        let mut inner = Vec::new();
        let fields = self.fields(
            properties,
            &mut Around {
                prefix: name,
                direction: around.direction,
                types: &mut inner,
            },
        );
        // Outer types before inner ones would need a second pass; inner first reads as well.
        around.types.append(&mut inner);
        Record {
            name: name.to_owned(),
            docs: docs::described(about, name),
            origin: self.location(&schema.place),
            direction: around.direction,
            fields,
        }
    }

    pub(super) fn open_enum(
        &mut self,
        schema: &Schema<'d>,
        values: &[&str],
        name: &str,
        about: Option<&str>,
    ) -> Enum {
        let extensions = schema.extensions();
        let given = extensions.iter().find(|(name, _)| *name == "x-rust-names");
        let mut variants: Vec<Variant> = Vec::new();
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for (index, wire) in values.iter().enumerate() {
            let place = schema.place.child("enum").item(index);
            let given = given.and_then(|(_, names)| names.get(wire));
            let variant = self.name(wire, given, &place, naming::camel, BY_NAMES);
            let taken = names.get(&variant).map(|taken| format!("`{taken}`"));
            let taken = taken.or_else(|| {
                (variant == "Unlisted").then(|| "any value that isn't listed".to_owned())
            });
            if let Some(taken) = taken {
                self.problem(
                    &place,
                    Code::NAME_COLLISION,
                    format!("`{wire}` would be the variant `{variant}`, which already stands for {taken}"),
                    format!("give it another name, with {BY_NAMES}"),
                );
            }
            names.entry(variant.clone()).or_insert(wire);
            variants.push(Variant {
                wire: (*wire).to_owned(),
                docs: docs::span(wire),
                name: variant,
                origin: self.location(&place),
            });
        }
        Enum {
            name: name.to_owned(),
            docs: docs::described(about, name),
            origin: self.location(&schema.place),
            variants,
        }
    }

    /// Whether values of a schema may be shown: it and what it lists decide. Records within it
    /// decide for their own fields.
    fn sensitivity(&self, schema: &Schema<'d>) -> Sensitivity {
        let held = match schema.shape() {
            Shape::String {
                format: Some("password"),
                ..
            } => Sensitivity::Secret,
            Shape::List(held) | Shape::Map(Some(held)) => self.sensitivity(&held),
            Shape::Shared(name) => self
                .component(&name)
                .map_or(Sensitivity::Public, |shared| self.sensitivity(&shared)),
            _ => Sensitivity::Public,
        };
        sensitivity(&schema.extensions()).max(held)
    }
}

/// What a field's own marks say.
fn sensitivity(extensions: &[(&str, &Value)]) -> Sensitivity {
    let personal = |(name, value): &(&str, &Value)| {
        *name == "x-acs-sensitive" && value.as_str() == Some("personal")
    };
    if extensions.iter().any(personal) {
        Sensitivity::Personal
    } else {
        Sensitivity::Public
    }
}
