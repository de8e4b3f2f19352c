//! What to say about a text that isn't YAML.

use granit_parser::ErrorKind;

/// The parser's words without their introduction.
pub(crate) fn message(kind: &ErrorKind) -> String {
    let message = kind.to_string();
    match message.split_once(", ") {
        Some((introduction, rest)) if introduction.starts_with("while ") => rest.to_owned(),
        _ => message,
    }
}

/// What to do about it.
pub(crate) fn help(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => "indent with spaces",
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "put a text that holds `: ` in quotes, and see that the lines before it are indented \
             alike"
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. } => "close what is opened here",
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "see whether a comma, or the closing quote of a text before it, is missing"
        }
        ErrorKind::UnknownAnchor => "write the value out instead of an alias",
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::SimpleKeyExpected => {
            "see that this line and those before it are indented alike, and that a key ends in `:`"
        }
        _ => "look at this line and the one before it",
    }
}
