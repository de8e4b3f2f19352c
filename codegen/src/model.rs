//! The model: what a description comes to, in terms of Rust.
//!
//! Plain data, ordered, without behaviour. Everything has its wire name beside its Rust name. It
//! speaks of operations in general, so that products of another style can follow.

use crate::problem::Location;

/// A whole API.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The service.
    pub service: Service,
    /// The groups, sorted by module.
    pub groups: Vec<Group>,
    /// The types that are declared shared, sorted by name.
    pub types: Vec<Shared>,
}

/// The tag of operations that nobody has given one, where decisions may be missing.
pub const UNDECIDED: &str = "(undecided)";

/// The service behind an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name for people.
    pub title: String,
    /// What it is.
    pub docs: Docs,
    /// Product code, as in `Cams`.
    pub product: String,
    /// API version, as in `2020-06-06`.
    pub version: String,
    /// Host name; `{region}` stands for the region.
    pub host: String,
    /// The region where none is given.
    pub region: String,
}

/// A type that several places share.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Module of its own, in snake case.
    pub module: String,
    /// Where it is declared.
    pub origin: Location,
    /// The type itself, then the types nested in it.
    pub types: Vec<TypeDef>,
}

/// A group of operations: one tag, one module, one Cargo feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The tag.
    pub tag: String,
    /// Module, in snake case.
    pub module: String,
    /// Cargo feature, in kebab case.
    pub feature: String,
    /// What the group is about.
    pub docs: Docs,
    /// Where the tag is declared.
    pub origin: Location,
    /// Its operations, sorted by module.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Its name on the wire.
    pub id: String,
    /// Its module and client method, in snake case.
    pub name: String,
    /// Where it is described.
    pub origin: Location,
    /// HTTP method, in capitals.
    pub method: String,
    /// Path of its URL.
    pub path: String,
    /// One sentence.
    pub summary: String,
    /// What more there is to know.
    pub docs: Docs,
    /// Whether it shouldn't be called any more.
    pub deprecated: bool,
    /// The vendor's page.
    pub documentation: Option<String>,
    /// What the caller must be allowed to do.
    pub ram: Option<Ram>,
    /// Calls per second and account.
    pub rate_limit: Option<u32>,
    /// Documented error codes.
    pub errors: Vec<ErrorCode>,
    /// What may happen to a request whose fate is unknown.
    pub retry: Retry,
    /// How its answers come in pages, where they do.
    pub pagination: Option<Pagination>,
    /// What is sent.
    pub request: Record,
    /// What is answered.
    pub response: Record,
    /// The types nested in both, in the order in which they are met.
    pub types: Vec<TypeDef>,
}

/// What the caller must be allowed to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ram {
    /// The action, as in `cams:DeleteChatGroup`, as a code span.
    pub action: String,
    /// Its access level, as in `delete`.
    pub access: Option<String>,
    /// The resource that it is allowed on, as a code span.
    pub resource: Option<String>,
}

/// A documented error code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code, as a code span.
    pub code: String,
    /// HTTP status that it comes with.
    pub status: Option<u16>,
    /// What it means.
    pub description: Option<String>,
}

/// What may happen to a request whose fate is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It may be repeated.
    Read,
    /// It is repeated only where it surely wasn't carried out.
    Send,
}

/// How the answers of an operation come in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// How the next page is asked for.
    pub paging: Paging,
    /// The field of the request that holds how many entries a page is to have.
    pub size: Option<Path>,
    /// The list in the answer.
    pub items: Path,
    /// The type of its items.
    pub item: Type,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paging {
    /// By its number.
    Page {
        /// The field of the request that holds the number.
        index: Path,
        /// The field of the answer that holds how many entries all pages have.
        total: Option<Path>,
    },
    /// With a token.
    Token {
        /// The field of the request that holds the token.
        token: Path,
        /// The field of the answer that holds the next one.
        next: Path,
    },
}

/// The way to a field through the objects that hold it, never empty.
pub type Path = Vec<Step>;

/// A field on the way to another, or that other itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust, without `r#`.
    pub name: String,
    /// Whether it may be absent.
    pub optional: bool,
    /// Whether it shouldn't be used any more.
    pub deprecated: bool,
    /// What must be said where an object is made to hold the next one.
    pub fill: Option<Fill>,
}

/// The required fields of an object that is made because the caller gives none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// The object's type.
    pub record: Reference,
    /// The page's number, where it is required.
    pub index: Option<Filled>,
    /// The size of a page, where it is required.
    pub size: Option<Filled>,
}

/// A field to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its name in Rust, without `r#`.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// A type that is emitted.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeDef {
    /// A struct.
    Record(Record),
    /// An open enum.
    Enum(Enum),
}

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its name in Rust.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Location,
    /// Which way it travels.
    pub direction: Direction,
    /// Its fields, sorted by wire name.
    pub fields: Vec<Field>,
}

/// Which way a record travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the service: built by the caller.
    Input,
    /// From the service: read by the caller.
    Output,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust, without `r#`.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// What else is documented of it, in the order in which it is told.
    pub facts: Vec<Fact>,
    /// Where it is described.
    pub origin: Location,
    /// Its type, leaving aside whether it may be absent.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// Where it travels.
    pub place: Place,
    /// Whether it shouldn't be used any more.
    pub deprecated: bool,
    /// Whether its value may be shown.
    pub sensitivity: Sensitivity,
    /// What it may be, as documented.
    pub example: Option<serde_json::Value>,
}

/// What is documented of a field beside its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub about: About,
    /// The sentence that tells it.
    pub text: String,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The value that the service takes where none is sent.
    Default,
    /// A bound on values, which isn't enforced.
    Limit,
    /// A value as it may be.
    Example,
}

/// Where a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a JSON object.
    Member,
    /// In the query, as text.
    Query,
    /// In the query, as JSON.
    QueryJson,
    /// In a form body, as text.
    Form,
    /// In a form body, as JSON.
    FormJson,
}

/// Who must not see a value in logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitivity {
    /// Anyone may see it.
    Public,
    /// It says something about a person.
    Personal,
    /// It opens something.
    Secret,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Boolean,
    /// `i32`
    Int32,
    /// `i64`
    Int64,
    /// `f32`
    Float32,
    /// `f64`
    Float64,
    /// `String`
    String,
    /// JSON of no declared shape.
    Json,
    /// A list.
    List(Box<Type>),
    /// A map from strings.
    Map(Box<Type>),
    /// A struct that is emitted.
    Record(Reference),
    /// An open enum that is emitted.
    Enum(Reference),
}

/// The name of an emitted type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its name in Rust.
    pub name: String,
    /// Whether it stands among the shared types rather than beside the record.
    pub shared: bool,
}

/// An open enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enum {
    /// Its name in Rust.
    pub name: String,
    /// What it is.
    pub docs: Docs,
    /// Where its values are listed.
    pub origin: Location,
    /// The listed values, as they are listed.
    pub variants: Vec<Variant>,
}

/// A listed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its text on the wire.
    pub wire: String,
    /// The same, as a code span.
    pub docs: String,
    /// Its name in Rust.
    pub name: String,
    /// Where it is listed.
    pub origin: Location,
}

/// Documentation in Markdown, one line an item; empty where nothing is said.
pub type Docs = Vec<String>;
