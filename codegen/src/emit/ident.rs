//! Identifiers.

use proc_macro2::{Ident, Span};

/// An identifier, raw where the name is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    // A keyword since the edition of 2024, which syn's parser doesn't know of.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}

/// The const parameter that says whether a field has been given.
pub(super) fn flag(name: &str) -> Ident {
    Ident::new(&name.to_uppercase(), Span::call_site())
}
