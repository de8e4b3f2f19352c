//! Codes of lints: descriptions that generate, but serve badly.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Lint NO_DESCRIPTION = "no-description",
    "Nothing says what it is.",
    "Documentation is what the descriptions say. Where they say nothing, it repeats the name, and users \
     are left to guess.",
    Example::operation("parameters:\n  - {name: Name, in: query, schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: Name, in: query, description: What the thing is called., schema: {type: string}}\n");
Lint DESCRIPTION_REPEATS_NAME = "description-repeats-name",
    "The description says what the name says.",
    "`UserName: The user name.` tells nobody anything: say whose name it is, which form it has, or \
     where it comes from.",
    Example::operation("parameters:\n  - {name: UserName, in: query, description: The name of the user., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: UserName, in: query, description: Who repairs the thing., schema: {type: string}}\n");
Lint EXAMPLE_CONTRADICTS = "example-contradicts",
    "The example isn't a value that the schema takes.",
    "Users copy examples. One of another type, beside the valid values or out of the limits shows a \
     call that fails, or a type that is wrong.",
    Example::operation("parameters:\n  - {name: State, in: query, description: How it is., schema: {type: string, enum: [GOOD, BROKEN]}, example: good}\n"),
    Example::operation("parameters:\n  - {name: State, in: query, description: How it is., schema: {type: string, enum: [GOOD, BROKEN]}, example: GOOD}\n");
Lint DEFAULT_CONTRADICTS = "default-contradicts",
    "The default isn't a value that the schema takes.",
    "A default of another type, beside the valid values or out of the limits can't be what the service \
     assumes.",
    Example::operation("parameters:\n  - {name: Size, in: query, description: How many there are., schema: {type: integer, format: int32, maximum: 10, default: 20}}\n"),
    Example::operation("parameters:\n  - {name: Size, in: query, description: How many there are., schema: {type: integer, format: int32, maximum: 20, default: 20}}\n");
Lint EMPTY_RANGE = "empty-range",
    "No value is within the limits.",
    "The lower limit is above the upper one; most likely they are swapped.",
    Example::operation("parameters:\n  - {name: Size, in: query, description: How many there are., schema: {type: integer, format: int32, minimum: 10, maximum: 1}}\n"),
    Example::operation("parameters:\n  - {name: Size, in: query, description: How many there are., schema: {type: integer, format: int32, minimum: 1, maximum: 10}}\n");
Lint DEPRECATED_REQUIRED = "deprecated-required",
    "A required field is deprecated.",
    "Every call must set it, and every call that does is warned of. Either it is no longer required, or \
     it isn't out of use.",
    Example::operation("parameters:\n  - {name: Name, in: query, required: true, deprecated: true, description: What it is called., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: Name, in: query, required: true, description: What it is called., schema: {type: string}}\n");
Lint UNMARKED_LISTING = "unmarked-listing",
    "The operation takes pages, but has no `x-acs-pagination`.",
    "With the mark, users get the entries of all pages as one stream; without it each of them writes the \
     loop. Where it can't be paged, allow it and say why.",
    Example::operation("parameters:\n  - {name: PageNumber, in: query, description: \"Which page, from 1.\", schema: {type: integer, format: int32}}\nresponses:\n  \"200\":\n    description: The names.\n    content:\n      application/json:\n        schema:\n          type: object\n          properties:\n            Names: {type: array, description: All of them., items: {type: string}}\n"),
    Example::operation("x-acs-pagination: {kind: page, index: PageNumber, items: Names}\nparameters:\n  - {name: PageNumber, in: query, description: \"Which page, from 1.\", schema: {type: integer, format: int32}}\nresponses:\n  \"200\":\n    description: The names.\n    content:\n      application/json:\n        schema:\n          type: object\n          properties:\n            Names: {type: array, description: All of them., items: {type: string}}\n");
Lint UNMARKED_SECRET = "unmarked-secret",
    "The name sounds like a secret, but nothing marks it.",
    "A field marked with `format: password` shows its value in no log and no error. Where the value is \
     no secret, allow it and say why.",
    Example::operation("parameters:\n  - {name: AppSecret, in: query, description: What the app proves itself with., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: AppSecret, in: query, description: What the app proves itself with., schema: {type: string, format: password}}\n");
Lint UNUSED_COMPONENT = "unused-component",
    "Nothing refers to the component.",
    "No type is made of it. Remove it, or refer to it where it belongs.",
    Example::entry("components:\n  schemas:\n    Name: {type: string, description: What it is called.}\n"),
    Example::operation("parameters:\n  - {name: Name, in: query, schema: {$ref: \"../openapi.yaml#/components/schemas/Name\"}}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Name: {type: string, description: What it is called.}\n");
}
