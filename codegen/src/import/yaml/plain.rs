//! Which texts need no quotes, by the rules of YAML 1.1 and 1.2 alike.

use crate::spec::tree::{ScalarKind, plain_kind};

/// What begins something else than text.
const INDICATORS: &[char] = &[
    '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`',
    '=', '~', '<',
];

/// What some version of YAML reads as truth, emptiness or a number, in any case.
const WORDS: &[&str] = &[
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", "+.inf", "-.inf", ".nan",
];

/// Whether a text without quotes reads back as itself.
pub(super) fn is_safe(text: &str) -> bool {
    plain_kind(text) == ScalarKind::String
        && !text.starts_with(INDICATORS)
        && !text.starts_with(' ')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        && !looks_like_number(text)
        && !looks_like_date(text)
}

/// Numbers of any notation: with `_`, in base 60, octal by a zero, with an exponent.
fn looks_like_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let radix = ["0x", "0X", "0o", "0O", "0b", "0B"];
    if radix.iter().any(|radix| digits.starts_with(radix)) {
        return digits
            .chars()
            .skip(2)
            .all(|digit| digit.is_ascii_hexdigit() || digit == '_');
    }
    // Versions and addresses.
    if digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.matches('.').count() > 1
        && !digits.contains(':')
    {
        return false;
    }
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits
            .chars()
            .all(|digit| digit.is_ascii_digit() || "_.:,eE+-".contains(digit))
}

/// A date, or a date and a time.
fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..4).all(digit) && bytes.get(4) == Some(&b'-') && digit(5)
}

/// Whether a character may stand in YAML as it is, and breaks no line in any version of it.
pub(super) fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}
