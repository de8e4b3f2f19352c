//! Halves of characters, as services leave them where they cut a text.
//!
//! JSON writes a character beyond U+FFFF as two escapes, a high and a low surrogate. A half by
//! itself is no character, and a reader that is strict about it would refuse the whole answer.

/// A copy of JSON with U+FFFD in the place of every half, or nothing where there is none.
///
/// The copy is as long as the original, so that lines and columns stay what they are.
pub(super) fn replaced(json: &[u8]) -> Option<Vec<u8>> {
    let mut copy: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        at += match (byte, escaped(json, at)) {
            (_, Some(0xd800..=0xdbff))
                if matches!(escaped(json, at + 6), Some(0xdc00..=0xdfff)) =>
            {
                12
            }
            (_, Some(0xd800..=0xdfff)) => {
                let copy = copy.get_or_insert_with(|| json.to_vec());
                copy[at..at + 6].copy_from_slice(br"\ufffd");
                6
            }
            // What follows a backslash belongs to it, above all a second one.
            (b'\\', _) => 2,
            _ => 1,
        };
    }
    copy
}

/// The number in an escape of the form `\uXXXX` that begins here.
fn escaped(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(br"\u")?;
    digits.iter().try_fold(0, |number, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(number << 4 | digit as u16)
    })
}
