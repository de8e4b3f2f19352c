//! What is documented: the tables of an operation's page, as data.

use serde::Deserialize;
use serde_json::Value as Json;

/// The tables of one operation. Order says nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    /// Its name on the wire.
    pub(crate) operation: String,
    /// The request parameters.
    pub(crate) request: Vec<Field>,
    /// The response elements.
    pub(crate) response: Vec<Field>,
}

/// A row of a table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    /// Its name on the wire.
    pub(crate) name: String,
    /// Its name in Rust, where `x-rust-name` gives it another than its wire name comes to.
    pub(crate) rust: Option<String>,
    /// Where it travels, where that isn't `query` in a request and `member` elsewhere.
    pub(crate) place: Option<String>,
    /// Whether it must be there.
    #[serde(default)]
    pub(crate) required: bool,
    /// An example, as it is written in the documentation.
    pub(crate) example: Option<Json>,
    /// What may stand in it.
    #[serde(rename = "type")]
    pub(crate) ty: Type,
    /// The valid values of its text; of the innermost text, in a list or map.
    #[serde(default)]
    pub(crate) values: Vec<String>,
}

/// What may stand in a field.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// An integer of 32 bits.
    Int32,
    /// An integer of 64 bits.
    Int64,
    /// A number of 32 bits.
    Float,
    /// A number of 64 bits.
    Double,
    /// JSON of no declared shape.
    Json,
    /// A list.
    Array(Box<Type>),
    /// A map by names.
    Map(Box<Type>),
    /// An object with a table of its own.
    Object(Vec<Field>),
}
