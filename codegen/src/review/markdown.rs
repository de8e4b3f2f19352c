//! For a pull request: a summary, what breaks, then a table of everything.
//!
//! GitHub takes comments of 65,536 characters; what doesn't fit is counted.

use std::fmt::Write;

use super::{Sides, counts, names, plain, subject, values};
use crate::diff::{Change, Diff, Step};

/// How long the list of what breaks may become.
const MOST_LISTED: usize = 30_000;

/// How long the whole may become, but for its end.
const MOST: usize = 60_000;

/// The comparison for a pull request.
pub fn markdown(diff: &Diff, sides: &Sides) -> String {
    let between = format!("{} → {}", code(&sides.old.name), code(&sides.new.name));
    let Some(step) = diff.step() else {
        return format!("## API changes: none\n\n{between}: both describe the same API.\n");
    };
    let mut text = format!("## API changes: {step}\n\n{between}");
    let version = sides.version(step);
    if !version.is_empty() {
        let _ = write!(text, ". Version {version}");
    }
    text.push_str(".\n\n| step | changes |\n|---|---:|\n");
    for (step, count) in counts(diff) {
        let _ = writeln!(text, "| {step} | {count} |");
    }
    let behaviour = diff.changes.iter().filter(|change| change.behaviour);
    let _ = writeln!(
        text,
        "\n{} Changes of behaviour: {}.",
        names(diff),
        behaviour.count()
    );
    breaking(diff, sides, &mut text);
    let all = diff.changes.len();
    let _ = write!(
        text,
        "\n<details><summary>All {all} change(s)</summary>\n\n\
         | step | what | change | on the wire | for Rust users | where |\n|---|---|---|---|---|---|\n"
    );
    let changes = Step::ALL.into_iter().flat_map(|step| diff.of(step));
    let rows = changes.map(|change| row(change, sides));
    let left = fill(rows, MOST, &mut text);
    text.push_str("\n</details>\n");
    if left > 0 {
        let _ = writeln!(
            text,
            "\n{left} of them aren't shown; `cargo xtask diff --format json` has all."
        );
    }
    text
}

/// What breaks, one after another.
fn breaking(diff: &Diff, sides: &Sides, text: &mut String) {
    let mut changes = diff.of(Step::Major).peekable();
    if changes.peek().is_none() {
        return;
    }
    text.push_str("\n### Breaking\n\n");
    let items = changes.map(|change| {
        let values = values(change).map(|values| format!(": {}", code(&values)));
        let places = sides.places(change);
        let places = if places.is_empty() {
            places
        } else {
            format!("  \n  at {}", code(&places))
        };
        format!(
            "- **{}**: {}{}  \n  wire: {}  \n  Rust: {}{places}\n",
            plain(&subject(change)),
            change.kind.name(),
            values.unwrap_or_default(),
            plain(&change.wire),
            plain(&change.rust),
        )
    });
    let left = fill(items, MOST_LISTED, text);
    if left > 0 {
        let _ = writeln!(text, "\n… and {left} more.");
    }
}

/// Appends lines as long as there is room, and returns how many are left.
fn fill(lines: impl Iterator<Item = String>, most: usize, text: &mut String) -> usize {
    let mut length = text.chars().count();
    let mut left = 0;
    for line in lines {
        length += line.chars().count();
        // Once one is left, all are, so that what is shown is the beginning.
        if left > 0 || length > most {
            left += 1;
        } else {
            text.push_str(&line);
        }
    }
    left
}

fn row(change: &Change, sides: &Sides) -> String {
    let mark = if change.behaviour { ", behaviour" } else { "" };
    let values = values(change).map(|values| format!(" {}", code(&values)));
    let cells = [
        format!("{}{mark}", change.step),
        plain(&subject(change)),
        format!("{}{}", change.kind.name(), values.unwrap_or_default()),
        plain(&change.wire),
        plain(&change.rust),
        code(&sides.places(change)),
    ];
    format!(
        "| {} |\n",
        cells.map(|cell| cell.replace('|', "\\|")).join(" | ")
    )
}

/// A code span around any text, on one line.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let runs = text.split(|c| c != '`').map(str::len);
    match runs.max().unwrap_or_default() {
        _ if text.is_empty() => text,
        0 => format!("`{text}`"),
        longest => {
            let ticks = "`".repeat(longest + 1);
            format!("{ticks} {text} {ticks}")
        }
    }
}
