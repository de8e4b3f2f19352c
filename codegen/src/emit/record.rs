//! Structs, and the declarations that make records of them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{allow_deprecated, deprecated, docs};
use super::ident::ident;
use super::ty::{blank, field_type};
use crate::model::{Field, Place, Record, Sensitivity};

/// The struct.
pub(super) fn definition(record: &Record) -> TokenStream {
    let name = ident(&record.name);
    let about = docs(&record.docs);
    let fields = record.fields.iter().map(|field| {
        let about = docs(told(field));
        let deprecated = deprecated(field.deprecated);
        let name = ident(&field.name);
        let ty = field_type(field, record.direction);
        quote!(#about #deprecated pub #name: #ty)
    });
    quote! {
        #about
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// What a field's documentation says: its description, then the facts, in a paragraph of their own.
fn told(field: &Field) -> Vec<String> {
    let mut lines = field.docs.clone();
    if !field.facts.is_empty() {
        let facts: Vec<_> = field.facts.iter().map(|fact| fact.text.as_str()).collect();
        lines.extend([String::new(), facts.join(" ")]);
    }
    lines
}

/// What the runtime needs to know of it.
pub(super) fn declarations(record: &Record) -> Vec<TokenStream> {
    let name = ident(&record.name);
    let plain = &record.name;
    let allowed = allow_deprecated(record.fields.iter().any(|field| field.deprecated));
    let table = record.fields.iter().map(entry);
    let idents: Vec<_> = record
        .fields
        .iter()
        .map(|field| ident(&field.name))
        .collect();
    let blanks = record
        .fields
        .iter()
        .map(|field| blank(field, record.direction));
    let [get, get_mut] = [quote!(&), quote!(&mut)].map(|borrow| choice(&idents, &borrow));
    let index = if idents.len() > 1 {
        quote!(index)
    } else {
        quote!(_)
    };
    let default = (!record.fields.iter().any(|field| field.required)).then(|| quote!(, Default));
    vec![
        quote! {
            #allowed
            impl Record for #name {
                const NAME: &'static str = #plain;
                const FIELDS: &'static [Field] = &[#(#table,)*];

                fn blank() -> Self {
                    Self { #(#idents: #blanks,)* }
                }

                fn get(&self, #index: usize) -> &dyn Value {
                    #get
                }

                fn get_mut(&mut self, #index: usize) -> &mut dyn Value {
                    #get_mut
                }
            }
        },
        quote!(model::record!(#name #default);),
    ]
}

/// The field at `index`. The last one takes the rest, so that there is no arm for what can't be; a
/// record without fields is never asked.
fn choice(fields: &[Ident], borrow: &TokenStream) -> TokenStream {
    match fields {
        [] => quote!(self),
        [only] => quote!(#borrow self.#only),
        [before @ .., last] => {
            let indices = (0..before.len()).map(Literal::usize_unsuffixed);
            quote! {
                match index {
                    #(#indices => #borrow self.#before,)*
                    _ => #borrow self.#last,
                }
            }
        }
    }
}

/// A field's entry in the table.
fn entry(field: &Field) -> TokenStream {
    let (name, wire) = (&field.name, &field.wire);
    let place = match field.place {
        Place::Member => format_ident!("member"),
        Place::Query => format_ident!("query"),
        Place::QueryJson => format_ident!("query_json"),
        Place::Form => format_ident!("form"),
        Place::FormJson => format_ident!("form_json"),
    };
    let required = field.required.then(|| quote!(.required()));
    let sensitivity = match field.sensitivity {
        Sensitivity::Public => None,
        Sensitivity::Personal => Some(quote!(.personal())),
        Sensitivity::Secret => Some(quote!(.secret())),
    };
    quote!(Field::#place(#name, #wire) #required #sensitivity)
}
