//! Serialising, once for every type, under wire names.

use std::io;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::{Fields, Value, View};

/// Writes a record under its wire names; absent fields are left out.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(record: &dyn Fields, to: S) -> Result<S::Ok, S::Error> {
    let absent = |value: &dyn Value| matches!(value.view(), View::Absent);
    // Formats with a length prefix want the length beforehand.
    let present = record.each().filter(|(_, value)| !absent(*value)).count();
    let mut members = to.serialize_struct(record.name(), present)?;
    for (field, value) in record.each() {
        if absent(value) {
            members.skip_field(field.wire)?;
        } else {
            members.serialize_field(field.wire, &Written(value))?;
        }
    }
    members.end()
}

/// Writes a value as compact JSON.
pub(crate) fn write_json(value: &dyn Value, to: impl io::Write) -> serde_json::Result<()> {
    serde_json::to_writer(to, &Written(value))
}

/// A value that serialises as what stands in it.
pub(super) struct Written<'a>(pub(super) &'a dyn Value);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0.view() {
            View::Absent => to.serialize_none(),
            View::Boolean(value) => to.serialize_bool(value),
            View::Integer(value) => to.serialize_i64(value),
            View::Float(value) => to.serialize_f64(value),
            View::Text(value) => to.serialize_str(value),
            View::Json(value) => value.serialize(to),
            View::List(list) => to.collect_seq(list.items().map(Written)),
            View::Map(map) => {
                let members = map.members();
                let mut written = to.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    written.serialize_entry(name, &Written(value))?;
                }
                written.end()
            }
            View::Record(record) => serialize(record, to),
        }
    }
}
