//! Everything that may stand in a field.

use std::fmt;

use super::{Fields, Json};

/// Everything that may stand in a field: scalars, options, lists, maps, records, open enums, JSON.
pub trait Value: fmt::Debug {
    /// The value of a field that nothing was read into.
    fn initial() -> Self
    where
        Self: Sized;

    /// What stands in the field.
    fn view(&self) -> View<'_>;

    /// What fits into the field, for the message when something else comes.
    fn expected(&self) -> &'static str;

    /// Takes a scalar.
    ///
    /// # Errors
    ///
    /// When a scalar of that kind, or of that value, doesn't fit.
    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        Err(scalar.unfit())
    }

    /// Opens a list, a map or an object, to be filled: what it held is gone.
    fn open(&mut self) -> Open<'_> {
        Open::Closed
    }

    /// Takes `null`; whether that is possible.
    fn clear(&mut self) -> bool {
        false
    }
}

/// What stands in a field.
#[allow(missing_debug_implementations, reason = "a value may be a secret")]
#[non_exhaustive]
pub enum View<'a> {
    /// Nothing: the field is left out.
    Absent,
    /// A truth value.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(&'a str),
    /// JSON of no declared shape.
    Json(&'a Json),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A record.
    Record(&'a dyn Fields),
}

/// A scalar on its way into a field.
#[allow(missing_debug_implementations, reason = "a value may be a secret")]
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Scalar<'a> {
    /// A truth value.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// An integer beyond [`i64::MAX`].
    Unsigned(u64),
    /// A number.
    Float(f64),
    /// Text.
    Text(&'a str),
}

/// That something doesn't fit, and what was found: a kind of value, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit(pub &'static str);

impl Scalar<'_> {
    /// Whether this is text with nothing in it, which some answers have where there is no number,
    /// list or object.
    pub(super) fn is_empty_text(self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// That a scalar of this kind doesn't fit.
    pub fn unfit(self) -> Unfit {
        Unfit(match self {
            Self::Boolean(_) => "true or false",
            Self::Integer(_) | Self::Unsigned(_) | Self::Float(_) => "a number",
            Self::Text(_) => "a string",
        })
    }
}

/// What a field opens to.
#[allow(missing_debug_implementations, reason = "a value may be a secret")]
#[non_exhaustive]
pub enum Open<'a> {
    /// It holds a scalar.
    Closed,
    /// Text, which takes an object as its JSON.
    Text(&'a mut String),
    /// JSON of no declared shape.
    Json(&'a mut Json),
    /// A list.
    List(&'a mut dyn List),
    /// A map.
    Map(&'a mut dyn Map),
    /// A record.
    Record(&'a mut dyn Fields),
}

/// A list of values.
pub trait List {
    /// The items.
    fn items(&self) -> Box<dyn ExactSizeIterator<Item = &dyn Value> + '_>;

    /// A new last item, to be filled.
    fn push(&mut self) -> &mut dyn Value;

    /// Takes the last item away.
    fn pop(&mut self);
}

/// A map of values.
pub trait Map {
    /// The members, sorted by name.
    fn members(&self) -> Box<dyn ExactSizeIterator<Item = (&str, &dyn Value)> + '_>;

    /// The member of that name, to be filled.
    fn member(&mut self, name: String) -> &mut dyn Value;

    /// Takes the member of that name away.
    fn remove(&mut self, name: &str);
}
