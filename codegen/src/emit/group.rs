//! Modules that gather: a group's operations, the shared types.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::inner_docs;
use super::ident::ident;
use super::ty::builder;
use crate::model::{Api, Direction, Group, Operation, TypeDef};

/// The items of a group's file.
pub(super) fn group(group: &Group) -> Vec<TokenStream> {
    let modules = group
        .operations
        .iter()
        .map(|operation| ident(&operation.name));
    let exports = group.operations.iter().map(|operation| {
        let module = ident(&operation.name);
        let names = exported(operation);
        quote!(pub use self::#module::{#(#names),*};)
    });
    let mut about = group.docs.clone();
    about.push(String::new());
    about.push(format!("Cargo feature: `{}`.", group.feature));
    let about = inner_docs(&about);
    vec![about, quote!(#(mod #modules;)*), quote!(#(#exports)*)]
}

/// The names that an operation's file makes.
fn exported(operation: &Operation) -> Vec<proc_macro2::Ident> {
    let request = TypeDef::Record(operation.request.clone());
    let response = TypeDef::Record(operation.response.clone());
    let mut types = vec![&request, &response];
    types.extend(&operation.types);
    names(&types)
}

fn names(types: &[&TypeDef]) -> Vec<proc_macro2::Ident> {
    let mut names = Vec::new();
    for ty in types {
        match ty {
            TypeDef::Record(record) => {
                names.push(ident(&record.name));
                if record.direction == Direction::Input {
                    names.push(builder(&record.name));
                }
            }
            TypeDef::Enum(open) => names.push(ident(&open.name)),
        }
    }
    names.sort();
    names
}

/// The items of `types.rs`.
pub(super) fn types(api: &Api) -> Vec<TokenStream> {
    let about = inner_docs(["Types that several operations share."]);
    let modules = api.types.iter().map(|shared| ident(&shared.module));
    let exports = api.types.iter().map(|shared| {
        let module = ident(&shared.module);
        let names = names(&shared.types.iter().collect::<Vec<_>>());
        quote!(pub use self::#module::{#(#names),*};)
    });
    vec![about, quote!(#(mod #modules;)*), quote!(#(#exports)*)]
}
