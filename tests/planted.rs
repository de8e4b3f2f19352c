//! The verdict of a comparison is held against the compiler: a change forces a major step exactly where
//! code that uses what changes doesn't compile any more.
//!
//! Each change of `diff`'s table is judged both ways, as it is and taken back.

#[path = "planted/clients.rs"]
mod clients;
#[path = "planted/crates.rs"]
mod crates;
#[path = "diff/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use alibabacloud_codegen::diff::{ChangeKind, Step};
use cams_tests::scratch::Message;

use clients::CLIENTS;
use crates::{Checked, Judged};
use table::{Planted, TABLE};

/// All changes, compiled once.
static CHECKED: LazyLock<Checked> = LazyLock::new(crates::check);

#[test]
fn clients_compile_before_the_change() {
    let failed: Vec<_> = CHECKED.before.iter().map(text).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_step_is_major_exactly_where_a_client_stops_compiling() {
    let mut wrong = Vec::new();
    for Judged {
        name, diff, errors, ..
    } in &CHECKED.judged
    {
        let step = diff.step();
        if (step == Some(Step::Major)) == errors.is_empty() {
            let said: Vec<_> = diff.changes.iter().map(|change| change.kind).collect();
            let errors: Vec<_> = errors.iter().map(text).collect();
            wrong.push(format!(
                "{name}: {step:?} by {said:?}\n{}",
                errors.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_says_major_exactly_there() {
    for Planted { name, said, .. } in TABLE {
        let mut all = CHECKED.judged.iter();
        let judged = all.find(|judged| judged.name == *name);
        let breaks = !judged.expect("every change is judged").errors.is_empty();
        let is_major = said.iter().any(|(_, step)| *step == Step::Major);
        assert_eq!(is_major, breaks, "{name}");
    }
}

#[test]
fn the_compiler_warns_exactly_where_something_is_deprecated() {
    for judged in CHECKED
        .judged
        .iter()
        .filter(|judged| judged.errors.is_empty())
    {
        let mut changes = judged.diff.changes.iter();
        let is_said = changes.any(|change| change.kind == ChangeKind::Deprecated);
        let warned = judged.warnings > CHECKED.warnings;
        assert_eq!(is_said, warned, "{}", judged.name);
    }
}

#[test]
fn every_breaking_change_has_a_client() {
    let names = TABLE.iter().map(|planted| planted.name);
    let names: BTreeSet<_> = names.collect();
    let known = CLIENTS.iter().map(|client| client.name);
    let unknown: Vec<_> = known.filter(|name| !names.contains(name)).collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:?}");
    assert_eq!(names.len(), TABLE.len());
    for judged in &CHECKED.judged {
        let is_major = judged.diff.step() == Some(Step::Major);
        assert!(judged.has_client || !is_major, "{}", judged.name);
    }
}

fn text(message: &Message) -> String {
    format!("{}: {}", message.target, message.text)
}
