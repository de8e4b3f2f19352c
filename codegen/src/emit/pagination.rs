//! What the runtime needs to know of a paged operation, and what its method says of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::allow_deprecated;
use super::example::krate;
use super::ident::ident;
use super::ty::{named, plain};
use crate::model::{Api, Fill, Filled, Group, Operation, Paging, Path, Step, Type};

/// How many entries a page has where a request says nothing about pages, but its description wants
/// the size said: what the vendor documents as default, where it documents one.
const SIZE: i64 = 10;

/// The implementation of the runtime's trait, where the operation is paged.
pub(super) fn declaration(operation: &Operation) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let request = ident(&operation.request.name);
    let item = plain(&pagination.item);
    let (kind, place, mark) = match &pagination.paging {
        Paging::Page { index, total } => {
            let total = total.as_ref().map(|total| accessor("total", total));
            (quote!(Page), index, total)
        }
        Paging::Token { token, next } => (quote!(Token), token, Some(accessor("next_token", next))),
    };
    let wire = wire(place);
    let position = position(place);
    // With tokens it is of no matter where a page stands.
    let numbered = matches!(pagination.paging, Paging::Page { .. });
    let size = pagination.size.as_ref().filter(|_| numbered).map(|size| {
        let size = reached(quote!(self), size, |optional| {
            optional.then(|| quote!(.as_ref()?))
        });
        quote! {
            fn size(&self) -> Option<&dyn Value> {
                Some(&#size)
            }
        }
    });
    // In an answer, whatever leads on is an option.
    let items = reached(quote!(response), &pagination.items, |_| {
        Some(quote!(.as_mut()?))
    });
    let allowed = allow_deprecated(
        paths(operation)
            .into_iter()
            .flatten()
            .any(|step| step.deprecated),
    );
    Some(quote! {
        #allowed
        impl Paginated for #request {
            type Item = #item;
            const PAGINATION: Pagination = Pagination::#kind(#wire);

            fn position(&mut self) -> &mut dyn Value {
                &mut #position
            }

            #size

            fn items(response: &mut Self::Response) -> Option<&mut Vec<Self::Item>> {
                Some(&mut #items)
            }

            #mark
        }
    })
}

/// All paths of an operation.
fn paths(operation: &Operation) -> Vec<&Path> {
    let Some(pagination) = &operation.pagination else {
        return Vec::new();
    };
    let mut paths = vec![&pagination.items];
    paths.extend(&pagination.size);
    match &pagination.paging {
        Paging::Page { index, total } => {
            paths.push(index);
            paths.extend(total);
        }
        Paging::Token { token, next } => paths.extend([token, next]),
    }
    paths
}

/// A method that lends a field of the answer.
fn accessor(name: &str, path: &Path) -> TokenStream {
    let name = ident(name);
    let field = reached(quote!(response), path, |_| Some(quote!(.as_ref()?)));
    quote! {
        fn #name(response: &Self::Response) -> Option<&dyn Value> {
            Some(&#field)
        }
    }
}

/// The field at the end of a path, with what comes after each one before it.
fn reached(
    mut from: TokenStream,
    path: &Path,
    through: impl Fn(bool) -> Option<TokenStream>,
) -> TokenStream {
    for (index, step) in path.iter().enumerate() {
        let name = ident(&step.name);
        let on = (index + 1 < path.len()).then(|| through(step.optional));
        let on = on.flatten();
        from = quote!(#from.#name #on);
    }
    from
}

/// The field that holds the number or the token: objects that the request lacks are made.
fn position(path: &Path) -> TokenStream {
    let mut from = quote!(self);
    for (index, step) in path.iter().enumerate() {
        let name = ident(&step.name);
        let last = index + 1 == path.len();
        let on = (step.optional && !last).then(|| {
            let made = made(step);
            quote!(.get_or_insert_with(#made))
        });
        from = quote!(#from.#name #on);
    }
    from
}

fn made(step: &Step) -> TokenStream {
    let Some(Fill {
        record,
        index,
        size,
    }) = &step.fill
    else {
        return quote!(Record::blank);
    };
    let record = named(record);
    let index = index.as_ref().map(|index| filled(index, 1));
    let size = size.as_ref().map(|size| filled(size, SIZE));
    quote!(|| #record { #index #size ..Record::blank() })
}

/// A field with a number, in digits where it is text.
fn filled(Filled { name, ty }: &Filled, value: i64) -> TokenStream {
    let name = ident(name);
    if *ty == Type::String {
        let digits = value.to_string();
        quote!(#name: #digits.to_owned(),)
    } else {
        let number = Literal::i64_unsuffixed(value);
        quote!(#name: #number,)
    }
}

fn wire(path: &Path) -> String {
    let wires: Vec<_> = path.iter().map(|step| step.wire.as_str()).collect();
    wires.join(".")
}

/// What the method says of its pages, where the operation is paged.
pub(super) fn fact(operation: &Operation) -> Vec<String> {
    let Some(pagination) = &operation.pagination else {
        return Vec::new();
    };
    let path = match &pagination.paging {
        Paging::Page { index, .. } => index,
        Paging::Token { token, .. } => token,
    };
    let mut fills = path.iter().filter_map(|step| step.fill.as_ref());
    let filled = fills.any(|fill| fill.size.is_some());
    let filled = if filled {
        format!(", in pages of {SIZE} unless the request says otherwise")
    } else {
        String::new()
    };
    vec![
        "- Paged: one call answers a page; [`items`](crate::Call::items) and".to_owned(),
        format!("  [`pages`](crate::Call::pages) read on from page to page{filled}"),
    ]
}

/// A loop over all entries that compiles, where the operation is paged.
pub(super) fn example(api: &Api, group: &Group, operation: &Operation) -> Vec<String> {
    if operation.pagination.is_none() {
        return Vec::new();
    }
    let krate = krate(api);
    let module = ident(&group.module);
    let request = &operation.request.name;
    let method = ident(&operation.name);
    [
        String::new(),
        "All pages, entry by entry:".to_owned(),
        String::new(),
        "```no_run".to_owned(),
        format!("# use {krate}::{{Client, Error, {module}::{request}}};"),
        format!("# async fn example(client: Client, request: {request}) -> Result<(), Error> {{"),
        format!("let mut items = client.{method}(request).items();"),
        "while let Some(item) = items.next().await {".to_owned(),
        "    println!(\"{:?}\", item?);".to_owned(),
        "}".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ]
    .into()
}
