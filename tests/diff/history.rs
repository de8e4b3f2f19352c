//! The vendor's own history, where its metadata is there.

use alibabacloud_codegen::diff::ChangeKind;
use cams_tests::copy::workspace;
use cams_tests::fixtures::shared;
use xtask::diff::{Compared, compare};

/// The three states, the oldest first.
const STATES: [&str; 3] = [
    "cams/upstream/cams-2024-06.zh.json",
    "cams/upstream/cams-2025-12.en.json",
    "cams/api-docs.json",
];

#[allow(clippy::print_stderr, reason = "a test that was skipped must say so")]
fn between(old: usize, new: usize) -> Option<Compared> {
    let [old, new] = [old, new].map(|state| shared(STATES[state]));
    let (Some(old), Some(new)) = (old, new) else {
        eprintln!("skipped: the vendor's metadata isn't there");
        return None;
    };
    let [old, new] = [old, new].map(|path| path.display().to_string());
    let root = workspace();
    let done = compare(
        Some(&old),
        Some(&new),
        &root.join("specs/cams"),
        &root.join("generated"),
    );
    Some(done.unwrap_or_else(|failure| panic!("{failure}")))
}

fn operations(compared: &Compared, kind: ChangeKind) -> Vec<&str> {
    let changes = compared
        .diff
        .changes
        .iter()
        .filter(|change| change.kind == kind);
    changes
        .filter_map(|change| change.operation.as_deref())
        .collect()
}

#[test]
fn operations_that_vanished_are_told() {
    let Some(first) = between(0, 1) else {
        return;
    };
    assert_eq!(
        operations(&first, ChangeKind::OperationRemoved),
        [
            "BeeBotAssociate",
            "BeeBotChat",
            "ChatappEmbedSignUp",
            "SubmitIsvCustomerTerms"
        ]
    );
    assert_eq!(operations(&first, ChangeKind::OperationAdded).len(), 104);
    let second = between(1, 2).expect("the first is there, too");
    assert_eq!(
        operations(&second, ChangeKind::OperationRemoved),
        ["ListFlowNodePrototypeV2"]
    );
    assert_eq!(operations(&second, ChangeKind::OperationAdded).len(), 15);
    for compared in [first, second] {
        assert_eq!(
            operations(&compared, ChangeKind::OperationRenamed),
            Vec::<&str>::new()
        );
        // No public name changes or goes unsaid.
        let unsaid = compared.diff.changes.iter();
        let unsaid: Vec<_> = unsaid
            .filter(|change| change.kind == ChangeKind::Name)
            .collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}");
    }
}

/// These parameters moved from the form to the query, and have one example in both files.
#[test]
fn an_example_that_stays_is_not_told() {
    let Some(first) = between(0, 1) else {
        return;
    };
    let examples = operations(&first, ChangeKind::Example);
    for operation in ["DeprecateFlow", "GetFlow", "GetFlowJSONAssest", "ListFlow"] {
        assert!(!examples.contains(&operation), "{operation}");
    }
    assert_eq!(examples.len(), 39);
}

#[test]
fn a_state_is_what_it_is() {
    if let Some(same) = between(0, 0) {
        assert!(same.diff.changes.is_empty(), "{:#?}", same.diff.changes);
    }
}
