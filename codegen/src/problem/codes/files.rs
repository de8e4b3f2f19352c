//! Codes of the files of a description.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
File NO_ENTRY = "no-entry",
    "The folder has no `openapi.yaml`.",
    "A description begins with its entry, `openapi.yaml` (or `.yml`, `.json`), which refers to the \
     other files.",
    Example::files("#: service.yaml\nopenapi: 3.0.3\ninfo: {title: Example, version: \"1\"}\npaths: {}\n"),
    Example::entry("openapi: 3.0.3\n");
File SECOND_ENTRY = "second-entry",
    "The folder has two entries.",
    "With `openapi.yaml` beside `openapi.json` nothing says which of them is meant.",
    Example::entry("openapi: 3.0.3\n#: openapi.json\n{\"openapi\": \"3.0.3\"}\n"),
    Example::entry("openapi: 3.0.3\n");
File MISSING_FILE = "missing-file",
    "A `$ref` names a file that isn't there.",
    "Paths are relative to the folder of the file they stand in, and capital letters matter.",
    Example::entry("paths:\n  /#DoThing: {$ref: operations/dothing.yaml}\n"),
    Example::entry("paths:\n  /#DoThing: {$ref: operations/DoThing.yaml}\n");
File UNUSED_FILE = "unused-file",
    "Nothing refers to the file.",
    "Most likely the entry doesn't name it under `paths` yet, so that its operation would be missing.",
    Example::entry("openapi: 3.0.3\n#: operations/UndoThing.yaml\npost: {}\n"),
    Example::entry("openapi: 3.0.3\n");
}
