//! For people who will read the changelog: what breaks first, in words that a person makes their own.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{plain, subject};
use crate::diff::{Change, ChangeKind, Diff, Step};

/// The comparison as a part of a changelog, to be mended by hand; nothing where nothing changes.
pub fn changelog(diff: &Diff) -> String {
    let mut text = String::new();
    let different = |change: &&Change| change.behaviour && change.step != Step::Major;
    let minor = |change: &&Change| !change.behaviour && change.step == Step::Minor;
    let minor: Vec<_> = diff.changes.iter().filter(minor).collect();
    let (deprecated, new): (Vec<_>, Vec<_>) = minor
        .into_iter()
        .partition(|change| change.kind == ChangeKind::Deprecated);
    let parts: [(&str, Vec<&Change>); 4] = [
        ("Breaking", diff.of(Step::Major).collect()),
        (
            "Different at run time",
            diff.changes.iter().filter(different).collect(),
        ),
        ("Deprecated", deprecated),
        ("New", new),
    ];
    for (title, changes) in parts {
        if changes.is_empty() {
            continue;
        }
        heading(&format!("{title} in the API"), &mut text);
        for change in changes {
            let _ = writeln!(text, "- {}", item(change));
        }
    }
    let mut documented: BTreeMap<&str, usize> = BTreeMap::new();
    for change in diff.of(Step::Patch).filter(|change| !change.behaviour) {
        *documented.entry(change.kind.name()).or_default() += 1;
    }
    if !documented.is_empty() {
        heading("Documented otherwise", &mut text);
        // One by one they would bury the rest.
        let counts = documented.iter();
        let counts: Vec<_> = counts
            .map(|(kind, count)| format!("{kind} ({count})"))
            .collect();
        let _ = writeln!(text, "- {}.", counts.join(", "));
    }
    text
}

fn heading(title: &str, text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
    let _ = write!(text, "### {title}\n\n");
}

/// A change in a sentence. What compiles as before is told by what it does on the wire.
fn item(change: &Change) -> String {
    let told = if change.behaviour && change.step != Step::Major {
        format!("{}; {}", change.wire, change.rust)
    } else {
        change.rust.clone()
    };
    format!("{}: {}.", plain(&subject(change)), plain(&told))
}
