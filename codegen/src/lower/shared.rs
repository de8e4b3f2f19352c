//! Schemas under `components`: types that several places share, or texts that several fields do.

use std::collections::BTreeMap;

use serde_json::Value;

use super::schema::{Around, BY_NAME};
use super::{Lower, docs};
use crate::model::{Direction, Record, Reference, Shared, Type, TypeDef};
use crate::naming;
use crate::problem::Code;
use crate::spec::{Place, Schema, Shape};

/// The shared schemas, and what has been seen of them so far.
pub(super) struct Components<'d> {
    schemas: BTreeMap<&'d str, Schema<'d>>,
    /// Those that make a type, with the direction of their first use.
    types: BTreeMap<String, Direction>,
}

impl<'d> Components<'d> {
    pub(super) fn new(schemas: Vec<(&'d str, Schema<'d>)>) -> Self {
        Self {
            schemas: schemas.into_iter().collect(),
            types: BTreeMap::new(),
        }
    }

    /// Whether a shared schema is anything but a scalar.
    pub(super) fn is_structured(&self, name: &str) -> bool {
        match self.schemas.get(name).map(Schema::shape) {
            Some(Shape::Shared(other)) => self.is_structured(&other),
            Some(Shape::List(_) | Shape::Map(_) | Shape::Object(_) | Shape::Any) => true,
            _ => false,
        }
    }
}

/// Whether a schema makes a type of its own when it is shared.
fn makes_type(schema: &Schema<'_>) -> bool {
    match schema.shape() {
        Shape::Object(_) => true,
        Shape::String { values, .. } => !values.is_empty(),
        _ => false,
    }
}

impl<'d> Lower<'d> {
    /// The schema that a `$ref` borrows type and texts from, where it makes no type of its own.
    pub(super) fn alias(&mut self, schema: &Schema<'d>) -> Option<Schema<'d>> {
        let Shape::Shared(name) = schema.shape() else {
            return None;
        };
        let target = self.component(&name)?;
        if makes_type(&target) {
            return None;
        }
        Some(self.alias(&target).unwrap_or(target))
    }

    /// What the schema behind a `$ref` says of itself.
    pub(super) fn shared_description(&self, schema: &Schema<'d>) -> Option<&'d str> {
        let Shape::Shared(name) = schema.shape() else {
            return None;
        };
        self.component(&name)?.description()
    }

    /// The shared schema of that name.
    pub(super) fn component(&self, name: &str) -> Option<Schema<'d>> {
        self.components.schemas.get(name).cloned()
    }

    /// The type of a `$ref` to a shared schema.
    pub(super) fn shared(
        &mut self,
        component: String,
        place: &Place,
        name: &str,
        about: Option<&str>,
        around: &mut Around<'_>,
    ) -> Option<Type> {
        let target = self.component(&component)?;
        let reference = Reference {
            name: type_name(&component, &target),
            shared: true,
        };
        match target.shape() {
            Shape::Object(_) => {
                let direction = around.direction;
                let first = *self.components.types.entry(component).or_insert(direction);
                if first != direction {
                    self.problem(
                        place,
                        Code::SHARED_BOTH_WAYS,
                        format!("the shared object `{}` is both sent and answered", reference.name),
                        "declare two: what is sent has a builder and required fields, what is answered has neither",
                    );
                }
                Some(Type::Record(reference))
            }
            Shape::String { values, .. } if !values.is_empty() => {
                // An enum goes both ways.
                self.components.types.insert(component, Direction::Output);
                Some(Type::Enum(reference))
            }
            _ => self.ty(&target, name, about, around),
        }
    }

    /// The shared types that are used, and those that these use in turn.
    pub(super) fn shared_types(&mut self) -> Vec<Shared> {
        let mut lowered = BTreeMap::new();
        loop {
            let types = self.components.types.iter();
            let next: Vec<_> = types
                .filter(|(name, _)| !lowered.contains_key(*name))
                .filter_map(|(name, direction)| {
                    Some((name.clone(), *direction, self.component(name)?))
                })
                .collect();
            if next.is_empty() {
                break;
            }
            for (name, direction, schema) in next {
                let types = self.shared_type(&name, direction, &schema);
                lowered.insert(name, types);
            }
        }
        let mut types: Vec<_> = lowered.into_values().collect();
        types.sort_by(|a, b| a.module.cmp(&b.module));
        types
    }

    fn shared_type(
        &mut self,
        component: &str,
        direction: Direction,
        schema: &Schema<'d>,
    ) -> Shared {
        let name = self.name(
            component,
            given(schema),
            &schema.place,
            naming::camel,
            BY_NAME,
        );
        self.claim_record(&name, direction, &schema.place);
        self.claim_shared_module(&naming::snake(&name), &schema.place);
        let mut types = Vec::new();
        let shared = if let Shape::String { values, .. } = schema.shape() {
            TypeDef::Enum(self.open_enum(schema, &values, &name, schema.description()))
        } else {
            let mut around = Around {
                prefix: &name,
                direction,
                types: &mut types,
            };
            TypeDef::Record(Record {
                name: name.clone(),
                docs: docs::described(schema.description(), component),
                origin: self.location(&schema.place),
                direction,
                fields: self.fields(schema.properties(), &mut around),
            })
        };
        types.insert(0, shared);
        Shared {
            module: naming::snake(&name),
            origin: self.location(&schema.place),
            types,
        }
    }
}

fn given<'d>(schema: &Schema<'d>) -> Option<&'d Value> {
    let extensions = schema.extensions();
    let given = extensions
        .into_iter()
        .find(|(name, _)| *name == "x-rust-name");
    given.map(|(_, value)| value)
}

fn type_name(component: &str, schema: &Schema<'_>) -> String {
    let given = given(schema).and_then(Value::as_str);
    given.map_or_else(|| naming::camel(component), str::to_owned)
}
