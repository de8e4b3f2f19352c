//! Codes of valid OpenAPI that the generator doesn't carry, and would otherwise lose in silence.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Unsupported NOT_CARRIED = "not-carried",
    "Valid OpenAPI that the generated crate would lose.",
    "The key says something about requests, answers or their types that the generator has no way to \
     express. Nothing is dropped in silence, so say it in another way or take it out.",
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {type: string, nullable: true}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {type: string}\n");
Unsupported NOT_RPC = "not-rpc",
    "The operation isn't of RPC style.",
    "Calls of RPC style are POST to `/`, and the action is a parameter. The path is written as `/#` and \
     the action, since a fragment is never sent. Other styles aren't carried yet.",
    Example::entry("x-acs-style: ROA\n"),
    Example::entry("x-acs-style: RPC\n");
Unsupported SERVER = "server",
    "The server isn't a host whose only variable is the region.",
    "The client puts the region into the name of the host, and sends every call to `/` there. A region has a \
     default of letters, digits and dashes.",
    Example::entry("servers:\n  - url: https://example.com/v1\n"),
    Example::entry("servers:\n  - url: https://example.{region}.example.com\n    variables: {region: {default: one}}\n");
Unsupported HEADER_TEXT = "header-text",
    "The version, the product or an action is a text that a header can't carry.",
    "Version and action travel in headers, and the product stands beside them in logs: they are made of letters, \
     digits, dots, dashes and underscores.",
    Example::entry("x-acs-version: \"2024 01 01\"\n"),
    Example::entry("x-acs-version: \"2024-01-01\"\n");
Unsupported RATE_LIMIT = "rate-limit",
    "The rate limit is out of range.",
    "It says how many calls a second one account may make, and is carried as 32 bits.",
    Example::operation("x-acs-rate-limit: 5000000000\n"),
    Example::operation("x-acs-rate-limit: 50\n");
Unsupported PARAMETER_PLACE = "parameter-place",
    "A parameter in the path, a header or a cookie.",
    "Operations of RPC style send parameters in the query or in a form body; others aren't carried yet.",
    Example::operation("parameters:\n  - {name: Name, in: header, description: What it is called., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Unsupported PARAMETER_ENCODING = "parameter-encoding",
    "A parameter would travel in a way that isn't carried.",
    "Scalars travel as their text, lists and objects as one JSON string. Which it is must be said: with \
     `content: application/json` in the query, with `encoding` in a form.",
    Example::operation("parameters:\n  - name: Names\n    in: query\n    description: What they are called.\n    schema: {type: array, items: {type: string}}\n"),
    Example::operation("parameters:\n  - name: Names\n    in: query\n    description: What they are called.\n    content: {application/json: {schema: {type: array, items: {type: string}}}}\n");
Unsupported FORM_BODY = "form-body",
    "The form isn't an object with properties, or encodes what it doesn't have.",
    "Its fields are listed in place under `properties`; each of them may refer to a shared schema.",
    Example::operation("requestBody:\n  content:\n    application/x-www-form-urlencoded:\n      schema: {type: object, additionalProperties: {type: string}}\n"),
    Example::operation("requestBody:\n  content:\n    application/x-www-form-urlencoded:\n      schema: {type: object, properties: {Name: {type: string, description: What it is called.}}}\n");
Unsupported SCHEMA_SHAPE = "schema-shape",
    "The schema isn't one definite shape.",
    "A type of Rust is made of it, so it must be a scalar with its format, a list, a map, an object \
     with properties, or `{}` for free JSON.",
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {oneOf: [{type: string}, {type: boolean}]}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {type: string}\n");
Unsupported UNKNOWN_FORMAT = "unknown-format",
    "The format of a scalar is missing or isn't carried.",
    "An integer is `int32` or `int64`, a number `float` or `double`: these are different types in Rust. \
     Text has no format, or `password` if it is a secret.",
    Example::operation("parameters:\n  - name: Size\n    in: query\n    description: How many there are.\n    schema: {type: integer}\n"),
    Example::operation("parameters:\n  - name: Size\n    in: query\n    description: How many there are.\n    schema: {type: integer, format: int64}\n");
Unsupported SECRET_ENUM = "secret-enum",
    "A secret with a list of valid values.",
    "Whoever knows the list knows the secret, so one of the two is a mistake.",
    Example::operation("parameters:\n  - name: Password\n    in: query\n    description: What nobody else knows.\n    schema: {type: string, format: password, enum: [sesame, swordfish]}\n"),
    Example::operation("parameters:\n  - name: Password\n    in: query\n    description: What nobody else knows.\n    schema: {type: string, format: password}\n");
Unsupported SHARED_BOTH_WAYS = "shared-both-ways",
    "A shared object is both sent and answered.",
    "What is sent has a builder and plain required fields, what is answered has optional fields and \
     defaults: these are two types, so declare two schemas.",
    Example::operation("parameters:\n  - name: Thing\n    in: query\n    content: {application/json: {schema: {$ref: \"../openapi.yaml#/components/schemas/Thing\"}}}\nresponses:\n  \"200\":\n    description: It is done.\n    content:\n      application/json:\n        schema:\n          type: object\n          properties:\n            Thing: {$ref: \"../openapi.yaml#/components/schemas/Thing\"}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Thing:\n      type: object\n      description: What is repaired.\n      properties: {Name: {type: string, description: What it is called.}}\n"),
    Example::operation("parameters:\n  - name: Thing\n    in: query\n    content: {application/json: {schema: {$ref: \"../openapi.yaml#/components/schemas/Thing\"}}}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Thing:\n      type: object\n      description: What is repaired.\n      properties: {Name: {type: string, description: What it is called.}}\n");
Internal INTERNAL = "internal",
    "A fault of the generator itself.",
    "What it emitted isn't Rust, or the bundled document can't be written. Please report this, with the \
     description.",
    None, None;
}
