//! The draft in the changelog: between two comments, with a checksum, so that what a person wrote is
//! never replaced.

use std::ops::Range;

/// What a draft begins with, before its checksum.
pub(crate) const BEGIN: &str = "<!-- Drafted by `cargo xtask update`, ";

/// The line that ends it.
const END: &str = "<!-- End of the draft. -->";

/// What becomes of the changelog.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// There is nothing to change.
    Unchanged,
    /// It has another text.
    Text(String),
    /// A person has been at it since: it stays, and this is why.
    Kept(String),
}

/// Puts a draft into a changelog, in the place of an earlier one; without changes there is none.
/// `base` is the changelog that the changes are counted from.
pub(super) fn place(text: &str, base: Option<&str>, changes: &str, step: &str) -> Placed {
    let found = match find(text) {
        Ok(found) => found,
        Err(why) => return Placed::Kept(why),
    };
    let draft = if changes.is_empty() {
        String::new()
    } else {
        draft(changes, step)
    };
    let at = match found {
        Some(range) => range,
        None if draft.is_empty() => return Placed::Unchanged,
        None if base != Some(text) => {
            return Placed::Kept("it has been changed by hand since, and has no draft".to_owned());
        }
        None => match unreleased(text) {
            Some(at) => at..at,
            None => return Placed::Kept("it has no section `## Unreleased`".to_owned()),
        },
    };
    let placed = format!("{}{draft}{}", &text[..at.start], &text[at.end..]);
    if placed == text {
        Placed::Unchanged
    } else {
        Placed::Text(placed)
    }
}

fn draft(changes: &str, step: &str) -> String {
    let body = format!(
        "{step}.\nMake it yours: mend the words, then remove this comment and the one at the end. -->\n\n{changes}\n"
    );
    format!("{BEGIN}{}: {body}{END}\n\n", checksum(&body))
}

/// Where the draft is, with the blank line behind it; or why it is one no longer.
fn find(text: &str) -> Result<Option<Range<usize>>, String> {
    let Some(start) = text.find(BEGIN) else {
        return Ok(None);
    };
    let line = text[..start].matches('\n').count() + 1;
    let inside = &text[start + BEGIN.len()..];
    let length = inside.find(END);
    let parts = length.and_then(|length| inside[..length].split_once(": "));
    let (Some(length), Some((sum, body))) = (length, parts) else {
        return Err(format!("the draft at line {line} has no end"));
    };
    if sum != checksum(body) {
        return Err(format!("the draft at line {line} has been changed by hand"));
    }
    let end = start + BEGIN.len() + length + END.len();
    let blank = text[end..]
        .chars()
        .take_while(|c| *c == '\n')
        .take(2)
        .count();
    Ok(Some(start..end + blank))
}

/// Where a draft begins: behind the heading of what isn't released yet.
fn unreleased(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "## Unreleased" {
            let blank = text[at..].chars().take_while(|c| *c == '\n').count();
            return Some(at + blank);
        }
    }
    None
}

/// FNV-1a: it must tell whether a person wrote something, nothing more.
fn checksum(text: &str) -> String {
    let sum = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{sum:016x}")
}
