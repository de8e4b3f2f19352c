//! The problems of a broken description, each of which must have a place and say what to do.

use std::collections::BTreeMap;

use alibabacloud_codegen::{Kind, Problem, Problems, Sources, generate};

/// The problems of a description, looked at with [`placed`].
#[track_caller]
pub fn problems(sources: &Sources) -> Vec<Problem> {
    let problems = generate(sources).expect_err("something is wrong with it");
    placed(&problems, sources);
    problems.into_iter().cloned().collect()
}

/// Holds that problems have places in these files, and say what to do.
#[track_caller]
pub fn placed(problems: &Problems, sources: &Sources) {
    let mut count = 0;
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for problem in problems {
        count += 1;
        let place = &problem.location;
        assert!(place.line >= 1 && place.column >= 1, "{problem}");
        // A missing entry is the only file that a problem may name without its being there.
        assert!(
            sources.contains_key(&place.file) || problem.kind() == Kind::File,
            "{problem}"
        );
        if let Some(bytes) = sources.get(&place.file) {
            let lines = files.entry(&place.file).or_insert_with(|| columns(bytes));
            let columns = lines.get(place.line - 1).copied();
            let columns = columns.unwrap_or_else(|| panic!("no such line: {problem}"));
            // Or right behind it.
            assert!(
                place.column <= columns + 1,
                "of {columns} columns: {problem}"
            );
        }
        assert!(
            !problem.message.is_empty() && !problem.help.is_empty(),
            "{problem}"
        );
        assert_ne!(problem.kind(), Kind::Internal, "{problem}");
        let texts = [&problem.message, &problem.help, &place.pointer];
        assert!(
            texts.iter().all(|text| !text.contains(char::is_control)),
            "{problem:?}"
        );
    }
    assert!(count > 0, "a failure without a problem");
    assert!(count <= 1_001, "{count} problems");
}

/// How many columns each line of a file has.
fn columns(bytes: &[u8]) -> Vec<usize> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let lines = text.split(['\n', '\r']);
    lines.map(|line| line.chars().count()).collect()
}

/// The one problem there is.
#[track_caller]
pub fn problem(sources: &Sources) -> Problem {
    let mut all = problems(sources);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// Holds that a problem is there.
#[track_caller]
pub fn assert_place(problem: &Problem, file: &str, line: usize, column: usize) {
    let place = &problem.location;
    assert_eq!(
        (place.file.as_str(), place.line, place.column),
        (file, line, column),
        "{problem}"
    );
}
