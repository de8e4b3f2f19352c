//! Pagination: marks that name fields by their paths, and the fields found there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Lower;
use crate::model::{
    Field, Fill, Filled, Group, Operation, Pagination, Paging, Path, Record, Reference, Shared,
    Step, Type, TypeDef,
};
use crate::problem::Kind;
use crate::spec::{self, Place};

/// More names than anybody reads through.
const MOST_NAMES: usize = 20;

/// The mark of a paged operation, its keys checked.
pub(super) struct Mark<'d> {
    place: Place,
    keys: &'d Value,
}

/// The keys of a kind besides `kind`: those it must have, those it may have.
fn keys_of(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "page" => (&["index", "items"], &["size", "total"]),
        _ => (&["token", "next", "items"], &["size"]),
    }
}

/// What stands at the end of a path.
#[derive(Clone, Copy)]
enum End {
    Number,
    Integer,
    Text,
    List,
}

/// Where paths begin.
#[derive(Clone, Copy)]
struct Start<'m> {
    /// Its name in messages.
    name: &'static str,
    record: &'m Record,
    records: &'m BTreeMap<&'m str, &'m Record>,
}

/// A field on a path.
struct Passed<'m> {
    field: &'m Field,
    /// The record that has it.
    holder: &'m Record,
    /// The type of that; none for the record where the path begins.
    reference: Option<&'m Reference>,
}

impl<'d> Lower<'d> {
    /// Notes the mark of an operation, to be resolved once all types are known. Where the fields
    /// themselves have problems, what isn't found among them says nothing.
    pub(super) fn note_pagination(
        &mut self,
        operation: &spec::Operation<'d>,
        method: &str,
        clean: bool,
    ) {
        const KEY: &str = "x-acs-pagination";
        let Some(keys) = operation.extension(KEY) else {
            return;
        };
        let place = operation.place.child(KEY);
        if self.check_keys(&place, keys) && clean {
            let mark = Mark { place, keys };
            self.paginations.insert(method.to_owned(), mark);
        }
    }

    /// Whether a mark has the keys of its kind and no others.
    fn check_keys(&mut self, place: &Place, keys: &Value) -> bool {
        let kind = text(keys, "kind").unwrap_or_default();
        let (must, may) = keys_of(kind);
        let known = || must.iter().chain(may).copied();
        let before = self.problems.len();
        for key in keys.as_object().into_iter().flat_map(|keys| keys.keys()) {
            if key != "kind" && !known().any(|known| known == key) {
                self.problem(
                    &place.child(key),
                    Kind::Extension,
                    format!("pagination of the kind `{kind}` has no key `{key}`"),
                    format!(
                        "take it out, or correct the kind; the keys of `{kind}` are {}",
                        spans(known())
                    ),
                );
            }
        }
        for key in must.iter().filter(|key| keys.get(key).is_none()) {
            self.problem(
                place,
                Kind::Extension,
                format!("pagination of the kind `{kind}` lacks `{key}`"),
                format!("add `{key}:` and the path of {}", meaning(key)),
            );
        }
        self.problems.len() == before
    }

