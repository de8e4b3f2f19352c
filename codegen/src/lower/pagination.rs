//! Pagination: marks that name fields by their paths, and the fields found there.

mod path;

use std::collections::BTreeMap;

use serde_json::Value;

use self::path::{Passed, Start, described, path, records, spans, walk};
use super::{Decided, Lower};
use crate::model::{
    Fill, Filled, Group, Operation, Pagination, Paging, Path, Record, Shared, Type,
};
use crate::problem::Code;
use crate::spec::{self, Place};

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
                    Code::PAGINATION_KEYS,
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
                Code::PAGINATION_KEYS,
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
                let before = self.problems.len();
                operation.pagination = self.pagination(&mark, operation, &known);
                if self.decided == Decided::Some && self.problems.len() > before {
                    // It was made for other fields than there are.
                    self.problems.truncate(before);
                    operation.pagination = None;
                }
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
                self.problem(&mark.place.child(key), Code::PAGINATION_PATH, message, help);
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
            Code::PAGINATION_REQUEST,
            format!(
                "a request without `{missing}` can't be paged, since `{required}` is required in it"
            ),
            format!("{size}require `{missing}`, or leave the operation without pages"),
        );
    }
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
