//! Several files about one product as one: what all of them say, the later one where they differ,
//! the looser one about what is required.

use indexmap::IndexMap;

use super::facts::{Facts, Operation, Parameter, Schema, Type};
use super::fit;
use super::report::{Report, Section};
use super::show::show;
use super::tree::{Tree, insert_sorted};

/// Adds a later file to what the earlier ones said.
pub(super) fn merge(facts: &mut Facts, later: Facts, report: &mut Report) {
    facts.told.extend(later.told);
    facts.skipped.extend(later.skipped);
    for endpoint in later.endpoints {
        if !facts.endpoints.contains(&endpoint) {
            facts.endpoints.push(endpoint);
        }
    }
    let mut merge = Merge {
        report,
        operation: String::new(),
    };
    for (name, later) in later.operations {
        name.clone_into(&mut merge.operation);
        match facts.operations.get_mut(&name) {
            Some(operation) => merge.operation(operation, later),
            None => insert_sorted(&mut facts.operations, &name, later),
        }
    }
    "components".clone_into(&mut merge.operation);
    for (name, later) in later.schemas {
        match facts.schemas.get_mut(&name) {
            Some(schema) => merge.schema(schema, later, &name),
            None => insert_sorted(&mut facts.schemas, &name, later),
        }
    }
}

struct Merge<'r> {
    report: &'r mut Report,
    operation: String,
}

impl Merge<'_> {
    fn operation(&mut self, operation: &mut Operation, later: Operation) {
        operation.deprecated |= later.deprecated;
        operation.ram = later.ram.or(operation.ram.take());
        if let (Some(one), Some(other)) = (operation.rate_limit, later.rate_limit)
            && one != other
        {
            self.contradiction("", format!("rate limit {one} and {other}"));
        }
        operation.rate_limit = later.rate_limit.or(operation.rate_limit);
        for error in later.errors {
            if !operation.errors.contains(&error) {
                operation.errors.push(error);
            }
        }
        for (name, later) in later.parameters {
            match operation.parameters.get_mut(&name) {
                Some(parameter) => self.parameter(parameter, later, &name),
                None => insert_sorted(&mut operation.parameters, &name, later),
            }
        }
        self.schema(&mut operation.response, later.response, "response");
    }

    fn parameter(&mut self, parameter: &mut Parameter, later: Parameter, path: &str) {
        if parameter.route != later.route {
            let text = format!("in {} and {}", parameter.route.name(), later.route.name());
            self.contradiction(path, text);
        }
        parameter.route = later.route;
        self.schema(&mut parameter.schema, later.schema, path);
    }

    fn schema(&mut self, schema: &mut Schema, later: Schema, path: &str) {
        if schema.required != later.required {
            self.contradiction(path, "required and not");
        }
        schema.required &= later.required;
        schema.deprecated |= later.deprecated;
        for value in later.values {
            if !schema.values.contains(&value) {
                schema.values.push(value);
            }
        }
        let default = schema.default.take();
        schema.default = self.later("default", default, later.default, path);
        for (name, limit) in later.limits {
            let earlier = schema.limits.shift_remove(name);
            if let Some(limit) = self.later(name, earlier, Some(limit), path) {
                schema.limits.insert(name, limit);
            }
        }
        self.ty(&mut schema.ty, later.ty, path);
        let usable = |example: &Tree| matches!(fit::example(example, &schema.ty), Ok(Some(_)));
        let later_usable = later.example.as_ref().is_some_and(&usable);
        if later_usable || !schema.example.as_ref().is_some_and(&usable) {
            schema.example = later.example.or(schema.example.take());
        }
    }

    fn later(
        &mut self,
        what: &str,
        earlier: Option<Tree>,
        later: Option<Tree>,
        path: &str,
    ) -> Option<Tree> {
        if let (Some(one), Some(other)) = (&earlier, &later)
            && one != other
        {
            self.contradiction(path, format!("{what} {} and {}", show(one), show(other)));
        }
        later.or(earlier)
    }

    fn ty(&mut self, ty: &mut Type, later: Type, path: &str) {
        match (ty, later) {
            (Type::Object(fields), Type::Object(others)) => {
                self.fields(fields, others, path);
            }
            (Type::List(items), Type::List(others)) => {
                self.schema(items, *others, &format!("{path}[]"));
            }
            (Type::Map(Some(values)), Type::Map(Some(others))) => {
                self.schema(values, *others, &format!("{path}{{}}"));
            }
            (ty, later) => {
                let same = match (&*ty, &later) {
                    (Type::Shared(one), Type::Shared(other)) => one == other,
                    (Type::Map(one), Type::Map(other)) => one.is_none() == other.is_none(),
                    (one, other) => one.name() == other.name(),
                };
                if !same {
                    let text = format!("type {} and {}", ty.name(), later.name());
                    self.contradiction(path, text);
                }
                *ty = later;
            }
        }
    }

    fn fields(
        &mut self,
        fields: &mut IndexMap<String, Schema>,
        others: IndexMap<String, Schema>,
        path: &str,
    ) {
        for (name, other) in others {
            match fields.get_mut(&name) {
                Some(field) => self.schema(field, other, &super::below(path, &name)),
                None => insert_sorted(fields, &name, other),
            }
        }
    }

    fn contradiction(&mut self, path: &str, text: impl Into<String>) {
        self.report
            .add(Section::Contradiction, &self.operation, path, text);
    }
}