    /// Resolves the marks of all operations.
    pub(super) fn paginate(&mut self, groups: &mut [Group], types: &[Shared]) {
        let shared = records(types.iter().flat_map(|shared| &shared.types));
        for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
            if let Some(mark) = self.paginations.remove(&operation.name) {
                let mut known = shared.clone();
                known.extend(records(&operation.types));
                operation.pagination = self.pagination(&mark, operation, &known);
            }
        }
    }

    fn pagination(
        &mut self,
        mark: &Mark<'_>,
        operation: &Operation,
        records: &BTreeMap<&str, &Record>,
    ) -> Option<Pagination> {
        let request = Start {
            name: "the request",
            record: &operation.request,
            records,
        };
        let response = Start {
            name: "the answer",
            record: &operation.response,
            records,
        };
        let size = self.path(mark, "size", request, End::Number);
        let items = self.path(mark, "items", response, End::List);
        let numbered = text(mark.keys, "kind") == Some("page");
        let filled = |lower: &mut Self, key, path: Vec<_>| {
            lower.filled(&mark.place.child(key), &path, numbered, size.as_deref())
        };
        let paging = if numbered {
            let total = self.path(mark, "total", response, End::Integer);
            let index = self.path(mark, "index", request, End::Number)?;
            Paging::Page {
                index: filled(self, "index", index),
                total: total.map(|total| path(&total)),
            }
        } else {
            let next = self.path(mark, "next", response, End::Text);
            let token = self.path(mark, "token", request, End::Text)?;
            Paging::Token {
                token: filled(self, "token", token),
                next: path(&next?),
            }
        };
        let items = items?;
        let Some(Type::List(item)) = items.last().map(|last| &last.field.ty) else {
            return None;
        };
        Some(Pagination {
            paging,
            size: size.map(|size| path(&size)),
            items: path(&items),
            item: (**item).clone(),
        })
    }

    /// The fields on the way that a key names; none, and where there is such a key a problem.
    fn path<'m>(
        &mut self,
        mark: &Mark<'_>,
        key: &str,
        start: Start<'m>,
        end: End,
    ) -> Option<Vec<Passed<'m>>> {
        let path = text(mark.keys, key)?;
        let walked = walk(path, start).and_then(|passed| match passed.last() {
            Some(last) if !fits(end, &last.field.ty) => Err((
                format!(
                    "`{path}` in {} is {}",
                    start.name,
                    described(&last.field.ty)
                ),
                format!("`{key}` must be the path of {}", meaning(key)),
            )),
            _ => Ok(passed),
        });
        match walked {
            Ok(passed) => Some(passed),
            Err((message, help)) => {
                self.problem(&mark.place.child(key), Kind::Extension, message, help);
                None
            }
        }
    }

    /// The path of the number or the token, with what it takes to make the objects on it that a
    /// request may lack: of their required fields only number and size can be made up.
    fn filled(
        &mut self,
        place: &Place,
        passed: &[Passed<'_>],
        numbered: bool,
        size: Option<&[Passed<'_>]>,
    ) -> Path {
        let mut steps = path(passed);
        for (index, at) in passed.iter().enumerate() {
            let optional = |passed: &Passed<'_>| !passed.field.required;
            let Some(missing) = passed[..index].iter().rposition(optional) else {
                continue;
            };
            let is_last = index + 1 == passed.len();
            let mut fill = at.reference.map(|record| Fill {
                record: record.clone(),
                index: None,
                size: None,
            });
            for field in at.holder.fields.iter().filter(|field| field.required) {
                let is_next = field.wire == at.field.wire;
                if is_next && !(is_last && numbered) {
                    continue;
                }
                let way = passed[..index].iter().map(|passed| passed.field);
                let is_size = size.is_some_and(|size| {
                    let size = size.iter().map(|passed| &passed.field.wire);
                    way.chain([field]).map(|field| &field.wire).eq(size)
                });
                let filled = Some(Filled {
                    name: field.name.clone(),
                    ty: field.ty.clone(),
                });
                // Only what is made itself can be filled, not what lies in it.
                match &mut fill {
                    Some(fill) if missing + 1 == index && is_next => fill.index = filled,
                    Some(fill) if missing + 1 == index && is_size => fill.size = filled,
                    _ => self.unmade(place, &steps[missing].wire, &field.wire, is_next),
                }
            }
            if let Some(step) = index
                .checked_sub(1)
                .and_then(|before| steps.get_mut(before))
            {
                step.fill = fill.filter(|fill| fill.index.is_some() || fill.size.is_some());
            }
        }
        steps
    }

    fn unmade(&mut self, place: &Place, missing: &str, required: &str, is_index: bool) {
        let size = if is_index {
            String::new()
        } else {
            format!(
                "name `{required}` as `size` if it says how many entries a page has; otherwise "
            )
        };
        self.problem(
            place,
            Kind::Extension,
            format!(
                "a request without `{missing}` can't be paged, since `{required}` is required in it"
            ),
            format!("{size}require `{missing}`, or leave the operation without pages"),
        );
    }
}

/// The records among types, by name.
fn records<'m>(types: impl IntoIterator<Item = &'m TypeDef>) -> BTreeMap<&'m str, &'m Record> {
    let records = types.into_iter().filter_map(|ty| match ty {
        TypeDef::Record(record) => Some((record.name.as_str(), record)),
        TypeDef::Enum(_) => None,
    });
    records.collect()
}

/// Follows a path; where it leads nowhere, what is wrong and what to do.
fn walk<'m>(path: &str, start: Start<'m>) -> Result<Vec<Passed<'m>>, (String, String)> {
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

fn path(passed: &[Passed<'_>]) -> Path {
    let steps = passed.iter().map(|Passed { field, .. }| Step {
        wire: field.wire.clone(),
        name: field.name.clone(),
        optional: !field.required,
        deprecated: field.deprecated,
        fill: None,
    });
    steps.collect()
}

fn text<'v>(keys: &'v Value, key: &str) -> Option<&'v str> {
    keys.get(key).and_then(Value::as_str)
}

fn fits(end: End, ty: &Type) -> bool {
    match end {
        End::Number => matches!(ty, Type::Int32 | Type::Int64 | Type::String),
        End::Integer => matches!(ty, Type::Int32 | Type::Int64),
        End::Text => matches!(ty, Type::String),
        End::List => matches!(ty, Type::List(_)),
    }
}

/// What a key is to lead to.
fn meaning(key: &str) -> &'static str {
    match key {
        "index" => "the request's page number, an integer or a string",
        "size" => "the request's page size, an integer or a string",
        "total" => "the number of all entries in the answer, an integer",
        "token" => "the page token in the request, a string",
        "next" => "the next page's token in the answer, a string",
        _ => "the list in the answer",
    }
}

fn described(ty: &Type) -> &'static str {
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
fn spans<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut spans: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    if spans.len() > MOST_NAMES {
        spans.truncate(MOST_NAMES);
        spans.push("…".to_owned());
    }
    spans.join(", ")
}
