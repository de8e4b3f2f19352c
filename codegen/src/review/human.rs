//! For a terminal: what breaks first, in full; the lesser, the shorter.

use std::fmt::Write;

use super::{Sides, counts, names, subject, values, verdict};
use crate::diff::{Change, Diff, Step};

/// How many changes of a step are told.
const TOLD: [(Step, usize, &str); 3] = [
    (
        Step::Major,
        100,
        "Major: code that uses these doesn't compile any more",
    ),
    (
        Step::Minor,
        60,
        "Minor: new, or different at run time; what compiles goes on compiling",
    ),
    (Step::Patch, 30, "Patch: documentation"),
];

/// The comparison for a terminal.
pub fn human(diff: &Diff, sides: &Sides) -> String {
    let mut text = format!("{} -> {}: ", sides.old.name, sides.new.name);
    if diff.step().is_none() {
        text.push_str("no change; both describe the same API.\n");
        return text;
    }
    let counts = counts(diff).into_iter();
    let counts: Vec<_> = counts
        .map(|(step, count)| format!("{count} {step}"))
        .collect();
    let _ = writeln!(text, "{}", counts.join(", "));
    for (step, most, title) in TOLD {
        let changes: Vec<_> = diff.of(step).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{title}");
        for change in changes.iter().take(most) {
            one(change, sides, &mut text);
        }
        if changes.len() > most {
            let _ = writeln!(
                text,
                "\n  … and {} more; `--format json` has all",
                changes.len() - most
            );
        }
    }
    let _ = writeln!(text, "\n{}", names(diff));
    let _ = writeln!(text, "{}", verdict(diff, sides));
    text
}

fn one(change: &Change, sides: &Sides, text: &mut String) {
    let mark = if change.behaviour { " (behaviour)" } else { "" };
    let _ = write!(
        text,
        "\n  {}: {}{mark}",
        subject(change),
        change.kind.name()
    );
    if let Some(values) = values(change) {
        let _ = write!(text, ": {values}");
    }
    text.push('\n');
    let places = sides.places(change);
    if !places.is_empty() {
        let _ = writeln!(text, "    at    {places}");
    }
    // Of words, the kind says all there is to say.
    if change.step == Step::Patch {
        return;
    }
    let _ = writeln!(text, "    wire  {}\n    Rust  {}", change.wire, change.rust);
}
