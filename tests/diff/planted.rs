//! Changes that are planted: each is found, alone, with its step.

use std::collections::BTreeSet;
use std::fs;

use alibabacloud_codegen::diff::{ChangeKind, Step};
use alibabacloud_codegen::review::{Side, Sides, human};
use cams_tests::fixtures::folder;

use super::table::{Planted, TABLE, base, compared, edited};

fn sides() -> Sides {
    let side = |name: &str| Side {
        name: name.to_owned(),
        folder: format!("{name}/"),
    };
    Sides {
        old: side("old"),
        new: side("new"),
        version: Some("0.1.0".to_owned()),
    }
}

#[test]
fn each_is_found_alone_and_with_its_step() {
    let mut wrong = Vec::new();
    for Planted { name, edits, said } in TABLE {
        let diff = compared(&base(), &edited(&base(), edits));
        let mut found: Vec<_> = diff
            .changes
            .iter()
            .map(|change| (change.kind, change.step))
            .collect();
        found.sort();
        let mut said = said.to_vec();
        said.sort();
        if found != said {
            wrong.push(format!("{name}: {found:?}, not {said:?}"));
        }
        assert!(
            diff.changes.iter().all(|change| !change.rust.is_empty()),
            "{name}"
        );
        assert!(
            diff.changes.iter().all(|change| !change.wire.is_empty()),
            "{name}"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn turned_round_each_is_found_too() {
    use ChangeKind::*;
    // What is added goes, and the other way round; what is marked loses its mark.
    let mirrored = |kind: ChangeKind| match kind {
        GroupAdded => GroupRemoved,
        GroupRemoved => GroupAdded,
        OperationAdded => OperationRemoved,
        OperationRemoved => OperationAdded,
        FieldAdded => FieldRemoved,
        FieldRemoved => FieldAdded,
        Required => Optional,
        Optional => Required,
        ValueAdded => ValueRemoved,
        ValueRemoved => ValueAdded,
        ValuesListed => ValuesUnlisted,
        ValuesUnlisted => ValuesListed,
        Deprecated => Undeprecated,
        PaginationRemoved => PaginationAdded,
        same => same,
    };
    let mut kinds = BTreeSet::new();
    for Planted { name, edits, said } in TABLE {
        let diff = compared(&edited(&base(), edits), &base());
        let mut found: Vec<_> = diff.changes.iter().map(|change| change.kind).collect();
        found.sort();
        let mut wanted: Vec<_> = said.iter().map(|(kind, _)| mirrored(*kind)).collect();
        wanted.sort();
        assert_eq!(found, wanted, "{name}");
        kinds.extend(said.iter().map(|(kind, _)| *kind));
        kinds.extend(found);
    }
    // Operations of another method or path aren't carried yet.
    let kinds: Vec<_> = ChangeKind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert_eq!(kinds, [&Url]);
}

#[test]
fn what_is_told_from_now_on_may_have_been_so_before() {
    for (name, known) in [
        ("default", true),
        ("default_gone", false),
        ("limit", true),
        ("length", false),
    ] {
        let planted = TABLE.iter().find(|planted| planted.name == name);
        let planted = planted.expect("it is in the table");
        for (old, new) in [
            (base(), edited(&base(), planted.edits)),
            (edited(&base(), planted.edits), base()),
        ] {
            let wire = compared(&old, &new).changes.remove(0).wire;
            assert_eq!(
                wire.starts_with("the service takes"),
                known,
                "{name}: {wire}"
            );
        }
    }
}

#[test]
fn public_names_agree_with_the_step() {
    for Planted { name, edits, .. } in TABLE {
        let (old, new) = (base(), edited(&base(), edits));
        for diff in [compared(&old, &new), compared(&new, &old)] {
            // A value's text is what its name means; no code depends on it to compile.
            let respelt = diff.changes.iter();
            let respelt = respelt.filter(|change| change.kind == ChangeKind::ValueText);
            let lost = diff.names.gone + diff.names.changed - respelt.count();
            let is_major = diff.step() == Some(Step::Major);
            assert_eq!(is_major, lost > 0, "{name}: {diff:#?}");
        }
    }
}

#[test]
fn each_reads_well() {
    for Planted { name, edits, .. } in TABLE {
        let diff = compared(&base(), &edited(&base(), edits));
        let told = human(&diff, &sides());
        let mut text = String::new();
        for (before, after) in *edits {
            for (mark, lines) in [('-', before), ('+', after)] {
                for line in lines.lines() {
                    text.push_str(&format!("{mark} {line}\n"));
                }
            }
        }
        let text = format!("{text}{}\n{}", "=".repeat(80), told.trim_end());
        insta::with_settings!({
            snapshot_path => "snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(*name, text);
        });
    }
}

#[test]
fn every_snapshot_has_its_change() {
    let folder = folder().join("diff/snapshots");
    for entry in fs::read_dir(folder).expect("the snapshots are there") {
        let name = entry.expect("readable").file_name();
        let name = name.to_string_lossy();
        let known = TABLE
            .iter()
            .any(|planted| format!("{}.snap", planted.name) == name);
        assert!(
            known || name.starts_with("output_"),
            "{name} is left over: remove it"
        );
    }
}
