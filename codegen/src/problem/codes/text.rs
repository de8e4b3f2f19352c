//! Codes of texts that can't be read, or are larger than the bounds.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Syntax SYNTAX = "syntax",
    "The text is neither YAML nor JSON.",
    "The reading of the file stops here, so what comes after it isn't checked yet. In YAML the cause is \
     often an indentation that differs by a blank, a tab, or a `:` or `#` in text that needs quotes.",
    Example::operation("description: Note: this needs quotes.\n"),
    Example::operation("description: \"Note: this has quotes.\"\n");
Syntax NOT_UTF8 = "not-utf8",
    "The file isn't UTF-8.",
    "Descriptions are read as UTF-8, with or without a byte order mark. Most editors can save a file in \
     another encoding.",
    None, None;
Syntax EMPTY_FILE = "empty-file",
    "There is nothing in the file.",
    "A file that a description refers to must describe something; comments alone don't.",
    Example::entry("#: operations/DoThing.yaml\n# Will be written tomorrow.\n"),
    Example::entry("tags:\n  - {name: Things, description: What this service is about.}\n");
Syntax SECOND_DOCUMENT = "second-document",
    "The file has a second YAML document.",
    "A line `---` begins another document, and only one can stand in a file.",
    Example::entry("x-acs-product: Example\n#: operations/DoThing.yaml\npost: {}\n---\npost: {}\n"),
    Example::entry("x-acs-product: Example\n");
Syntax CIRCULAR_ALIAS = "circular-alias",
    "A YAML alias stands within what it stands for.",
    "To write it out would never end. A schema that contains itself can't be carried either; leave the \
     inner one without a type.",
    Example::operation("x-note: &note\n  about: *note\n"),
    Example::operation("x-note: &note\n  about: a thing\nx-other: *note\n");
Syntax YAML_FEATURE = "yaml-feature",
    "A feature of YAML that OpenAPI tools don't agree on.",
    "Tags such as `!!str` and the merge key `<<` are read differently by different tools, and JSON has no \
     `.nan` and `.inf`. Quotes make a value text, and `$ref` shares what several places have in common.",
    Example::operation("x-note: !!str 12\n"),
    Example::operation("x-note: \"12\"\n");
TooLarge TOO_DEEP = "too-deep",
    "Values, schemas or references are nested too deep.",
    "Nothing that a person wrote comes near the bounds: 96 levels of values, 24 schemas within each \
     other, 16 references in a row. Move inner schemas to `components/schemas`, and refer to them.",
    Example::operation("x-note: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n"),
    Example::operation("x-note: [[[a note]]]\n");
TooLarge TOO_LARGE = "too-large",
    "The description is larger than the bounds allow.",
    "A file may have 16 MiB, a description 1,000,000 values with YAML aliases written out, and 50,000 \
     fields. A few aliases of aliases come to millions of values; write `$ref` instead.",
    Example::operation("x-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\nx-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nx-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nx-d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\nx-e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nx-f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n"),
    Example::operation("x-a: &a [1, 2, 3]\nx-b: *a\n");
TooLarge TOO_MANY_PROBLEMS = "too-many-problems",
    "There are more than 1,000 problems.",
    "The rest isn't listed. Often one cause has many effects: mend what is listed first, then run again.",
    None, None;
}
