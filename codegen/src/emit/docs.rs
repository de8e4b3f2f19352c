//! Documentation as attributes.

use proc_macro2::TokenStream;
use quote::quote;

/// One attribute a line, each with the blank after `///` that a writer would put there.
pub(super) fn docs<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> TokenStream {
    let lines = lines.into_iter().map(spaced);
    quote!(#(#[doc = #lines])*)
}

/// The same of the file or module in which it stands.
pub(super) fn inner_docs<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> TokenStream {
    let lines = lines.into_iter().map(spaced);
    quote!(#(#![doc = #lines])*)
}

fn spaced(line: impl AsRef<str>) -> String {
    let line = line.as_ref();
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// `#[deprecated]`, where it is.
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated]))
}

/// What lets emitted code name what it marks as deprecated.
pub(super) fn allow_deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[allow(deprecated, reason = "deprecated fields still travel")]))
}
