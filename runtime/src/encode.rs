//! Writing parameters into a query or a form.
//!
//! There is one encoding for everything: the canonical query that is signed, the query on the wire
//! and a form body. The signature asks for RFC 3986, where a blank is `%20`; form decoders read
//! `%20` and `+` alike, but a `+` is only a blank where the reader takes the text for a form. So
//! `%20` is the spelling that can't be misread, and text that is signed and sent in the same
//! spelling can't differ.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Writes `pairs` as `name=value` joined by `&`, both encoded, sorted by their decoded names.
///
/// Names compare byte by byte. Pairs of the same name keep their order. An empty value keeps its
/// `=`, no pairs at all give an empty text.
pub fn query(pairs: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    let mut text = String::new();
    write_query(pairs, &mut text);
    text
}

/// Writes a [`query`] at the end of `text`.
pub(crate) fn write_query(pairs: &[(impl AsRef<str>, impl AsRef<str>)], text: &mut String) {
    let mut sorted: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_ref(), value.as_ref()))
        .collect();
    sorted.sort_by_key(|&(name, _)| name);

    // Long parameters hold JSON, most of whose punctuation triples.
    let length: usize = sorted
        .iter()
        .map(|(name, value)| name.len() + value.len() * 2 + 2)
        .sum();
    text.reserve(length);
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.extend(utf8_percent_encode(name, RESERVED));
        text.push('=');
        text.extend(utf8_percent_encode(value, RESERVED));
    }
}

/// Writes `bytes` as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four)]);
    let pairs = bytes
        .iter()
        .map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    let mut text = String::with_capacity(bytes.len() * 2);
    text.extend(pairs.flatten());
    text
}
