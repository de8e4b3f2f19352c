//! What a comparison looks like, however much there is of it.

use alibabacloud_codegen::diff::{Change, ChangeKind, Names, Step};
use alibabacloud_codegen::review::{Side, Sides, changelog, human, json, markdown};
use alibabacloud_codegen::{Diff, Location};
use serde_json::Value;

use super::table::{TABLE, base, compared, edited};

fn sides() -> Sides {
    let side = |name: &str| Side {
        name: name.to_owned(),
        folder: "specs/".to_owned(),
    };
    Sides {
        old: side("v0.1.0"),
        new: side("working tree"),
        version: Some("0.1.0".to_owned()),
    }
}

/// Several changes at once.
fn several() -> Diff {
    let names = [
        "parameter_required",
        "parameter_added",
        "value_removed",
        "retry_class",
        "limit",
        "words_of_a_field",
    ];
    let mut text = base();
    for name in names {
        let planted = TABLE.iter().find(|planted| planted.name == name);
        text = edited(&text, planted.expect("it is in the table").edits);
    }
    compared(&base(), &text)
}

/// One change, as often as is wanted.
fn many(count: usize, step: Step) -> Diff {
    let place = |line| Location {
        file: "operations/DoThing.yaml".to_owned(),
        line,
        column: 1,
        pointer: "/post".to_owned(),
    };
    let changes = (0..count).map(|index| Change {
        kind: ChangeKind::FieldRemoved,
        step,
        behaviour: false,
        operation: Some(format!("Do{index}")),
        subject: "request <b>|`@everyone\n".to_owned(),
        old: Some(place(index + 1)),
        new: None,
        before: Some("Option<`String`|>".to_owned()),
        after: None,
        wire: "it can't be sent <any> *more*".to_owned(),
        rust: "`a::B.c` is gone | really".to_owned(),
        names: Vec::new(),
    });
    Diff {
        changes: changes.collect(),
        names: Names::default(),
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_pull_request_is_told_what_breaks_first() {
    snapshot("output_markdown", &markdown(&several(), &sides()));
}

#[test]
fn a_terminal_is_told_what_breaks_first() {
    snapshot("output_human", &human(&several(), &sides()));
}

#[test]
fn a_changelog_is_told_what_breaks_first() {
    snapshot("output_changelog", &changelog(&several()));
    assert_eq!(changelog(&compared(&base(), &base())), "");
}

#[test]
fn tools_are_told_everything() {
    let diff = several();
    let text = json(&diff, &sides());
    let told: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(told["step"], "major");
    assert_eq!(told["version"]["next"], "0.2.0");
    assert_eq!(told["old"], "v0.1.0");
    assert_eq!(told["counts"]["behaviour"], 1);
    assert_eq!(told["names"]["gone"], diff.names.gone);
    let changes = told["changes"].as_array().expect("a list");
    assert_eq!(changes.len(), diff.changes.len());
    for (told, change) in changes.iter().zip(&diff.changes) {
        let keys: Vec<_> = told.as_object().expect("an object").keys().collect();
        assert_eq!(
            keys,
            [
                "after",
                "before",
                "behaviour",
                "kind",
                "names",
                "new",
                "old",
                "operation",
                "rust",
                "step",
                "subject",
                "wire"
            ]
        );
        assert_eq!(told["kind"], change.kind.name());
        let line = change.old.as_ref().map(|location| location.line);
        assert_eq!(told["old"]["line"].as_u64(), line.map(|line| line as u64));
    }
}

#[test]
fn nothing_is_told_as_nothing() {
    let none = compared(&base(), &base());
    assert_eq!(
        human(&none, &sides()),
        "v0.1.0 -> working tree: no change; both describe the same API.\n"
    );
    assert!(markdown(&none, &sides()).starts_with("## API changes: none\n"));
    let told: Value = serde_json::from_str(&json(&none, &sides())).expect("JSON");
    assert_eq!(told["step"], Value::Null);
    assert_eq!(told["version"], Value::Null);
    assert_eq!(told["changes"], Value::Array(Vec::new()));
}

#[test]
fn what_is_too_much_is_counted() {
    for step in Step::ALL {
        let diff = many(5_000, step);
        let text = markdown(&diff, &sides());
        assert!(text.chars().count() < 65_536, "{}", text.len());
        let rows = text
            .lines()
            .filter(|line| line.starts_with("| ") && line.contains("DoThing.yaml"));
        let left = format!("\n{} of them aren't shown", 5_000 - rows.count());
        assert!(text.contains(&left), "{left}");
        assert!(text.contains("</details>"), "it must be closed");
        let text = human(&diff, &sides());
        assert!(text.lines().count() < 1_000, "{}", text.lines().count());
        assert!(text.contains("more; `--format json` has all"));
        let told: Value = serde_json::from_str(&json(&diff, &sides())).expect("JSON");
        assert_eq!(told["changes"].as_array().map(Vec::len), Some(5_000));
    }
}

#[test]
fn no_text_of_a_description_is_markdown() {
    let text = markdown(&many(2, Step::Major), &sides());
    for line in text.lines().filter(|line| line.contains("Do0")) {
        assert!(
            !line.contains("<b>") && !line.contains("@everyone"),
            "{line}"
        );
    }
    let row = text.lines().find(|line| line.starts_with("| major | Do0"));
    let row = row.expect("a row a change");
    let bars = row.matches('|').count() - row.matches("\\|").count();
    assert_eq!(bars, 7, "{row}");
}

#[test]
fn steps_follow_cargo() {
    for (version, [major, minor, patch]) in [
        ("0.1.0", ["0.2.0", "0.1.1", "0.1.1"]),
        ("0.0.3", ["0.0.4", "0.0.4", "0.0.4"]),
        ("1.2.3", ["2.0.0", "1.3.0", "1.2.4"]),
        ("1.2.3-rc.1", ["2.0.0", "1.3.0", "1.2.4"]),
    ] {
        for (step, next) in [
            (Step::Major, major),
            (Step::Minor, minor),
            (Step::Patch, patch),
        ] {
            assert_eq!(
                step.next(version).as_deref(),
                Some(next),
                "{version} {step}"
            );
        }
    }
    for version in [
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "a.b.c",
        "0.0.18446744073709551615",
    ] {
        assert_eq!(Step::Patch.next(version), None, "{version}");
    }
    for step in Step::ALL {
        assert_eq!(step.name().parse(), Ok(step));
    }
    assert!("breaking".parse::<Step>().is_err());
}
