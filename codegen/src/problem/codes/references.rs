//! Codes of references between places.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Reference DANGLING_REFERENCE = "dangling-reference",
    "A `$ref` leads to nothing.",
    "Its file is there, but the place isn't: it was renamed, removed or misspelt.",
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/Nmae\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    Name: {name: Name, in: query, description: What it is called., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/Name\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    Name: {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Reference WRONG_TARGET = "wrong-target",
    "A `$ref` leads to something of another kind.",
    "Where a schema is wanted, a parameter can't stand, and the other way round.",
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/schemas/Name\"}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Name: {type: string, description: What it is called.}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    schema: {$ref: \"../openapi.yaml#/components/schemas/Name\"}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Name: {type: string, description: What it is called.}\n");
Reference REFERENCE_SYNTAX = "reference-syntax",
    "The text of a `$ref` is no path to a place.",
    "It is a path of a file with `/` between folders, then `#` and the keys that lead to the place, \
     such as `../openapi.yaml#/components/schemas/Name`. Names of anchors aren't taken.",
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#Name\"}\n"),
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/Name\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    Name: {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Reference REFERENCE_OUTSIDE = "reference-outside",
    "A `$ref` leads out of the folder of the description.",
    "The generator reads no network and no other folders, so that the same folder always gives the same \
     crate. Copy what is referred to into `components`.",
    Example::operation("parameters:\n  - {$ref: \"https://example.com/openapi.yaml#/components/parameters/Name\"}\n"),
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/Name\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    Name: {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Reference REFERENCE_SIBLINGS = "reference-siblings",
    "Keys beside a `$ref` would be ignored.",
    "OpenAPI 3.0 says so. In a schema, an `allOf` with the `$ref` as its one item leaves room for a \
     description beside it.",
    Example::operation("parameters:\n  - name: Name\n    in: query\n    schema: {$ref: \"../openapi.yaml#/components/schemas/Name\", minLength: 1}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Name: {type: string, description: What it is called.}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    schema: {$ref: \"../openapi.yaml#/components/schemas/Name\"}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Name: {type: string, minLength: 1, description: What it is called.}\n");
Reference REFERENCE_MISPLACED = "reference-misplaced",
    "A `$ref` can't stand here.",
    "OpenAPI takes references in the place of path items, parameters, bodies, responses, headers, \
     examples, links and schemas. Write everything else out.",
    Example::entry("info: {$ref: \"info.yaml\"}\n"),
    Example::entry("info: {title: Example, version: \"1\"}\n");
Reference REFERENCE_NOT_FOLLOWED = "reference-not-followed",
    "The generator doesn't follow a `$ref` to that place.",
    "A path item is a whole file or written out, and everything else that is shared stands below \
     `components` of the entry: so each shared thing has one name.",
    Example::operation("parameters:\n  - {name: Name, in: query, description: What it is called., schema: {type: string}}\n  - {name: Nick, in: query, description: What friends call it., schema: {$ref: \"#/post/parameters/0/schema\"}}\n"),
    Example::operation("parameters:\n  - {name: Name, in: query, description: What it is called., schema: {type: string}}\n  - {name: Nick, in: query, description: What friends call it., schema: {type: string}}\n");
Reference REFERENCE_CIRCLE = "reference-circle",
    "References lead round in a circle.",
    "Each leads to the next and the last to the first, so that nothing is described anywhere.",
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/A\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    A: {$ref: \"#/components/parameters/B\"}\n    B: {$ref: \"#/components/parameters/A\"}\n"),
    Example::operation("parameters:\n  - {$ref: \"../openapi.yaml#/components/parameters/A\"}\n#: openapi.yaml\ncomponents:\n  parameters:\n    A: {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Unsupported RECURSIVE_SCHEMA = "recursive-schema",
    "A schema contains itself.",
    "Types that contain themselves aren't carried. Leave the inner one without a type: it is free JSON \
     then, and its description says what it holds.",
    Example::operation("parameters:\n  - name: Tree\n    in: query\n    content: {application/json: {schema: {$ref: \"../openapi.yaml#/components/schemas/Tree\"}}}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Tree:\n      type: object\n      description: What grows.\n      properties:\n        Child: {$ref: \"#/components/schemas/Tree\"}\n"),
    Example::operation("parameters:\n  - name: Tree\n    in: query\n    content: {application/json: {schema: {$ref: \"../openapi.yaml#/components/schemas/Tree\"}}}\n#: openapi.yaml\ncomponents:\n  schemas:\n    Tree:\n      type: object\n      description: What grows.\n      properties:\n        Child: {description: What grows on it.}\n");
}
