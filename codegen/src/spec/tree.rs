//! A text as a tree in which everything knows its place.

use indexmap::IndexMap;

/// Line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Place {
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// A value of the description.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Scalar(Scalar),
    Sequence(Vec<Node>),
    Mapping(Mapping),
}

/// In the order of the text.
pub(crate) type Mapping = IndexMap<String, Member>;

/// What stands under a key.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// The place of the key.
    pub(crate) key: Place,
    /// What the key itself reads as: `200:` is a number.
    pub(crate) key_kind: ScalarKind,
    pub(crate) value: Node,
}

/// The text of a scalar, quotes and escapes undone.
#[derive(Debug, Clone)]
pub(crate) struct Scalar {
    pub(crate) text: String,
    pub(crate) kind: ScalarKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ScalarKind {
    Null,
    Bool,
    Int,
    Float,
    String,
    /// A whole number that 64 bits can't hold.
    HugeInt,
}

impl Node {
    pub(crate) fn mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(members) => Some(members),
            Value::Scalar(_) | Value::Sequence(_) => None,
        }
    }

    pub(crate) fn sequence(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            Value::Scalar(_) | Value::Mapping(_) => None,
        }
    }

    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The text, where this is a string.
    pub(crate) fn text(&self) -> Option<&str> {
        self.scalar()
            .filter(|scalar| scalar.kind == ScalarKind::String)
            .map(|scalar| &*scalar.text)
    }

    /// What stands under `key`, where this is a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        Some(&self.mapping()?.get(key)?.value)
    }

    pub(crate) fn is_null(&self) -> bool {
        self.scalar()
            .is_some_and(|scalar| scalar.kind == ScalarKind::Null)
    }
}

/// What a scalar without quotes stands for.
///
/// This is the core schema of YAML 1.2 as serde_yaml reads it, so that the checks and the
/// document can't differ: `yes` and `012` are strings, `0b1` is a number.
pub(crate) fn plain_kind(text: &str) -> ScalarKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return ScalarKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return ScalarKind::Bool,
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF"
        | ".nan" | ".NaN" | ".NAN" => return ScalarKind::Float,
        _ => {}
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return ScalarKind::String;
    }
    if let Some(radix) = radix(digits) {
        return int_kind(
            text.starts_with('-'),
            digits.get(2..).unwrap_or_default(),
            radix,
        );
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        if digits.len() > 1 && digits.starts_with('0') {
            return ScalarKind::String;
        }
        return int_kind(text.starts_with('-'), digits, 10);
    }
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => ScalarKind::Float,
        Ok(_) | Err(_) => ScalarKind::String,
    }
}

fn radix(digits: &str) -> Option<u32> {
    match digits.get(..2)? {
        "0x" => Some(16),
        "0o" => Some(8),
        "0b" => Some(2),
        _ => None,
    }
}

fn int_kind(negative: bool, digits: &str, radix: u32) -> ScalarKind {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return ScalarKind::String;
    }
    let largest = if negative {
        i64::MIN.unsigned_abs()
    } else {
        u64::MAX
    };
    match u64::from_str_radix(digits, radix) {
        Ok(number) if number <= largest => ScalarKind::Int,
        Ok(_) | Err(_) => ScalarKind::HugeInt,
    }
}
