//! The file of an operation: the client's method, the request, the answer, what is nested in them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{deprecated, docs};
use super::example::example;
use super::ident::ident;
use super::imports::imports;
use super::pagination;
use crate::model::{Api, Group, Operation, Retry};

/// The items of an operation's file.
pub(super) fn operation(api: &Api, group: &Group, operation: &Operation) -> Vec<TokenStream> {
    let types = super::types_of(operation);
    let mut items = imports(&types, Some(operation));
    items.push(method(api, group, operation));
    items.extend(super::type_defs(&types));
    items.push(declaration(operation));
    items.extend(pagination::declaration(operation));
    items
}

fn method(api: &Api, group: &Group, operation: &Operation) -> TokenStream {
    let about = docs(documentation(api, group, operation));
    let deprecated = deprecated(operation.deprecated);
    let action = &operation.id;
    let name = ident(&operation.name);
    let request = ident(&operation.request.name);
    quote! {
        impl Client {
            #about
            #[doc(alias = #action)]
            #deprecated
            pub fn #name(&self, request: #request) -> Call<'_, #request> {
                self.call(request)
            }
        }
    }
}

fn declaration(operation: &Operation) -> TokenStream {
    let request = ident(&operation.request.name);
    let response = ident(&operation.response.name);
    let action = &operation.id;
    let retry = match operation.retry {
        Retry::Read => quote!(RetryClass::Read),
        Retry::Send => quote!(RetryClass::Send),
    };
    let rate_limit = operation.rate_limit.map(|limit| {
        let limit = Literal::u32_unsuffixed(limit);
        quote!(const RATE_LIMIT: Option<RateLimit> = Some(RateLimit(#limit));)
    });
    quote! {
        impl Operation for #request {
            type Response = #response;
            const SERVICE: &'static Service = &SERVICE;
            const ACTION: &'static str = #action;
            const RETRY: RetryClass = #retry;
            #rate_limit
        }
    }
}

/// What a method says of itself.
fn documentation(api: &Api, group: &Group, operation: &Operation) -> Vec<String> {
    let mut lines = vec![operation.summary.clone()];
    if !operation.docs.is_empty() {
        lines.push(String::new());
        lines.extend(operation.docs.iter().cloned());
    }
    lines.push(String::new());
    lines.extend(facts(operation));
    lines.extend(["", "# Errors", ""].map(str::to_owned));
    lines.extend(errors(operation));
    if let Some(example) = example(api, group, operation) {
        lines.extend(["", "# Example", ""].map(str::to_owned));
        lines.extend(example);
    }
    lines.extend(pagination::example(api, group, operation));
    lines
}

fn facts(operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(ram) = &operation.ram {
        let access = ram.access.as_ref();
        let access = access
            .map(|access| format!(", access level {access}"))
            .unwrap_or_default();
        let resource = ram.resource.as_ref();
        let resource = resource
            .map(|resource| format!(", on {resource}"))
            .unwrap_or_default();
        facts.push(format!("- RAM action: {}{access}{resource}", ram.action));
    }
    if let Some(limit) = operation.rate_limit {
        facts.push(format!(
            "- Rate limit: {limit} calls a second for one account"
        ));
    }
    facts.push(match operation.retry {
        Retry::Read => {
            "- Retry class: read; [repeated](crate::RetryPolicy) after any failure that may pass".to_owned()
        },
        Retry::Send => {
            "- Retry class: send; [repeated](crate::RetryPolicy) only where it surely wasn't carried out"
                .to_owned()
        }
    });
    facts.extend(pagination::fact(operation));
    if let Some(url) = &operation.documentation {
        facts.push(format!(
            "- [{} in the vendor's documentation]({url})",
            operation.id
        ));
    }
    facts
}

fn errors(operation: &Operation) -> Vec<String> {
    let mut lines = vec![
        "When the service can't be reached, answers with a code of its own, or answers what can't be".to_owned(),
        "understood: [`Error`](crate::Error) tells which.".to_owned(),
    ];
    if operation.errors.is_empty() {
        return lines;
    }
    lines.extend(["", "Documented codes:", ""].map(str::to_owned));
    for error in &operation.errors {
        let status = error
            .status
            .map(|status| format!(" (HTTP {status})"))
            .unwrap_or_default();
        let about = error.description.as_ref();
        let about = about.map(|about| format!(": {about}")).unwrap_or_default();
        lines.push(format!("- {}{status}{about}", error.code));
    }
    lines
}
