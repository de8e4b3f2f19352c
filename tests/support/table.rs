//! What is documented of an operation: its parameters and the elements of its answer, as data.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

/// The tables of one operation. Order says nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Its name on the wire.
    pub operation: String,
    /// What it does, in a sentence.
    #[serde(default)]
    pub summary: Option<String>,
    /// The request parameters.
    pub request: Vec<Field>,
    /// The response elements.
    pub response: Vec<Field>,
}

/// A row of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// Its name in Rust, where `x-rust-name` gives it another than its wire name comes to.
    pub rust: Option<String>,
    /// Where it travels, where that isn't `query` in a request and `member` elsewhere.
    pub place: Option<String>,
    /// Whether it must be there.
    #[serde(default)]
    pub required: bool,
    /// What it means.
    pub description: Option<String>,
    /// An example, as it is written in the documentation.
    pub example: Option<Json>,
    /// What the service takes where it is left out.
    pub default: Option<Json>,
    /// Its ranges and lengths, by the keys of JSON schema.
    #[serde(default)]
    pub limits: BTreeMap<String, String>,
    /// Whether it should no longer be used.
    #[serde(default)]
    pub deprecated: bool,
    /// Whether it must not be shown.
    #[serde(default)]
    pub sensitive: bool,
    /// What may stand in it.
    #[serde(rename = "type")]
    pub ty: Type,
    /// The valid values of its text; of the innermost text, in a list or map.
    #[serde(default)]
    pub values: Vec<String>,
    /// The facts in which it is on purpose not what the vendor says, each with the vendor's.
    #[serde(default)]
    pub overrides: BTreeMap<String, Json>,
}

/// What may stand in a field.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
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

impl Type {
    /// The fields of the object in it, through lists and maps; none, if it holds no object.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::Array(inner) | Self::Map(inner) => inner.fields(),
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The type as a word, without the fields of objects.
    pub fn kind(&self) -> String {
        match self {
            Self::Array(inner) => format!("array of {}", inner.kind()),
            Self::Map(inner) => format!("map of {}", inner.kind()),
            Self::Object(_) => "object".to_owned(),
            scalar => format!("{scalar:?}").to_lowercase(),
        }
    }
}

/// How many fields there are at all depths.
pub fn count(fields: &[Field]) -> usize {
    let each = fields.iter().map(|field| 1 + count(field.ty.fields()));
    each.sum()
}
