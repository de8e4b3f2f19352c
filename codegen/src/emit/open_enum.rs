//! Open enums: a variant for each listed value, and one for all others.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::docs;
use super::ident::ident;
use crate::model::Enum;

/// The enum and its text.
pub(super) fn definition(open: &Enum) -> Vec<TokenStream> {
    let name = ident(&open.name);
    let mut lines = open.docs.clone();
    lines.push(String::new());
    lines.push("The list is open: any other text is [`Unlisted`](Self::Unlisted).".to_owned());
    let about = docs(&lines);
    let variants: Vec<_> = open
        .variants
        .iter()
        .map(|variant| ident(&variant.name))
        .collect();
    let wires: Vec<_> = open.variants.iter().map(|variant| &variant.wire).collect();
    let variant_docs = open.variants.iter().map(|variant| docs([&variant.docs]));
    vec![
        quote! {
            #about
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variant_docs #variants,)*
                /// Any other text, as it came and as it will go back.
                Unlisted(String),
            }
        },
        quote! {
            impl #name {
                /// The text on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wires,)*
                        Self::Unlisted(text) => text,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#wires => Self::#variants,)*
                        other => Self::Unlisted(other.to_owned()),
                    }
                }
            }
        },
    ]
}

/// What follows from that.
pub(super) fn declaration(open: &Enum) -> TokenStream {
    let name = ident(&open.name);
    quote!(model::open_enum!(#name);)
}
