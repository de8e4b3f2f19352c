//! `lib.rs`: the modules of the crate, and what of the runtime its users need.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use super::required;
use crate::model::Api;

/// The items of the file.
pub(super) fn library(api: &Api) -> Vec<TokenStream> {
    let groups = api.groups.iter().map(|group| {
        let feature = &group.feature;
        let module = ident(&group.module);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    let required = (!required::names(api).is_empty()).then(|| {
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
    vec![
        quote!(#![doc = include_str!("../README.md")]),
        quote! {
            mod client;
            #required
            #types
            #(#groups)*
        },
        quote! {
            /// What is behind the client: transports, credential providers, the model, the signature.
            pub use alibabacloud_runtime as runtime;
            pub use alibabacloud_runtime::{Builder, Call, Credentials, Error, Items, Pages, Result};
            pub use client::Client;
        },
    ]
}
