//! What the vendor's metadata says about a product, as plain data.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::tree::Tree;

/// The limits that OpenAPI has.
pub(crate) const LIMITS: &[&str] = &[
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
];

/// The facts of a product, of one file or of several merged.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) operations: IndexMap<String, Operation>,
    pub(crate) schemas: IndexMap<String, Schema>,
    /// Regions and hosts.
    pub(crate) endpoints: Vec<(String, String)>,
    /// What any operation at all tells of: a file without RAM actions says nothing about them.
    pub(crate) told: BTreeSet<Told>,
    /// Operations that aren't carried, and were asked to be skipped.
    pub(crate) skipped: BTreeSet<String>,
}

/// What some files tell of operations and others never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    Ram,
    RateLimit,
    Errors,
}

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) deprecated: bool,
    pub(crate) ram: Option<Ram>,
    pub(crate) rate_limit: Option<u64>,
    pub(crate) errors: Vec<DocumentedError>,
    pub(crate) parameters: IndexMap<String, Parameter>,
    pub(crate) response: Schema,
}

#[derive(Debug, Clone)]
pub(crate) struct Ram {
    pub(crate) action: String,
    pub(crate) access: String,
    pub(crate) resource: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct DocumentedError {
    pub(crate) code: String,
    pub(crate) status: Option<u16>,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) route: Route,
    pub(crate) schema: Schema,
}

/// How a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) form: bool,
    pub(crate) json: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) ty: Type,
    /// Whether what has this schema must be sent.
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) values: Vec<String>,
    pub(crate) default: Option<Tree>,
    pub(crate) example: Option<Tree>,
    /// By the names that OpenAPI has for them, as they are written.
    pub(crate) limits: IndexMap<&'static str, Tree>,
}

#[derive(Debug, Clone)]
pub(crate) enum Type {
    Any,
    Text,
    Integer(&'static str),
    Number(&'static str),
    Boolean,
    List(Box<Schema>),
    /// A map to values of one schema, or to anything.
    Map(Option<Box<Schema>>),
    Object(IndexMap<String, Schema>),
    /// A schema among the metadata's own components.
    Shared(String),
}

impl Schema {
    /// A schema of anything.
    pub(crate) fn any() -> Self {
        Self {
            ty: Type::Any,
            required: false,
            deprecated: false,
            values: Vec::new(),
            default: None,
            example: None,
            limits: IndexMap::new(),
        }
    }
}

impl Type {
    /// The type in a word.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Text => "string",
            Self::Integer(format) | Self::Number(format) => format,
            Self::Boolean => "boolean",
            Self::List(_) => "array",
            Self::Map(_) => "map",
            Self::Object(_) => "object",
            Self::Shared(_) => "shared",
        }
    }
}

impl Route {
    /// The route in words.
    pub(crate) fn name(self) -> &'static str {
        match (self.form, self.json) {
            (false, false) => "query",
            (false, true) => "query, as JSON",
            (true, false) => "form",
            (true, true) => "form, as JSON",
        }
    }
}

impl Facts {
    /// Drops the shared schemas that nothing leads to any more.
    pub(crate) fn prune(&mut self) {
        let mut waiting = Vec::new();
        for operation in self.operations.values() {
            operation.response.ty.shared(&mut waiting);
            for parameter in operation.parameters.values() {
                parameter.schema.ty.shared(&mut waiting);
            }
        }
        let mut used = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            if let Some(schema) = self.schemas.get(&name)
                && used.insert(name)
            {
                schema.ty.shared(&mut waiting);
            }
        }
        self.schemas.retain(|name, _| used.contains(name));
    }
}

impl Type {
    /// Collects the names of shared schemas within.
    fn shared(&self, names: &mut Vec<String>) {
        match self {
            Self::Shared(name) => names.push(name.clone()),
            Self::List(inner) | Self::Map(Some(inner)) => inner.ty.shared(names),
            Self::Object(fields) => fields.values().for_each(|field| field.ty.shared(names)),
            _ => {}
        }
    }
}
