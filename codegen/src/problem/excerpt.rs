//! The line that a problem is about, and the part of it that is meant.

use std::borrow::Cow;

use super::Problem;
use crate::Sources;

/// Lines are cut to so many characters around the place: a minified document has one line only.
const MOST_CHARACTERS: usize = 120;

/// How much of a cut line is shown before the place.
const BEFORE: usize = 40;

/// The part of a line that shows a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, or what is left of a long one.
    pub text: String,
    /// The column of the first character of `text`, from 1.
    pub first: usize,
    /// The column of the place, from 1.
    pub column: usize,
    /// The column after the key or value that stands there.
    pub end: usize,
    /// Whether the line goes on after `text`.
    pub is_cut: bool,
}

/// The excerpt of a problem; none where its file or its line isn't there, or is no text.
pub fn excerpt(problem: &Problem, sources: &Sources) -> Option<Excerpt> {
    let location = &problem.location;
    let bytes = sources.get(&location.file)?;
    let line = line(bytes, location.line)?;
    let column = location.column.max(1);
    let first = if line.chars().nth(MOST_CHARACTERS).is_some() {
        column.saturating_sub(BEFORE).max(1)
    } else {
        1
    };
    // A line may be a whole file: it is gone through once.
    let start = line.char_indices().nth(first - 1);
    let shown = start.map_or("", |(start, _)| line.get(start..).unwrap_or_default());
    let from = shown.chars().skip(column - first);
    let end = column + extent(&from.take(MOST_CHARACTERS).collect::<Vec<_>>());
    let mut rest = shown.chars();
    let text = rest.by_ref().take(MOST_CHARACTERS).collect();
    Some(Excerpt {
        text,
        is_cut: rest.next().is_some(),
        first,
        column,
        end: end.min(first + MOST_CHARACTERS).max(column + 1),
    })
}

/// A line, from 1, without its end and without a byte order mark. What isn't UTF-8 is replaced.
fn line(bytes: &[u8], number: usize) -> Option<Cow<'_, str>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut rest = bytes;
    for _ in 1..number {
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
        let crlf = rest.get(end..end + 2) == Some(b"\r\n");
        rest = rest.get(end + if crlf { 2 } else { 1 }..)?;
    }
    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let line = rest.get(..end.unwrap_or(rest.len()))?;
    Some(String::from_utf8_lossy(line))
}

/// How many characters the key or value has that stands at the beginning of a text, at least one.
fn extent(text: &[char]) -> usize {
    let Some(&first) = text.first() else {
        return 1;
    };
    if matches!(first, '"' | '\'') {
        let mut escaped = false;
        for (index, character) in text.iter().enumerate().skip(1) {
            match character {
                _ if escaped => escaped = false,
                '\\' if first == '"' => escaped = true,
                _ if *character == first => return index + 1,
                _ => {}
            }
        }
        return trimmed(text);
    }
    if matches!(
        first,
        '{' | '[' | '}' | ']' | ',' | ':' | '&' | '*' | '!' | '|' | '>' | '%'
    ) {
        return 1;
    }
    if matches!(first, '-' | '?') && text.get(1).is_none_or(|next| *next == ' ') {
        return 1;
    }
    let ends = |index: usize, character: char| match character {
        ',' | '{' | '}' | '[' | ']' => true,
        ':' => text.get(index + 1).is_none_or(|next| next.is_whitespace()),
        '#' => index > 0 && text[index - 1].is_whitespace(),
        _ => false,
    };
    let end = (0..text.len()).find(|&index| ends(index, text[index]));
    trimmed(&text[..end.unwrap_or(text.len())])
}

fn trimmed(text: &[char]) -> usize {
    let blanks = text.iter().rev().take_while(|last| last.is_whitespace());
    (text.len() - blanks.count()).max(1)
}
