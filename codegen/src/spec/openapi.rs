//! The objects of OpenAPI 3.0.3 as tables: the keys of each, what stands under them, and which
//! must be there.

use super::extensions;
use super::grammar::Shape::{
    Components, Count, Flag, FlagOrSchema, Free, List, Map, Name, Number, PartOrRef, Text, Word,
};
use super::grammar::{Key, Object, Part as P, Part, Rest, Shape, may, must};

pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
pub(crate) const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

const PLACES: &[&str] = &["query", "header", "path", "cookie"];
const SCHEMES: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect"];
/// All styles; a rule says which of them go with which `in`.
const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];
const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

const SCHEMA: Shape = PartOrRef(P::Schema);
const EXAMPLES: Shape = Map(&PartOrRef(P::Example));
const CONTENT: Shape = Map(&Shape::Part(P::MediaType));
const HEADERS: Shape = Map(&PartOrRef(P::Header));
const SERVERS: Shape = List(&Shape::Part(P::Server));
const PARAMETERS: Shape = List(&PartOrRef(P::Parameter));
const SECURITY: Shape = List(&Map(&List(&Text)));
const DOCS: Key = may("externalDocs", Shape::Part(P::ExternalDocs));
const DESCRIPTION: Key = may("description", Text);
const SCOPES: Key = must("scopes", Map(&Text));

/// The keys of an object of OpenAPI, or of one of our extensions.
pub(crate) fn object(part: Part) -> Object {
    let keys = match part {
        // The author chooses the keys of these.
        P::Paths => return map(Rest::Path, &[], PartOrRef(P::PathItem)),
        P::Responses => return map(Rest::Status, RESPONSES, PartOrRef(P::Response)),
        P::Callback => {
            // openapiv3 reads every key of a callback as a path item, `x-…` too.
            let object = map(Rest::Any, &[], Shape::Part(P::PathItem));
            return Object {
                extensible: false,
                ..object
            };
        }
        P::Ram | P::DocumentedError | P::Pagination | P::Override | P::Allow => {
            return extensions::object(part);
        }
        P::Document => DOCUMENT,
        P::Info => INFO,
        P::Contact => CONTACT,
        P::License => LICENSE,
        P::Server => SERVER,
        P::ServerVariable => SERVER_VARIABLE,
        P::PathItem => PATH_ITEM,
        P::Operation => OPERATION,
        P::ExternalDocs => EXTERNAL_DOCS,
        P::Parameter => PARAMETER,
        P::RequestBody => REQUEST_BODY,
        P::MediaType => MEDIA_TYPE,
        P::Encoding => ENCODING,
        P::Response => RESPONSE,
        P::Header => HEADER,
        P::Example => EXAMPLE,
        P::Link => LINK,
        P::Components => COMPONENTS,
        P::Tag => TAG,
        P::Schema => SCHEMA_KEYS,
        P::Discriminator => DISCRIMINATOR,
        P::Xml => XML,
        P::SecurityScheme => SECURITY_SCHEME,
        P::OAuthFlows => OAUTH_FLOWS,
        P::ImplicitFlow => IMPLICIT_FLOW,
        P::TokenFlow => TOKEN_FLOW,
        P::CodeFlow => CODE_FLOW,
    };
    Object {
        keys,
        rest: None,
        extensible: true,
    }
}

const fn map(rest: Rest, keys: &'static [Key], shape: Shape) -> Object {
    Object {
        keys,
        rest: Some((rest, shape)),
        extensible: true,
    }
}

const DOCUMENT: &[Key] = &[
    // The version check looks at it.
    may("openapi", Free),
    must("info", Shape::Part(P::Info)),
    may("servers", SERVERS),
    must("paths", Shape::Part(P::Paths)),
    may("components", Shape::Part(P::Components)),
    may("security", SECURITY),
    may("tags", List(&Shape::Part(P::Tag))),
    DOCS,
];

const INFO: &[Key] = &[
    must("title", Text),
    DESCRIPTION,
    may("termsOfService", Text),
    may("contact", Shape::Part(P::Contact)),
    may("license", Shape::Part(P::License)),
    must("version", Text),
];

const CONTACT: &[Key] = &[may("name", Text), may("url", Text), may("email", Text)];

const LICENSE: &[Key] = &[must("name", Text), may("url", Text)];

const SERVER: &[Key] = &[
    must("url", Text),
    DESCRIPTION,
    may("variables", Map(&Shape::Part(P::ServerVariable))),
];

const SERVER_VARIABLE: &[Key] = &[may("enum", List(&Text)), must("default", Text), DESCRIPTION];

const EXTERNAL_DOCS: &[Key] = &[DESCRIPTION, must("url", Text)];

const TAG: &[Key] = &[must("name", Name), DESCRIPTION, DOCS];

const PATH_ITEM: &[Key] = &[
    may("summary", Text),
    DESCRIPTION,
    may("get", Shape::Part(P::Operation)),
    may("put", Shape::Part(P::Operation)),
    may("post", Shape::Part(P::Operation)),
    may("delete", Shape::Part(P::Operation)),
    may("options", Shape::Part(P::Operation)),
    may("head", Shape::Part(P::Operation)),
    may("patch", Shape::Part(P::Operation)),
    may("trace", Shape::Part(P::Operation)),
    may("servers", SERVERS),
    may("parameters", PARAMETERS),
];

