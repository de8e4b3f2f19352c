//! The words in which the tables of OpenAPI and of our extensions are written.

use std::fmt;

use super::openapi::object;
use super::pointer;

/// What may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    /// A string with something in it.
    Name,
    Flag,
    Number,
    /// A whole number from 0.
    Count,
    /// A whole number from 1.
    Positive,
    /// One of a fixed set of words.
    Word(&'static [&'static str]),
    /// Anything: examples, defaults, unknown extensions.
    Free,
    Part(Part),
    PartOrRef(Part),
    /// What `additionalProperties` takes.
    FlagOrSchema,
    List(&'static Shape),
    Map(&'static Shape),
    /// A map whose keys can stand in `#/components/…`.
    Components(&'static Shape),
}

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Link,
    Callback,
    Components,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    TokenFlow,
    CodeFlow,
    Ram,
    DocumentedError,
    Pagination,
    Override,
    Allow,
}

/// The keys of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object {
    pub(crate) keys: &'static [Key],
    /// What stands under keys that the author chooses.
    pub(crate) rest: Option<(Rest, Shape)>,
    /// Whether `x-…` keys may stand in it.
    pub(crate) extensible: bool,
}

/// Which keys an author may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Path,
    Status,
    Any,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

impl Object {
    pub(crate) fn shape_of(&self, name: &str) -> Option<Shape> {
        match self.keys.iter().find(|key| key.name == name) {
            Some(key) => Some(key.shape),
            None if self.extensible && name.starts_with("x-") => None,
            None => self.rest.map(|(_, shape)| shape),
        }
    }
}

impl Shape {
    /// The shape of what stands under a key or at an index, where the tables of OpenAPI have one.
    pub(crate) fn step(self, token: &str) -> Option<Self> {
        match self {
            Self::Part(part) | Self::PartOrRef(part) => object(part).shape_of(token),
            Self::FlagOrSchema => object(Part::Schema).shape_of(token),
            Self::List(item) | Self::Map(item) | Self::Components(item) => Some(*item),
            _ => None,
        }
    }
}

/// The part at a pointer into a file whose root is `root`, where there is one.
pub(crate) fn part_at(root: Part, pointer: &str) -> Option<Part> {
    let mut shape = Shape::Part(root);
    for token in pointer::tokens(pointer) {
        shape = shape.step(&token)?;
    }
    match shape {
        Shape::Part(part) | Shape::PartOrRef(part) => Some(part),
        Shape::FlagOrSchema => Some(Part::Schema),
        _ => None,
    }
}

pub(crate) const fn may(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        required: false,
    }
}

pub(crate) const fn must(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        required: true,
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "the document",
            Self::Info => "`info`",
            Self::Contact => "`contact`",
            Self::License => "`license`",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Paths => "`paths`",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::ExternalDocs => "`externalDocs`",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Responses => "`responses`",
            Self::Response => "a response",
            Self::Header => "a header",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Callback => "a callback",
            Self::Components => "`components`",
            Self::Tag => "a tag",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::Xml => "`xml`",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "`flows`",
            Self::ImplicitFlow | Self::TokenFlow | Self::CodeFlow => "an OAuth flow",
            Self::Ram => "`x-acs-ram`",
            Self::DocumentedError => "an item of `x-acs-errors`",
            Self::Pagination => "`x-acs-pagination`",
            Self::Override => "an item of `x-acs-override`",
            Self::Allow => "an item of `x-acs-allow`",
        })
    }
}
