//! Deserialising, once for every type.
//!
//! What arrives is read generously, since the service's own documentation and its answers differ:
//! unknown members are skipped, `null` is absence, a number or a truth value is accepted where text
//! is declared and the other way round, and text takes an object as its JSON. What still doesn't fit is
//! an error that says which kind of JSON value was expected and which was found. It never says the
//! value itself, which may be a secret or a phone number; serde's own errors would.
//!
//! Everything asks for `deserialize_any`: serde_json's narrower methods check the kind themselves
//! and quote the value when it doesn't fit. So formats must describe themselves.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Field, Fields, Json, List, Map, Open, Scalar, Unfit, Value};

/// Reads a value; in a record, the last of two members of one name holds.
///
/// # Errors
///
/// When a required field is missing or a value doesn't fit.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut value = T::initial();
    match Slot(&mut value).deserialize(from)? {
        Found::Null if !value.clear() => Err(unfit(value.expected(), "null")),
        Found::Value | Found::Null => Ok(value),
    }
}

/// A place for the next value.
struct Slot<'a>(&'a mut dyn Value);

/// What came for a slot.
enum Found {
    Value,
    /// `null`: whoever owns the slot knows what that means.
    Null,
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Found, D::Error> {
        from.deserialize_any(self)
    }
}

impl Slot<'_> {
    fn set<E: Error>(self, scalar: Scalar<'_>) -> Result<Found, E> {
        match self.0.set(scalar) {
            Ok(()) => Ok(Found::Value),
            Err(Unfit(found)) => Err(unfit(self.0.expected(), found)),
        }
    }
}

fn unfit<E: Error>(expected: &str, found: &str) -> E {
    E::custom(format_args!("expected {expected}, found {found}"))
}

impl<'de> Visitor<'de> for Slot<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expected())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Found, E> {
        self.set(Scalar::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Found, E> {
        self.set(Scalar::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Found, E> {
        self.set(i64::try_from(value).map_or(Scalar::Unsigned(value), Scalar::Integer))
    }

    fn visit_i128<E: Error>(self, _value: i128) -> Result<Found, E> {
        Err(unfit(self.0.expected(), "a number of more than 64 bits"))
    }

    fn visit_u128<E: Error>(self, _value: u128) -> Result<Found, E> {
        Err(unfit(self.0.expected(), "a number of more than 64 bits"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Found, E> {
        self.set(Scalar::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Found, E> {
        self.set(Scalar::Text(value))
    }

    fn visit_bytes<E: Error>(self, _value: &[u8]) -> Result<Found, E> {
        Err(unfit(self.0.expected(), "bytes"))
    }

    fn visit_none<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Found, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Found, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Found, A::Error> {
        let expected = self.0.expected();
        match self.0.open() {
            Open::List(list) => read_list(list, items)?,
            Open::Json(json) => *json = Json::deserialize(SeqAccessDeserializer::new(items))?,
            _ => return Err(unfit(expected, "a list")),
        }
        Ok(Found::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Found, A::Error> {
        let expected = self.0.expected();
        match self.0.open() {
            Open::Record(record) => read_record(record, members)?,
            Open::Map(map) => read_map(map, members)?,
            Open::Json(json) => *json = Json::deserialize(MapAccessDeserializer::new(members))?,
            // `AccessDeniedDetail` is declared as text, and comes as an object too.
            Open::Text(text) => {
                *text = Json::deserialize(MapAccessDeserializer::new(members))?.to_string();
            }
            _ => return Err(unfit(expected, "an object")),
        }
        Ok(Found::Value)
    }
}

/// Reads the items of a list; a `null` among them is passed over.
fn read_list<'de, A: SeqAccess<'de>>(list: &mut dyn List, mut items: A) -> Result<(), A::Error> {
    loop {
        let item = list.push();
        match items.next_element_seed(Slot(item))? {
            Some(Found::Value) => {}
            Some(Found::Null) if item.clear() => {}
            Some(Found::Null) => list.pop(),
            None => {
                list.pop();
                return Ok(());
            }
        }
    }
}

/// Reads the members of a map; one that is `null` is passed over, unless that can be kept.
fn read_map<'de, A: MapAccess<'de>>(map: &mut dyn Map, mut members: A) -> Result<(), A::Error> {
    while let Some(name) = members.next_key::<String>()? {
        let member = map.member(name.clone());
        if let Found::Null = members.next_value_seed(Slot(member))?
            && !member.clear()
        {
            map.remove(&name);
        }
    }
    Ok(())
}

fn read_record<'de, A: MapAccess<'de>>(
    record: &mut dyn Fields,
    mut members: A,
) -> Result<(), A::Error> {
    let fields = record.fields();
    let mut missing: Vec<_> = fields.iter().filter(|field| field.required).collect();
    while let Some(name) = members.next_key_seed(Name(fields))? {
        let Some((index, field)) = name else {
            members.next_value::<IgnoredAny>()?;
            continue;
        };
        let value = record.get_mut(index);
        if let Found::Null = members.next_value_seed(Slot(value))?
            && !value.clear()
        {
            return Err(unfit(value.expected(), "null"));
        }
        missing.retain(|missing| missing.wire != field.wire);
    }
    match missing.first() {
        Some(field) => Err(A::Error::missing_field(field.wire)),
        None => Ok(()),
    }
}

/// Finds the field that a member's name means, without keeping the name.
struct Name(&'static [Field]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<(usize, &'static Field)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<(usize, &'static Field)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let mut fields = self.0.iter().enumerate();
        Ok(fields.find(|(_, field)| field.wire == name))
    }
}
