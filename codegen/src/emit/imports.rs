//! Imports: they follow from the kinds of items in a file.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Ty;
use crate::model::{Direction, Operation, Record, Type};

/// Names to import.
type Names = BTreeSet<&'static str>;

/// The imports of a file with these types, and with an operation where there is one.
pub(super) fn imports(types: &[Ty<'_>], operation: Option<&Operation>) -> Vec<TokenStream> {
    let mut names = Names::new();
    for ty in types {
        names.insert("model");
        if let Ty::Record(record) = ty {
            of_record(record, &mut names);
        }
    }
    if let Some(operation) = operation {
        names.extend([
            "Client",
            "Call",
            "Operation",
            "RetryClass",
            "SERVICE",
            "Service",
        ]);
        names.extend(operation.rate_limit.map(|_| "RateLimit"));
        if let Some(pagination) = &operation.pagination {
            names.extend(["Paginated", "Pagination"]);
            of_type(&pagination.item, &mut names);
        }
    }
    let groups = GROUPS.iter().map(|paths| {
        let imports = paths
            .iter()
            .filter_map(|(path, offered)| import(path, offered, &names));
        imports.collect::<TokenStream>()
    });
    groups.filter(|group| !group.is_empty()).collect()
}

fn of_record(record: &Record, names: &mut Names) {
    names.extend(["Record", "Field", "Value"]);
    if record.direction == Direction::Input && record.fields.iter().any(|field| field.required) {
        names.extend(["Is", "required"]);
    }
    for field in &record.fields {
        of_type(&field.ty, names);
    }
}

fn of_type(ty: &Type, names: &mut Names) {
    match ty {
        Type::Json => {
            names.insert("Json");
        }
        Type::List(items) => of_type(items, names),
        Type::Map(values) => {
            names.insert("BTreeMap");
            of_type(values, names);
        }
        _ => {}
    }
}

/// Paths and the names they have, in groups, as rustfmt would order them. `self` is the path's own
/// last segment.
const GROUPS: &[&[(&str, &[&str])]] = &[
    &[("std::collections", &["BTreeMap"])],
    &[
        (
            "alibabacloud_runtime::model",
            &["self", "Field", "Is", "Json", "Record", "Value"],
        ),
        (
            "alibabacloud_runtime",
            &[
                "Call",
                "Operation",
                "Paginated",
                "Pagination",
                "RateLimit",
                "RetryClass",
                "Service",
            ],
        ),
    ],
    &[
        ("crate::client", &["Client", "SERVICE"]),
        ("crate", &["required"]),
    ],
];

/// The import of what is needed of a path.
fn import(path: &str, names: &[&str], needed: &Names) -> Option<TokenStream> {
    let own = path.rsplit("::").next().unwrap_or(path);
    let used = |name: &&&str| needed.contains(if **name == "self" { own } else { **name });
    let path: TokenStream = path.parse().ok()?;
    let names: Vec<_> = names
        .iter()
        .filter(used)
        .map(|name| format_ident!("{name}"))
        .collect();
    match names.as_slice() {
        [] => None,
        [only] if *only == "self" => Some(quote!(use #path;)),
        [only] => Some(quote!(use #path::#only;)),
        names => Some(quote!(use #path::{#(#names),*};)),
    }
}
