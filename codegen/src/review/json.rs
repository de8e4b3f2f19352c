//! For tools: everything.
//!
//! | field | what it is |
//! |---|---|
//! | `old`, `new` | the names of the two sides |
//! | `step` | `major`, `minor` or `patch`; `null` where nothing changes |
//! | `version` | `now` and `next`; `null` where the crate's version isn't known or stays |
//! | `counts` | how many changes there are: `major`, `minor`, `patch`, and `behaviour` among them |
//! | `names` | how many public names are `added`, `changed` and `gone` |
//! | `changes` | the changes, by operation and field |
//!
//! A change has:
//!
//! | field | what it is |
//! |---|---|
//! | `kind` | a [`ChangeKind`](crate::diff::ChangeKind) by its name, as in `field-removed` |
//! | `step` | the step that it forces |
//! | `behaviour` | whether code that compiles as before may do something else |
//! | `operation` | by its name on the wire; `null` for what is shared and for the service |
//! | `subject` | what of it, as in `request Page.Size`; empty for the operation itself |
//! | `old`, `new` | the places: `file`, `line`, `column`, `pointer`; `null` where there is none |
//! | `before`, `after` | what there was and what there is; `null` where there is nothing to say |
//! | `wire` | what it does on the wire |
//! | `rust` | what it does to Rust users |
//! | `names` | the public names that change or go by it |

use serde_json::{Value, json as value};

use super::{Side, Sides, counts};
use crate::diff::{Change, Diff};
use crate::problem::Location;

/// The comparison as one JSON object, with a line break at its end. Fields may be added to it.
pub fn json(diff: &Diff, sides: &Sides) -> String {
    let step = diff.step();
    let next = sides.version.as_deref().zip(step);
    let next = next.and_then(|(now, step)| Some((now, step.next(now)?)));
    let mut count: serde_json::Map<String, Value> = counts(diff)
        .into_iter()
        .map(|(step, count)| (step.name().to_owned(), count.into()))
        .collect();
    let behaviour = diff
        .changes
        .iter()
        .filter(|change| change.behaviour)
        .count();
    count.insert("behaviour".to_owned(), behaviour.into());
    let changes = diff.changes.iter().map(|one| change(one, sides));
    let whole = value!({
        "old": sides.old.name,
        "new": sides.new.name,
        "step": step.map(|step| step.name()),
        "version": next.map(|(now, next)| value!({ "now": now, "next": next })),
        "counts": count,
        "names": {
            "added": diff.names.added,
            "changed": diff.names.changed,
            "gone": diff.names.gone,
        },
        "changes": changes.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn change(change: &Change, sides: &Sides) -> Value {
    value!({
        "kind": change.kind.name(),
        "step": change.step.name(),
        "behaviour": change.behaviour,
        "operation": change.operation,
        "subject": change.subject,
        "old": change.old.as_ref().map(|location| place(location, &sides.old)),
        "new": change.new.as_ref().map(|location| place(location, &sides.new)),
        "before": change.before,
        "after": change.after,
        "wire": change.wire,
        "rust": change.rust,
        "names": change.names,
    })
}

fn place(location: &Location, side: &Side) -> Value {
    value!({
        "file": format!("{}{}", side.folder, location.file),
        "line": location.line,
        "column": location.column,
        "pointer": location.pointer,
    })
}
