//! A comparison as people and tools read it.

mod changelog;
mod human;
mod json;
mod markdown;

pub use changelog::changelog;
pub use human::human;
pub use json::json;
pub use markdown::markdown;

use crate::diff::{Change, Diff, Step};
use crate::problem::Location;

/// What is compared, by the names that a reader knows it by.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// The old description.
    pub old: Side,
    /// The new one.
    pub new: Side,
    /// The version of the crate as it is.
    pub version: Option<String>,
}

/// One of two descriptions.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// Its name, as in `HEAD`.
    pub name: String,
    /// What goes before the path of a file, as in `specs/cams/`.
    pub folder: String,
}

impl Side {
    /// A place, as an editor or a terminal can open it.
    fn place(&self, location: &Location) -> String {
        let Location {
            file, line, column, ..
        } = location;
        format!("{}{file}:{line}:{column}", self.folder)
    }
}

impl Sides {
    /// Where a change stands, on both sides.
    fn places(&self, change: &Change) -> String {
        let place = |side: &Side, location: &Option<Location>| {
            location.as_ref().map(|location| side.place(location))
        };
        let old = place(&self.old, &change.old);
        match (old, place(&self.new, &change.new)) {
            (Some(old), Some(new)) if old == new => old,
            (Some(old), Some(new)) => format!("{old} -> {new}"),
            (Some(old), None) => format!("{old} -> nowhere"),
            (None, Some(new)) => format!("nowhere -> {new}"),
            (None, None) => String::new(),
        }
    }

    /// The version that follows, and why it is that one.
    fn version(&self, step: Step) -> String {
        let next = self.version.as_deref().and_then(|now| {
            let next = step.next(now)?;
            let why = if now.starts_with("0.0.") {
                ": of 0.0.z, each version breaks with the one before"
            } else if now.starts_with("0.") {
                ": before 1.0, the second number is for what breaks, the third for all else"
            } else {
                ""
            };
            Some(format!("{now} -> {next}{why}"))
        });
        next.unwrap_or_default()
    }
}

/// The step that all changes together force, with the version that follows, as in `Step: …`.
pub fn verdict(diff: &Diff, sides: &Sides) -> String {
    let Some(step) = diff.step() else {
        return "Step: none".to_owned();
    };
    match sides.version(step) {
        version if version.is_empty() => format!("Step: {step}"),
        version => format!("Step: {step}: {version}"),
    }
}

/// What a change is about.
fn subject(change: &Change) -> String {
    match (&change.operation, change.subject.as_str()) {
        (Some(operation), "") => operation.clone(),
        (Some(operation), subject) => format!("{operation}, {subject}"),
        (None, subject) => subject.to_owned(),
    }
}

/// What there was and what there is, where that is short enough to be read at a glance.
fn values(change: &Change) -> Option<String> {
    /// A longer text says nothing at a glance.
    const MOST: usize = 120;
    let short = |text: &String| text.chars().count() <= MOST && !text.contains('\n');
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if short(before) && short(after) => {
            Some(format!("{before} => {after}"))
        }
        (Some(before), None) if short(before) => Some(format!("was {before}")),
        (None, Some(after)) if short(after) => Some(after.clone()),
        _ => None,
    }
}

/// How many changes there are of each step, the weightiest first.
fn counts(diff: &Diff) -> Vec<(Step, usize)> {
    let count = |step: Step| (step, diff.of(step).count());
    Step::ALL.into_iter().map(count).collect()
}

/// What becomes of public names, in a sentence.
fn names(diff: &Diff) -> String {
    let names = &diff.names;
    format!(
        "Public names: {} gone, {} changed, {} new.",
        names.gone, names.changed, names.added
    )
}

/// Text outside of Markdown's code spans, so that nothing in it is Markdown, a tag or a mention.
fn plain(text: &str) -> String {
    // One that closes nothing could open anything.
    if text.matches('`').count() % 2 == 1 {
        return plain(&text.replace('`', "'"));
    }
    let mut escaped = String::new();
    for (index, part) in text.replace(['\n', '\r'], " ").split('`').enumerate() {
        if index > 0 {
            escaped.push('`');
        }
        if index % 2 == 1 {
            escaped.push_str(part);
            continue;
        }
        for c in part.chars() {
            match c {
                '<' => escaped.push_str("&lt;"),
                '@' => escaped.push_str("&#64;"),
                '*' | '_' | '[' | ']' | '#' | '\\' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                _ => escaped.push(c),
            }
        }
    }
    escaped
}
