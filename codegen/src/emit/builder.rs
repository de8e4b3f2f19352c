//! Builders: setters for every field, and a `build` that asks for the required ones.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{allow_deprecated, deprecated, docs};
use super::ident::{flag, ident};
use super::required;
use super::ty::{self, is_optional, taken};
use crate::model::{Direction, Field, Record};

/// A record's builder and the way to it.
pub(super) fn builder(record: &Record) -> Vec<TokenStream> {
    let name = ident(&record.name);
    let builder = ty::builder(&record.name);
    let required: Vec<_> = record
        .fields
        .iter()
        .filter(|field| field.required)
        .collect();
    let flags: Vec<_> = required.iter().map(|field| flag(&field.name)).collect();
    let unset = flags.iter().map(|_| quote!(false));
    let start_docs = docs([start(&required)]);
    let builder_docs = docs([format!("Builds a [`{}`].", record.name)]);
    let build_docs = docs([built(&required)]);
    let setters = record
        .fields
        .iter()
        .map(|field| setter(&record.name, &builder, &flags, field));
    let given = required.iter().zip(&flags).map(|(field, flag)| {
        let given = required::given(&field.name);
        quote!(Is<#flag>: required::#given)
    });
    let given = (!required.is_empty()).then(|| quote!(where #(#given,)*));
    vec![
        quote! {
            impl #name {
                #start_docs
                pub fn builder() -> #builder<#(#unset),*> {
                    #builder { built: Record::blank() }
                }
            }
        },
        quote! {
            #builder_docs
            #[derive(Clone, Debug)]
            #[must_use = "it does nothing until `build` is called"]
            pub struct #builder<#(const #flags: bool),*> {
                built: #name,
            }
        },
        quote! {
            impl<#(const #flags: bool),*> #builder<#(#flags),*> {
                #(#setters)*

                #build_docs
                pub fn build(self) -> #name #given {
                    self.built
                }
            }
        },
    ]
}

fn start(required: &[&Field]) -> String {
    match names(required) {
        Some(names) => format!("Starts one. Required: {names}."),
        None => "Starts one. Nothing is required.".to_owned(),
    }
}

fn built(required: &[&Field]) -> String {
    match names(required) {
        Some(names) => format!("The finished value. Compiles only after {names}."),
        None => "The finished value.".to_owned(),
    }
}

fn names(fields: &[&Field]) -> Option<String> {
    let names: Vec<_> = fields
        .iter()
        .map(|field| format!("`{}`", field.name))
        .collect();
    let (last, rest) = names.split_last()?;
    if rest.is_empty() {
        return Some(last.clone());
    }
    Some(format!("{} and {last}", rest.join(", ")))
}

fn setter(record: &str, builder: &Ident, flags: &[Ident], field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let needed = if field.required { "; required" } else { "" };
    let about = docs([format!("Sets [`{0}`]({record}::{0}){needed}.", field.name)]);
    let allowed = allow_deprecated(field.deprecated);
    let deprecated = deprecated(field.deprecated);
    let (ty, value) = taken(&field.ty);
    if is_optional(field, Direction::Input) {
        return quote! {
            #about
            #deprecated
            #allowed
            pub fn #name(mut self, value: #ty) -> Self {
                self.built.#name = Some(#value);
                self
            }
        };
    }
    let own = flag(&field.name);
    let after = flags.iter().map(|flag| {
        if *flag == own {
            quote!(true)
        } else {
            quote!(#flag)
        }
    });
    quote! {
        #about
        #deprecated
        #allowed
        pub fn #name(mut self, value: #ty) -> #builder<#(#after),*> {
            self.built.#name = #value;
            #builder { built: self.built }
        }
    }
}
