//! Codes of names in Rust.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Name UNUSABLE_NAME = "unusable-name",
    "No name of Rust can be made of it.",
    "A name begins with a letter, has another case than it should, or nothing is left of it. Give it \
     one with `x-rust-name`; what is sent stays as it is.",
    Example::operation("parameters:\n  - {name: 2ndName, in: query, description: What else it is called., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: 2ndName, in: query, description: What else it is called., schema: {type: string}, x-rust-name: second_name}\n");
Name NAME_COLLISION = "name-collision",
    "Two things would have the same name in Rust.",
    "Fields of a type, values of a list, methods of the client, and all types of the crate differ in \
     their names. Names that differ in case or dashes only become one.",
    Example::operation("parameters:\n  - {name: UserName, in: query, description: Who it is., schema: {type: string}}\n  - {name: user_name, in: query, description: Who it was., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: UserName, in: query, description: Who it is., schema: {type: string}}\n  - {name: user_name, in: query, description: Who it was., schema: {type: string}, x-rust-name: former_user_name}\n");
Name RESERVED_NAME = "reserved-name",
    "The name is one that the emitted code needs itself.",
    "The client has methods of its own, such as `builder`, and types such as `String` and `Option` mean \
     those of Rust. Give the operation or the type another name with `x-rust-name`.",
    Example::entry("paths:\n  /#Builder: {$ref: operations/DoThing.yaml}\n#: operations/DoThing.yaml\npost:\n  operationId: Builder\n  tags: [Things]\n  summary: Hires somebody.\n  x-acs-retry: send\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n"),
    Example::entry("paths:\n  /#Builder: {$ref: operations/DoThing.yaml}\n#: operations/DoThing.yaml\npost:\n  operationId: Builder\n  x-rust-name: hire_builder\n  tags: [Things]\n  summary: Hires somebody.\n  x-acs-retry: send\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n");
Name SUPERFLUOUS_NAME = "superfluous-name",
    "The given name is the one that the rules make anyway.",
    "An exception that changes nothing hides those that do. Take it out.",
    Example::operation("parameters:\n  - {name: UserName, in: query, description: Who it is., schema: {type: string}, x-rust-name: user_name}\n"),
    Example::operation("parameters:\n  - {name: UserName, in: query, description: Who it is., schema: {type: string}}\n");
}
