//! Codes of texts that are no OpenAPI 3.0.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Form OPENAPI_VERSION = "openapi-version",
    "The document isn't OpenAPI 3.0.",
    "Descriptions are OpenAPI 3.0; 2.0 (Swagger) and 3.1 write schemas and bodies in other ways, so \
     they must be converted first.",
    Example::entry("openapi: 3.1.0\n"),
    Example::entry("openapi: 3.0.3\n");
Form DUPLICATE_KEY = "duplicate-key",
    "The same key, name or value stands there twice.",
    "Readers of YAML and JSON take one of the two in silence, and not all take the same one. The names \
     in `tags` and `required` must differ as well.",
    Example::operation("summary: Does it.\nsummary: Does it again.\n"),
    Example::operation("summary: Does it, again and again.\n");
Form UNKNOWN_KEY = "unknown-key",
    "OpenAPI has no such key at this place.",
    "An unknown key would be ignored in silence, and most often it is a misspelt one. What isn't part \
     of OpenAPI can be noted under a key that begins with `x-`.",
    Example::operation("sumary: Repairs what is broken.\n"),
    Example::operation("summary: Repairs what is broken.\n");
Form MISSING_KEY = "missing-key",
    "A key that must be there isn't.",
    "OpenAPI requires it at this place, or the generator can't make a client without it.",
    Example::operation("parameters:\n  - name: Name\n    description: What it is called.\n    schema: {type: string}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {type: string}\n");
Form WRONG_TYPE = "wrong-type",
    "The value is of another type than OpenAPI wants at this place.",
    "A text that looks like a number, a date or a boolean must be put in quotes; a list begins each \
     item with `-`; `true` and `false` take no quotes.",
    Example::operation("summary: 2020\n"),
    Example::operation("summary: \"2020\"\n");
Form WRONG_VALUE = "wrong-value",
    "The value is none of those that the key takes.",
    "The key takes one of a few words, which are written in small letters as a rule.",
    Example::operation("parameters:\n  - name: Name\n    in: Query\n    description: What it is called.\n    schema: {type: string}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {type: string}\n");
Form KEY_NOT_TEXT = "key-not-text",
    "A key is read as a number, a boolean or null.",
    "Keys are text. YAML reads `200`, `true` and `null` as something else unless they stand in quotes.",
    Example::operation("x-note:\n  1: the first\n"),
    Example::operation("x-note:\n  \"1\": the first\n");
Form COMPONENT_NAME = "component-name",
    "The name of a component has a character that it can't have.",
    "The name stands in references, so it has letters, digits, `.`, `-` and `_` only.",
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/The Name\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    The Name: {name: Name, in: query, description: What it is called., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/TheName\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    TheName: {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Form CONFLICTING_KEYS = "conflicting-keys",
    "Keys that don't go together.",
    "Each of the two is right in itself, but one says something else than the other, or says nothing \
     about it: `minLength` about a number, `schema` beside `content`, a `style` of another place.",
    Example::operation("parameters:\n  - name: Size\n    in: query\n    description: How many there are.\n    schema: {type: integer, format: int32, minLength: 1}\n"),
    Example::operation("parameters:\n  - name: Size\n    in: query\n    description: How many there are.\n    schema: {type: integer, format: int32, minimum: 1}\n");
Form ENUM_VALUES = "enum-values",
    "The values of an `enum` are none, or not of its type.",
    "A list of valid values names at least one, and each is of the schema's type: YAML reads `no` and \
     `1` as something else than text in some versions, so put such values in quotes.",
    Example::operation("parameters:\n  - name: State\n    in: query\n    description: How it is.\n    schema: {type: string, enum: [GOOD, 1]}\n"),
    Example::operation("parameters:\n  - name: State\n    in: query\n    description: How it is.\n    schema: {type: string, enum: [GOOD, BROKEN]}\n");
Form REQUIRED_PROPERTY = "required-property",
    "A required property isn't there.",
    "`required` lists names of `properties`. One that isn't among them is misspelt or left over.",
    Example::operation("parameters:\n  - name: Filter\n    in: query\n    description: What to look for.\n    content:\n      application/json:\n        schema:\n          type: object\n          required: [Nmae]\n          properties: {Name: {type: string, description: What it is called.}}\n"),
    Example::operation("parameters:\n  - name: Filter\n    in: query\n    description: What to look for.\n    content:\n      application/json:\n        schema:\n          type: object\n          required: [Name]\n          properties: {Name: {type: string, description: What it is called.}}\n");
Form NUMBER_TOO_LARGE = "number-too-large",
    "A whole number needs more than 64 bits.",
    "Readers of the description would round it, or refuse the whole file. If it is an identifier and \
     no quantity, it is text: put it in quotes.",
    Example::operation("x-note: 123456789012345678901234567890\n"),
    Example::operation("x-note: \"123456789012345678901234567890\"\n");
Form NOT_OPENAPI = "not-openapi",
    "The reader of OpenAPI documents doesn't take the file.",
    "The generator's own checks passed something that they should have reported. Please report this, \
     with the file.",
    None, None;
}
