//! The problems of a broken description, each of which must have a place and say what to do.

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
    for problem in problems {
        count += 1;
        let place = &problem.location;
        assert!(place.line >= 1 && place.column >= 1, "{problem}");
        // A missing entry is the only file that a problem may name without its being there.
        assert!(
            sources.contains_key(&place.file) || problem.kind == Kind::File,
            "{problem}"
        );
        if let Some(bytes) = sources.get(&place.file) {
            let lines = bytes
                .iter()
                .filter(|byte| matches!(byte, b'\n' | b'\r'))
                .count();
            assert!(place.line <= lines + 2, "{problem}");
        }
        assert!(
            !problem.message.is_empty() && !problem.help.is_empty(),
            "{problem}"
        );
        assert_ne!(problem.kind, Kind::Internal, "{problem}");
    }
    assert!(count > 0, "a failure without a problem");
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
