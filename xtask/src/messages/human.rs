//! Messages for people: excerpts, and colours where a terminal shows them.

use std::fmt::Write;

use anstream::ColorChoice;

use super::Told;

/// More than anyone reads at once.
const SHOWN: usize = 50;

/// The problems, with a line about those that aren't shown.
pub(super) fn problems(told: &Told, all: bool, styled: bool) -> String {
    let most = if all { usize::MAX } else { SHOWN };
    let shown = told.problems.iter().take(most);
    let shown: Vec<_> = shown.map(|problem| told.render(problem, styled)).collect();
    let mut text = shown.join("\n\n");
    let more = told.problems.len().saturating_sub(most);
    if more > 0 {
        let _ = write!(text, "\n\n… and {more} more; `--all` shows them");
    }
    text
}

/// Whether the standard error stream shows colours: it is a terminal that has them, and neither
/// `NO_COLOR` nor `CLICOLOR_FORCE` says otherwise.
pub(super) fn is_styled() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}
