//! Collects problems, and the words they share.

use super::tree::{Node, Place, ScalarKind, Value};
use crate::problem::{Code, Location, MOST_PROBLEMS, Problem, Problems, printable};

/// Texts in messages are cut after this many characters.
const LONGEST_QUOTE: usize = 60;

/// Only so many candidates are looked at, so that a suggestion costs little.
const MOST_CANDIDATES: usize = 2_000;

/// And only so many of them are compared letter by letter.
const MOST_COMPARED: usize = 100;

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    problems: Vec<Problem>,
    /// Problems that don't keep the description from being read further.
    lost: Vec<Problem>,
}

impl Report {
    pub(crate) fn add(
        &mut self,
        location: Location,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if !self.is_full() {
            self.problems.push(Problem {
                location,
                code,
                message: message.into(),
                help: help.into(),
            });
        }
    }

    /// Takes over what another report came to.
    pub(crate) fn append(&mut self, problems: &Problems) {
        for problem in problems {
            let Problem {
                location,
                code,
                message,
                help,
            } = problem.clone();
            self.add(location, code, message, help);
        }
    }

    /// Whether nothing has been found.
    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty() && self.lost.is_empty()
    }

    /// Whether what is found from now on isn't listed, so that looking for words is in vain.
    pub(crate) fn is_full(&self) -> bool {
        self.problems.len() > MOST_PROBLEMS
    }

    /// Reports something that is right in itself, but would be lost.
    pub(crate) fn lost(
        &mut self,
        location: Location,
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.lost.len() <= MOST_PROBLEMS {
            self.lost.push(Problem {
                location,
                code,
                message: message.into(),
                help: help.into(),
            });
        }
    }

    /// What would be lost; everything, as an error, where the description can't be read further.
    pub(crate) fn conclude(mut self) -> Result<Vec<Problem>, Problems> {
        if self.problems.is_empty() {
            return Ok(self.lost);
        }
        self.problems.append(&mut self.lost);
        Problems::check(self.problems)?;
        Ok(Vec::new())
    }
}

/// The location of a place in a file.
pub(crate) fn location(file: &str, place: Place, pointer: &str) -> Location {
    Location {
        file: file.to_owned(),
        line: place.line,
        column: place.column,
        pointer: printable(pointer),
    }
}

/// The location of a file as a whole.
pub(crate) fn file_location(file: &str) -> Location {
    location(file, Place::START, "")
}

/// A text for a message: in backticks, on one line, not too long.
pub(crate) fn code(text: &str) -> String {
    format!("`{}`", shortened(text))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => printable(text.get(..end).unwrap_or_default()) + "…",
        None => printable(text),
    }
}

/// Names in backticks, joined by commas.
pub(crate) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// What a node is, for "here it is …".
pub(crate) fn describe(node: &Node) -> String {
    let scalar = match &node.value {
        Value::Mapping(_) => return "an object".to_owned(),
        Value::Sequence(_) => return "a list".to_owned(),
        Value::Scalar(scalar) => scalar,
    };
    let text = shortened(&scalar.text);
    match scalar.kind {
        ScalarKind::Null => "empty".to_owned(),
        ScalarKind::Bool => format!("the boolean {text}"),
        ScalarKind::Int | ScalarKind::Float | ScalarKind::HugeInt => format!("the number {text}"),
        ScalarKind::String => format!("the string \"{text}\""),
    }
}

/// The candidate that was probably meant, if one is close enough.
pub(crate) fn closest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let length = written.chars().take(LONGEST_QUOTE + 1).count();
    if length > LONGEST_QUOTE {
        return None;
    }
    let folded = fold(written);
    let most = 1 + length / 4;
    candidates
        .into_iter()
        .take(MOST_CANDIDATES)
        .filter(|candidate| candidate.len() <= 2 * LONGEST_QUOTE)
        .map(|candidate| (fold(candidate), candidate))
        .filter(|(other, _)| letters_apart(&folded, other) <= 2 * most)
        .take(MOST_COMPARED)
        .map(|(other, candidate)| (strsim::damerau_levenshtein(&folded, &other), candidate))
        .filter(|&(distance, candidate)| distance <= most && distance < candidate.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters one text has and the other hasn't: quick to tell, and at most twice the distance
/// for those that a keyboard has.
fn letters_apart(one: &str, other: &str) -> usize {
    let mut counts = [0_i32; 128];
    let mut count = |text: &str, step: i32| {
        for byte in text.bytes() {
            if let Some(count) = counts.get_mut(usize::from(byte)) {
                *count += step;
            }
        }
    };
    count(one, 1);
    count(other, -1);
    counts
        .iter()
        .map(|count| count.unsigned_abs() as usize)
        .sum()
}

/// Spellings that differ only in case or in the kind of dash are one.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|character| !matches!(character, '-' | '_'))
        .collect::<String>()
        .to_lowercase()
}

/// "did you mean …?", or what to do when nothing is close.
pub(crate) fn did_you_mean<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match closest(written, candidates) {
        Some(name) => format!("did you mean {}?", code(name)),
        None => otherwise(),
    }
}
