//! Paths through records: from a request or an answer to one of their fields.

use std::collections::BTreeMap;

use crate::model::{Field, Path, Record, Reference, Step, Type, TypeDef};

/// More names than anybody reads through.
const MOST_NAMES: usize = 20;

/// Where paths begin.
#[derive(Clone, Copy)]
pub(super) struct Start<'m> {
    /// Its name in messages.
    pub(super) name: &'static str,
    pub(super) record: &'m Record,
    pub(super) records: &'m BTreeMap<&'m str, &'m Record>,
}

/// A field on a path.
pub(super) struct Passed<'m> {
    pub(super) field: &'m Field,
    /// The record that has it.
    pub(super) holder: &'m Record,
    /// The type of that; none for the record where the path begins.
    pub(super) reference: Option<&'m Reference>,
}

/// The records among types, by name.
pub(super) fn records<'m>(
    types: impl IntoIterator<Item = &'m TypeDef>,
) -> BTreeMap<&'m str, &'m Record> {
    let records = types.into_iter().filter_map(|ty| match ty {
        TypeDef::Record(record) => Some((record.name.as_str(), record)),
        TypeDef::Enum(_) => None,
    });
    records.collect()
}

/// Follows a path; where it leads nowhere, what is wrong and what to do.
pub(super) fn walk<'m>(path: &str, start: Start<'m>) -> Result<Vec<Passed<'m>>, (String, String)> {
    let mut passed: Vec<Passed<'m>> = Vec::new();
    for wire in path.split('.') {
        let (holder, reference, name) = match passed.last() {
            None => (start.record, None, start.name.to_owned()),
            Some(Passed { field, .. }) => {
                let Type::Record(reference) = &field.ty else {
                    return Err((
                        format!(
                            "`{path}` leads through `{}`, which is {}",
                            field.wire,
                            described(&field.ty)
                        ),
                        "a path leads through objects with properties only".to_owned(),
                    ));
                };
                // What isn't there has been reported where it should be.
                let Some(record) = start.records.get(reference.name.as_str()) else {
                    return Err((
                        format!("`{path}` leads through `{}`, which isn't known", field.wire),
                        "describe its type".to_owned(),
                    ));
                };
                (*record, Some(reference), format!("`{}`", field.wire))
            }
        };
        let Some(field) = holder.fields.iter().find(|field| field.wire == wire) else {
            let names = holder.fields.iter().map(|field| field.wire.as_str());
            let what = match wire {
                "" => "there is no name where one should be".to_owned(),
                wire => format!("{name} has no field `{wire}`"),
            };
            return Err((
                format!("`{path}` leads nowhere: {what}"),
                match names.len() {
                    0 => format!("{name} has no fields at all"),
                    _ => format!("correct the path; {name} has {}", spans(names)),
                },
            ));
        };
        passed.push(Passed {
            field,
            holder,
            reference,
        });
    }
    Ok(passed)
}

pub(super) fn path(passed: &[Passed<'_>]) -> Path {
    let steps = passed.iter().map(|Passed { field, .. }| Step {
        wire: field.wire.clone(),
        name: field.name.clone(),
        optional: !field.required,
        deprecated: field.deprecated,
        fill: None,
    });
    steps.collect()
}

pub(super) fn described(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "a truth value",
        Type::Int32 | Type::Int64 => "an integer",
        Type::Float32 | Type::Float64 => "a number with a fraction",
        Type::String => "a string",
        Type::Json => "JSON of any kind",
        Type::List(_) => "a list",
        Type::Map(_) => "a map",
        Type::Record(_) => "an object",
        Type::Enum(_) => "a string with listed values",
    }
}

/// Names as code spans, as many as anybody reads.
pub(super) fn spans<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut spans: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    if spans.len() > MOST_NAMES {
        spans.truncate(MOST_NAMES);
        spans.push("…".to_owned());
    }
    spans.join(", ")
}
