//! Messages as GitHub's workflow commands, which become annotations of a pull request.

use super::{Parts, Told};
use crate::workspace;

/// The problems, a command each. Files are named from the root of the repository.
pub(super) fn problems(told: &Told) -> String {
    let lines = told.problems.iter().map(|problem| {
        let location = &problem.location;
        let end = told
            .excerpt(problem)
            .map_or(location.column + 1, |shown| shown.end);
        format!(
            "::{} file={},line={},col={},endColumn={end},title={}::{}\n",
            problem.level(),
            property(&told.path_from(problem, &workspace())),
            location.line,
            location.column,
            property(problem.code.name()),
            data(&format!("{}\nhelp: {}", problem.message, problem.help)),
        )
    });
    lines.collect()
}

/// A failure without a place.
pub(super) fn failure(message: &str) -> String {
    let parts = Parts::of(message);
    let mut text = parts.message.to_owned();
    if !parts.help.is_empty() {
        text = format!("{text}\nhelp: {}", parts.help);
    }
    if !parts.detail.is_empty() {
        text = format!("{text}\n{}", parts.detail);
    }
    format!("::error::{}\n", data(&text))
}

/// A text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A text among the properties, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
