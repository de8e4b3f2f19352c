//! `Debug` of records, with sensitive values left out.

use std::fmt;

use super::{Fields, Sensitivity, View};

/// Writes a record as `#[derive(Debug)]` would, save that sensitive values are named, not shown.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug(record: &dyn Fields, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(record.name());
    for (field, value) in record.each() {
        match (field.sensitivity, value.view()) {
            // That there is nothing gives nothing away.
            (Sensitivity::Public, _) | (_, View::Absent) => shown.field(field.name, &value),
            (Sensitivity::Personal, _) => shown.field(field.name, &format_args!("[personal]")),
            (Sensitivity::Secret, _) => shown.field(field.name, &format_args!("[secret]")),
        };
    }
    shown.finish()
}
