//! Types of fields, and how builders take them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident::ident;
use crate::model::{Direction, Field, Reference, Type};

/// The type of a field, `Option` where it may be absent.
pub(super) fn field_type(field: &Field, direction: Direction) -> TokenStream {
    let ty = plain(&field.ty);
    if is_optional(field, direction) {
        quote!(Option<#ty>)
    } else {
        ty
    }
}

/// Whether a field is an `Option`. Lists and maps of an answer are empty instead.
pub(crate) fn is_optional(field: &Field, direction: Direction) -> bool {
    let container = matches!(field.ty, Type::List(_) | Type::Map(_));
    match direction {
        Direction::Input => !field.required,
        Direction::Output => !container,
    }
}

/// The type itself.
pub(super) fn plain(ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean => quote!(bool),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Float32 => quote!(f32),
        Type::Float64 => quote!(f64),
        Type::String => quote!(String),
        Type::Json => quote!(Json),
        Type::List(items) => {
            let items = plain(items);
            quote!(Vec<#items>)
        }
        Type::Map(values) => {
            let values = plain(values);
            quote!(BTreeMap<String, #values>)
        }
        Type::Record(reference) | Type::Enum(reference) => named(reference),
    }
}

/// The name of an emitted type, from wherever an operation's file stands.
pub(super) fn named(reference: &Reference) -> TokenStream {
    let name = ident(&reference.name);
    if reference.shared {
        quote!(crate::types::#name)
    } else {
        quote!(#name)
    }
}

/// How a setter takes a value: its parameter's type, and the expression that makes the field's type
/// of it.
pub(super) fn taken(ty: &Type) -> (TokenStream, TokenStream) {
    match ty {
        Type::Boolean | Type::Int32 | Type::Int64 | Type::Float32 | Type::Float64 => {
            (plain(ty), quote!(value))
        }
        Type::String | Type::Json | Type::Record(_) | Type::Enum(_) => {
            let ty = plain(ty);
            (quote!(impl Into<#ty>), quote!(value.into()))
        }
        Type::List(items) => {
            let (items, made) = element(items);
            (
                quote!(impl IntoIterator<Item = #items>),
                quote!(value.into_iter()#made.collect()),
            )
        }
        Type::Map(values) => {
            let (values, made) = member(values);
            (
                quote!(impl IntoIterator<Item = (impl Into<String>, #values)>),
                quote!(value.into_iter().map(#made).collect()),
            )
        }
    }
}

/// Whether callers may give something that converts into the type.
fn converts(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String | Type::Json | Type::Record(_) | Type::Enum(_)
    )
}

fn element(ty: &Type) -> (TokenStream, TokenStream) {
    let plain = plain(ty);
    if converts(ty) {
        (quote!(impl Into<#plain>), quote!(.map(Into::into)))
    } else {
        (plain, TokenStream::new())
    }
}

fn member(ty: &Type) -> (TokenStream, TokenStream) {
    let plain = plain(ty);
    if converts(ty) {
        (
            quote!(impl Into<#plain>),
            quote!(|(name, value)| (name.into(), value.into())),
        )
    } else {
        (plain, quote!(|(name, value)| (name.into(), value)))
    }
}

/// The value of a field that nothing was put into.
pub(super) fn blank(field: &Field, direction: Direction) -> TokenStream {
    if is_optional(field, direction) {
        return quote!(None);
    }
    match &field.ty {
        Type::Boolean => quote!(false),
        Type::Int32 | Type::Int64 => quote!(0),
        Type::Float32 | Type::Float64 => quote!(0.0),
        Type::String => quote!(String::new()),
        Type::Json => quote!(Json::Null),
        Type::List(_) => quote!(Vec::new()),
        Type::Map(_) => quote!(BTreeMap::new()),
        Type::Record(reference) | Type::Enum(reference) => {
            let name = named(reference);
            quote!(#name::initial())
        }
    }
}

/// The name of a builder.
pub(super) fn builder(record: &str) -> Ident {
    ident(&format!("{record}Builder"))
}
