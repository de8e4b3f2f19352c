//! `required.rs`: one trait for each name of a required field, so that a forgotten one is named in
//! the compiler's message.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{docs, inner_docs};
use crate::model::{Api, Direction, Record, TypeDef};

/// The traits' items.
pub(super) fn required(names: &BTreeSet<&String>) -> Vec<TokenStream> {
    let about = inner_docs([
        "What builders require: a trait for each name of a required field.",
        "",
        "`build` asks for them of [`Is`], which has them once the field's setter was called. So a",
        "forgotten field doesn't compile, and the compiler's message names it.",
    ]);
    let mut items = vec![
        about,
        quote!(
            use alibabacloud_runtime::model::Is;
        ),
    ];
    for name in names {
        let name = name.as_str();
        let given = given(name);
        let about = docs([format!("`{name}` has been given.")]);
        let message = format!("`{name}` is required: call `.{name}(…)`");
        let label = format!("`{name}` is missing");
        items.push(quote! {
            #about
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #given {}

            impl #given for Is<true> {}
        });
    }
    items
}

/// The trait that says that a field has been given. Underscores before digits count, so that no two
/// names share one.
pub(super) fn given(field: &str) -> Ident {
    let words = field.split('_').map(|word| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if first.is_ascii_digit() => format!("Digit{word}"),
            Some(first) => format!("{}{}", first.to_ascii_uppercase(), letters.as_str()),
            None => String::new(),
        }
    });
    format_ident!("Has{}", words.collect::<String>())
}

/// The names of all required fields.
pub(super) fn names(api: &Api) -> BTreeSet<&String> {
    let shared = api.types.iter().flat_map(|shared| &shared.types);
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let mut records: Vec<&Record> = operations
        .clone()
        .map(|operation| &operation.request)
        .collect();
    let nested = operations.flat_map(|operation| &operation.types);
    records.extend(shared.chain(nested).filter_map(|ty| match ty {
        TypeDef::Record(record) if record.direction == Direction::Input => Some(record),
        _ => None,
    }));
    let fields = records.into_iter().flat_map(|record| &record.fields);
    fields
        .filter(|field| field.required)
        .map(|field| &field.name)
        .collect()
}
