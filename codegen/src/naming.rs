//! From wire names to Rust names.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Why a name can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Nothing is left of it, or it has a character that identifiers can't have.
    NotAnIdentifier,
    /// It starts with a digit.
    Digit,
    /// It is a keyword that `r#` doesn't help.
    Keyword,
    /// It isn't written as Rust writes such names.
    Case,
}

impl Unfit {
    /// The reason, to stand after "because it".
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::NotAnIdentifier => "isn't made of letters, digits and underscores",
            Self::Digit => "starts with a digit",
            Self::Keyword => "is a keyword that even `r#` can't make a name",
            Self::Case => "isn't in the case that Rust has for it",
        }
    }
}

/// Keywords that may not follow `r#`.
const UNRAWABLE: &[&str] = &["_", "crate", "self", "Self", "super"];

/// A rule that makes names of wire names.
pub(crate) type Rule = fn(&str) -> String;

/// The name of a field, method or module.
pub(crate) fn snake(wire: &str) -> String {
    wire.to_snake_case()
}

/// The name of a type or variant.
pub(crate) fn camel(wire: &str) -> String {
    wire.to_upper_camel_case()
}

/// The name of a Cargo feature.
pub(crate) fn kebab(wire: &str) -> String {
    wire.to_kebab_case()
}

/// Whether a name that a person chose looks like those that the rule makes.
pub(crate) fn cased(name: &str, rule: Rule) -> Result<(), Unfit> {
    if rule(name) == name {
        Ok(())
    } else {
        Err(Unfit::Case)
    }
}

/// A name that can stand in Rust, of one that can't: what doesn't fit goes by its number.
pub(crate) fn forced(name: &str) -> String {
    let mut forced = String::new();
    for c in name.chars() {
        match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '_' => forced.push(c),
            other => forced.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
    match fit(&forced) {
        Ok(()) => forced,
        Err(_) => format!("n{forced}"),
    }
}

/// Whether a name can stand in Rust, as `r#name` if need be.
pub(crate) fn fit(name: &str) -> Result<(), Unfit> {
    let identifier = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() || !name.chars().all(identifier) {
        Err(Unfit::NotAnIdentifier)
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        Err(Unfit::Digit)
    } else if UNRAWABLE.contains(&name) {
        Err(Unfit::Keyword)
    } else {
        Ok(())
    }
}