const OPERATION: &[Key] = &[
    may("tags", List(&Name)),
    may("summary", Text),
    DESCRIPTION,
    DOCS,
    may("operationId", Name),
    may("parameters", PARAMETERS),
    may("requestBody", PartOrRef(P::RequestBody)),
    must("responses", Shape::Part(P::Responses)),
    may("callbacks", Map(&Shape::Part(P::Callback))),
    may("deprecated", Flag),
    may("security", SECURITY),
    may("servers", SERVERS),
];

const PARAMETER: &[Key] = &[
    must("name", Name),
    must("in", Word(PLACES)),
    DESCRIPTION,
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Word(STYLES)),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", SCHEMA),
    may("example", Free),
    may("examples", EXAMPLES),
    may("content", CONTENT),
];

const REQUEST_BODY: &[Key] = &[DESCRIPTION, must("content", CONTENT), may("required", Flag)];

const MEDIA_TYPE: &[Key] = &[
    may("schema", SCHEMA),
    may("example", Free),
    may("examples", EXAMPLES),
    may("encoding", Map(&Shape::Part(P::Encoding))),
];

const ENCODING: &[Key] = &[
    may("contentType", Text),
    may("headers", HEADERS),
    may("style", Word(QUERY_STYLES)),
    may("explode", Flag),
    may("allowReserved", Flag),
];

const RESPONSES: &[Key] = &[may("default", PartOrRef(P::Response))];

const RESPONSE: &[Key] = &[
    must("description", Text),
    may("headers", HEADERS),
    may("content", CONTENT),
    may("links", Map(&PartOrRef(P::Link))),
];

const EXAMPLE: &[Key] = &[
    may("summary", Text),
    DESCRIPTION,
    may("value", Free),
    may("externalValue", Text),
];

const HEADER: &[Key] = &[
    DESCRIPTION,
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Word(&["simple"])),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", SCHEMA),
    may("example", Free),
    may("examples", EXAMPLES),
    may("content", CONTENT),
];

const LINK: &[Key] = &[
    may("operationRef", Text),
    may("operationId", Name),
    may("parameters", Map(&Free)),
    may("requestBody", Free),
    DESCRIPTION,
    may("server", Shape::Part(P::Server)),
];

const COMPONENTS: &[Key] = &[
    may("schemas", Components(&SCHEMA)),
    may("responses", Components(&PartOrRef(P::Response))),
    may("parameters", Components(&PartOrRef(P::Parameter))),
    may("examples", Components(&PartOrRef(P::Example))),
    may("requestBodies", Components(&PartOrRef(P::RequestBody))),
    may("headers", Components(&PartOrRef(P::Header))),
    may("securitySchemes", Components(&PartOrRef(P::SecurityScheme))),
    may("links", Components(&PartOrRef(P::Link))),
    may("callbacks", Components(&PartOrRef(P::Callback))),
];

const SCHEMA_KEYS: &[Key] = &[
    may("title", Text),
    may("type", Word(TYPES)),
    may("format", Name),
    DESCRIPTION,
    may("nullable", Flag),
    may("enum", List(&Free)),
    may("default", Free),
    may("example", Free),
    may("deprecated", Flag),
    may("properties", Map(&SCHEMA)),
    may("required", List(&Name)),
    may("additionalProperties", FlagOrSchema),
    may("minProperties", Count),
    may("maxProperties", Count),
    may("items", SCHEMA),
    may("minItems", Count),
    may("maxItems", Count),
    may("uniqueItems", Flag),
    may("pattern", Text),
    may("minLength", Count),
    may("maxLength", Count),
    may("multipleOf", Number),
    may("minimum", Number),
    may("maximum", Number),
    may("exclusiveMinimum", Flag),
    may("exclusiveMaximum", Flag),
    may("allOf", List(&SCHEMA)),
    may("oneOf", List(&SCHEMA)),
    may("anyOf", List(&SCHEMA)),
    may("not", SCHEMA),
    may("discriminator", Shape::Part(P::Discriminator)),
    may("readOnly", Flag),
    may("writeOnly", Flag),
    may("xml", Shape::Part(P::Xml)),
    DOCS,
];

const DISCRIMINATOR: &[Key] = &[must("propertyName", Name), may("mapping", Map(&Text))];

const XML: &[Key] = &[
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Flag),
    may("wrapped", Flag),
];

const SECURITY_SCHEME: &[Key] = &[
    must("type", Word(SCHEMES)),
    DESCRIPTION,
    may("name", Name),
    may("in", Word(&["query", "header", "cookie"])),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", Shape::Part(P::OAuthFlows)),
    may("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[Key] = &[
    may("implicit", Shape::Part(P::ImplicitFlow)),
    may("password", Shape::Part(P::TokenFlow)),
    may("clientCredentials", Shape::Part(P::TokenFlow)),
    may("authorizationCode", Shape::Part(P::CodeFlow)),
];

const IMPLICIT_FLOW: &[Key] = &[
    must("authorizationUrl", Text),
    may("refreshUrl", Text),
    SCOPES,
];

const TOKEN_FLOW: &[Key] = &[must("tokenUrl", Text), may("refreshUrl", Text), SCOPES];

const CODE_FLOW: &[Key] = &[
    must("authorizationUrl", Text),
    must("tokenUrl", Text),
    may("refreshUrl", Text),
    SCOPES,
];
