//! What the fuzz targets share. How a text is read as files, and what must come of it, are those of
//! the tests, by their very files.

#[path = "../../tests/support/outcome.rs"]
pub mod outcome;
#[path = "../../tests/support/parts.rs"]
pub mod parts;
#[path = "../../tests/support/problems.rs"]
pub mod problems;
#[path = "../../tests/support/words.rs"]
pub mod words;

use alibabacloud_codegen::problem::{excerpt, render};
use alibabacloud_codegen::{Problem, Sources};

/// Shows problems in every way there is.
pub fn shown<'p>(problems: impl IntoIterator<Item = &'p Problem>, sources: &Sources) {
    // As many as a person is shown.
    for problem in problems.into_iter().take(50) {
        let path = &problem.location.file;
        let plain = render(problem, sources, path, false);
        assert!(
            plain.lines().all(|line| !line.contains(char::is_control)),
            "{plain:?}"
        );
        assert!(render(problem, sources, path, true).len() > plain.len());
        if let Some(shown) = excerpt(problem, sources) {
            assert!(
                shown.first <= shown.column && shown.column < shown.end,
                "{shown:?}"
            );
        }
    }
}

/// What lies between the two sides of a comparison.
const AGAINST: &[u8] = b"\n#: against\n";

/// The old and the new description of a text; the same one where it has no two.
pub fn sides(text: &[u8]) -> [Sources; 2] {
    let sides = parts::split(text, AGAINST);
    let side = |index: usize| parts::sources(sides.get(index).unwrap_or(&sides[0]));
    [side(0), side(1)]
}

/// The two sides as one text.
pub fn joined(old: &[u8], new: &[u8]) -> Vec<u8> {
    [old, AGAINST, new].concat()
}
