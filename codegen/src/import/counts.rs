//! How much the metadata says: what a description can be measured against.

use super::facts::{Facts, Schema, Type};

/// Numbers of facts, on all levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Parameters, in the query or in a form.
    pub parameters: usize,
    /// Fields of objects, in parameters and answers.
    pub fields: usize,
    /// Parameters and fields that must be sent.
    pub required: usize,
    /// Places that list their valid values.
    pub valid_values: usize,
    /// Defaults of the service.
    pub defaults: usize,
    /// Limits, each bound for itself.
    pub limits: usize,
}

impl Facts {
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts {
            operations: self.operations.len(),
            ..Counts::default()
        };
        for operation in self.operations.values() {
            counts.parameters += operation.parameters.len();
            for parameter in operation.parameters.values() {
                counts.element(&parameter.schema);
            }
            counts.schema(&operation.response);
        }
        for schema in self.schemas.values() {
            counts.schema(schema);
        }
        counts
    }
}

impl Counts {
    fn element(&mut self, schema: &Schema) {
        self.required += usize::from(schema.required);
        self.schema(schema);
    }

    fn schema(&mut self, schema: &Schema) {
        self.valid_values += usize::from(!schema.values.is_empty());
        self.defaults += usize::from(schema.default.is_some());
        self.limits += schema.limits.len();
        match &schema.ty {
            Type::List(inner) | Type::Map(Some(inner)) => self.schema(inner),
            Type::Object(fields) => {
                self.fields += fields.len();
                fields.values().for_each(|field| self.element(field));
            }
            _ => {}
        }
    }
}
