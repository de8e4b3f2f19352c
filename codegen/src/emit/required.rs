//! `required.rs`: one trait for each name of a required field, so that a forgotten one is named in
//! the compiler's message.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{docs, inner_docs};
use super::ident::ident;
use crate::model::{Api, Direction, Record, TypeDef};
use crate::naming;

/// The traits' items.
pub(super) fn required(api: &Api) -> Vec<TokenStream> {
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
    for name in names(api) {
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

/// The trait that says that a field has been given.
pub(super) fn given(field: &str) -> proc_macro2::Ident {
    ident(&naming::camel(field))
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
