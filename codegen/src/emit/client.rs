//! `client.rs`: the service and its client.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{docs, inner_docs};
use crate::model::Api;

/// The items of the file.
pub(super) fn client(api: &Api) -> Vec<TokenStream> {
    let service = &api.service;
    let (title, product, version) = (&service.title, &service.product, &service.version);
    let (host, region) = (&service.host, &service.region);
    let about = inner_docs([format!("The client of {title}.")]);
    let client_docs = docs([
        format!("A client of {title}, API version {version}."),
        String::new(),
        "A clone is cheap and shares connections with the original. Every operation is a method; its".to_owned(),
        "[`Call`] is sent when it is awaited.".to_owned(),
    ]);
    let builder_docs = docs([format!(
        "Starts a client that is configured by hand. The region is `{region}` unless another is given."
    )]);
    vec![
        about,
        quote! {
            use alibabacloud_runtime::{Builder, Call, Error, Operation, Service};
        },
        quote! {
            /// What the runtime needs to know of the service.
            pub(crate) const SERVICE: Service = Service::new(
                #product,
                #version,
                #host,
                #region,
                concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            );
        },
        quote! {
            #client_docs
            #[derive(Clone, Debug)]
            pub struct Client(alibabacloud_runtime::Client);
        },
        quote! {
            impl Client {
                /// A client with the keys of the [default chain](alibabacloud_runtime::credentials):
                /// those in the environment, or the first others that are found.
                ///
                /// # Errors
                ///
                /// When no transport is compiled in. That there are no keys is the first call's error.
                pub fn from_env() -> Result<Self, Error> {
                    Self::builder().build()
                }

                #builder_docs
                pub fn builder() -> Builder<Self> {
                    Builder::new(&SERVICE)
                }

                /// Every operation's method leads here.
                #[allow(dead_code, reason = "unused where no group's feature is on")]
                pub(crate) fn call<O: Operation>(&self, request: O) -> Call<'_, O> {
                    self.0.call(request)
                }
            }
        },
        quote! {
            impl From<alibabacloud_runtime::Client> for Client {
                fn from(client: alibabacloud_runtime::Client) -> Self {
                    Self(client)
                }
            }
        },
    ]
}
