//! A record: a type that lists its fields.

use super::Value;

/// Where the value of a field travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// In a JSON object, beside its siblings.
    Member,
    /// A query parameter, as plain text.
    Query,
    /// A query parameter that holds JSON.
    QueryJson,
    /// A field of a form body, as plain text.
    Form,
    /// A field of a form body that holds JSON.
    FormJson,
}

/// Who must not see a field's value in logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sensitivity {
    /// May be shown.
    Public,
    /// Says something about a person: a phone number, the text of a message.
    Personal,
    /// Opens something: a key, a token, a verification code.
    Secret,
}

/// What is known of a field at compile time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its name on the wire.
    pub wire: &'static str,
    /// Where it travels.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
    /// Whether its value may be shown.
    pub sensitivity: Sensitivity,
}

impl Field {
    const fn new(name: &'static str, wire: &'static str, place: Place) -> Self {
        Self {
            name,
            wire,
            place,
            required: false,
            sensitivity: Sensitivity::Public,
        }
    }

    /// A member of a JSON object.
    pub const fn member(name: &'static str, wire: &'static str) -> Self {
        Self::new(name, wire, Place::Member)
    }

    /// A query parameter, as plain text.
    pub const fn query(name: &'static str, wire: &'static str) -> Self {
        Self::new(name, wire, Place::Query)
    }

    /// A query parameter that holds JSON.
    pub const fn query_json(name: &'static str, wire: &'static str) -> Self {
        Self::new(name, wire, Place::QueryJson)
    }

    /// A field of a form body, as plain text.
    pub const fn form(name: &'static str, wire: &'static str) -> Self {
        Self::new(name, wire, Place::Form)
    }

    /// A field of a form body that holds JSON.
    pub const fn form_json(name: &'static str, wire: &'static str) -> Self {
        Self::new(name, wire, Place::FormJson)
    }

    /// The same field, required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field, saying something about a person.
    pub const fn personal(mut self) -> Self {
        self.sensitivity = Sensitivity::Personal;
        self
    }

    /// The same field, holding a secret.
    pub const fn secret(mut self) -> Self {
        self.sensitivity = Sensitivity::Secret;
        self
    }
}

/// A type that lists its fields. Generated code implements it; applications have no need to.
pub trait Record: Sized {
    /// The type's name in Rust.
    const NAME: &'static str;
    /// Its fields, sorted by wire name.
    const FIELDS: &'static [Field];

    /// A value with nothing in it: every field empty, absent or zero.
    fn blank() -> Self;

    /// The value of the field at `index` of [`Record::FIELDS`].
    fn get(&self, index: usize) -> &dyn Value;

    /// The same, to be changed.
    fn get_mut(&mut self, index: usize) -> &mut dyn Value;
}

/// A [`Record`] whose type is left open.
pub trait Fields {
    /// [`Record::NAME`].
    fn name(&self) -> &'static str;

    /// [`Record::FIELDS`].
    fn fields(&self) -> &'static [Field];

    /// [`Record::get`].
    fn get(&self, index: usize) -> &dyn Value;

    /// [`Record::get_mut`].
    fn get_mut(&mut self, index: usize) -> &mut dyn Value;
}

impl<R: Record> Fields for R {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn fields(&self) -> &'static [Field] {
        R::FIELDS
    }

    fn get(&self, index: usize) -> &dyn Value {
        Record::get(self, index)
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Value {
        Record::get_mut(self, index)
    }
}

impl dyn Fields + '_ {
    /// Every field with its value.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static Field, &dyn Value)> {
        let fields = self.fields().iter().enumerate();
        fields.map(|(index, field)| (field, self.get(index)))
    }
}

/// Whether a builder has been given a field, as a type: a generated crate's traits name the fields.
#[derive(Debug)]
pub struct Is<const GIVEN: bool>;
