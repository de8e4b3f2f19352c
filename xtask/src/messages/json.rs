//! Messages for programs: an object a line, with these keys.
//!
//! `level` (`error` or `warning`), `message` and `help` are always there. A problem of a description
//! has `code`, `kind`, `file`, `line`, `column`, `end` (the column after what is meant), `pointer` and,
//! where the line can be shown, `excerpt`; another failure may have `detail`, such as a difference.

use serde_json::{Map, Value, json};

use super::{Parts, Told};

/// The problems, a line each.
pub(super) fn problems(told: &Told) -> String {
    let lines = told.problems.iter().map(|problem| {
        let location = &problem.location;
        let excerpt = told.excerpt(problem);
        let end = excerpt
            .as_ref()
            .map_or(location.column + 1, |shown| shown.end);
        let object = json!({
            "level": problem.level().to_string(),
            "code": problem.code.name(),
            "kind": problem.kind().name(),
            "file": told.path(problem),
            "line": location.line,
            "column": location.column,
            "end": end,
            "pointer": location.pointer,
            "message": problem.message,
            "help": problem.help,
            "excerpt": excerpt.map(|shown| shown.text),
        });
        format!("{object}\n")
    });
    lines.collect()
}

/// A failure without a place.
pub(super) fn failure(message: &str) -> String {
    let parts = Parts::of(message);
    let mut object = Map::new();
    let mut put = |key: &str, text: &str| object.insert(key.to_owned(), Value::from(text));
    put("level", "error");
    put("message", parts.message);
    put("help", parts.help);
    if !parts.detail.is_empty() {
        put("detail", parts.detail);
    }
    format!("{}\n", Value::from(object))
}
