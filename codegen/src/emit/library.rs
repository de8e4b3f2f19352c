//! `lib.rs`: the front page, the modules of the crate, and what of the runtime its users need.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::inner_docs;
use super::ident::ident;
use crate::model::{Api, Group};

/// What a front page may link to, and where that is.
///
/// The README defines the same links for readers outside of rustdoc; the definition that comes first
/// wins, so that rustdoc has, and checks, its own.
const LINKS: &[&str] = &[
    "[`Builder`]: crate::Builder",
    "[`Call`]: crate::Call",
    "[`Client`]: crate::Client",
    "[`Credentials`]: crate::Credentials",
    "[`Error`]: crate::Error",
    "[`ProvideCredentials`]: crate::runtime::credentials::ProvideCredentials",
    "[`RateLimits`]: crate::RateLimits",
    "[`RetryPolicy`]: crate::RetryPolicy",
    "[`Transport`]: crate::runtime::transport::Transport",
    "[groups]: #groups",
    "",
];

/// The items of the file; `requires` is whether any builder asks for a field.
pub(super) fn library(api: &Api, requires: bool) -> Vec<TokenStream> {
    let groups = api.groups.iter().map(|group| {
        let feature = &group.feature;
        let module = ident(&group.module);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    let required = requires.then(|| {
        quote! {
            #[doc(hidden)]
            pub mod required;
        }
    });
    let types = (!api.types.is_empty()).then(|| {
        quote!(
            pub mod types;
        )
    });
    let links = inner_docs(LINKS);
    let table = inner_docs([
        "",
        "## Groups",
        "",
        "| module | Cargo feature | operations | what they are about |",
        "|---|---|---|---|",
    ]);
    let rows = api.groups.iter().map(|group| {
        let feature = &group.feature;
        let row = row(group);
        quote!(#![cfg_attr(feature = #feature, doc = #row)])
    });
    vec![
        quote! {
            #links
            #![doc = include_str!("../README.md")]
            #table
            #(#rows)*
        },
        quote! {
            mod client;
            #required
            #types
            #(#groups)*
        },
        quote! {
            /// What is behind the client: transports, credential providers, the model, the signature.
            pub use alibabacloud_runtime as runtime;
            #[doc(inline)]
            pub use alibabacloud_runtime::{
                Builder, Call, Credentials, Error, Items, Pages, RateLimits, Result, RetryPolicy,
            };
            pub use client::Client;
        },
    ]
}

/// A group's row in the table of the front page; there only with the group's feature, as its module.
fn row(group: &Group) -> String {
    let about: Vec<&str> = group
        .docs
        .iter()
        .map(String::as_str)
        .take_while(|line| !line.is_empty())
        .collect();
    format!(
        "| [`{0}`](mod@crate::{0}) | `{1}` | {2} | {3} |",
        group.module,
        group.feature,
        group.operations.len(),
        about.join(" ").replace('|', "\\|"),
    )
}
