//! Modules that gather: a group's operations, the shared types.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::inner_docs;
use super::ident::ident;
use super::ty::builder;
use super::{Ty, types_of};
use crate::model::{Api, Direction, Group};

/// The items of a group's file.
pub(super) fn group(group: &Group) -> Vec<TokenStream> {
    let mut about = group.docs.clone();
    about.push(String::new());
    about.push(format!("Cargo feature: `{}`.", group.feature));
    let operations = group.operations.iter();
    let modules = operations.map(|operation| (operation.name.as_str(), types_of(operation)));
    gather(&about, modules)
}

/// The items of `types.rs`.
pub(super) fn types(api: &Api) -> Vec<TokenStream> {
    let about = ["Types that several operations share.".to_owned()];
    let modules = api.types.iter().map(|shared| {
        let types = shared.types.iter().map(Ty::from).collect();
        (shared.module.as_str(), types)
    });
    gather(&about, modules)
}

/// Declares modules and exports the types of each.
fn gather<'a>(
    about: &[String],
    modules: impl Iterator<Item = (&'a str, Vec<Ty<'a>>)>,
) -> Vec<TokenStream> {
    let (modules, exports): (Vec<_>, Vec<_>) = modules
        .map(|(module, types)| {
            let module = ident(module);
            let names = names(&types);
            (
                quote!(mod #module;),
                quote!(pub use self::#module::{#(#names),*};),
            )
        })
        .unzip();
    vec![
        inner_docs(about),
        quote!(#(#modules)*),
        quote!(#(#exports)*),
    ]
}

/// The names that types make, sorted.
fn names(types: &[Ty<'_>]) -> Vec<Ident> {
    let mut names = Vec::new();
    for ty in types {
        match ty {
            Ty::Record(record) => {
                names.push(ident(&record.name));
                if record.direction == Direction::Input {
                    names.push(builder(&record.name));
                }
            }
            Ty::Enum(open) => names.push(ident(&open.name)),
        }
    }
    names.sort();
    names
}
