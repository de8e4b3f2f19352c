//! What is emitted: the parts of a generated file, as `syn` reads them.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{
    Arm, Attribute, Expr, ExprField, ExprMethodCall, File, FnArg, GenericParam, Generics, ImplItem,
    ImplItemConst, ImplItemFn, Item, ItemEnum, ItemImpl, ItemStruct, Lit, Member, Meta, Visibility,
};

/// Tokens as text without spaces, to be compared.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// An entry of `Record::FIELDS`.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) place: String,
    pub(crate) rust: String,
    pub(crate) wire: String,
    pub(crate) required: bool,
}

/// The struct of that name.
pub(crate) fn record<'f>(file: &'f File, name: &str) -> Option<&'f ItemStruct> {
    file.items.iter().find_map(|item| match item {
        Item::Struct(item) if item.ident == name => Some(item),
        _ => None,
    })
}

/// The enum of that name.
pub(crate) fn choice<'f>(file: &'f File, name: &str) -> Option<&'f ItemEnum> {
    file.items.iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(item),
        _ => None,
    })
}

/// The implementations for a type: of a trait, or its own.
pub(crate) fn impls<'f>(
    file: &'f File,
    of: Option<&str>,
    name: &str,
) -> impl Iterator<Item = &'f ItemImpl> {
    let (of, name) = (of.map(str::to_owned), name.to_owned());
    file.items.iter().filter_map(move |item| match item {
        Item::Impl(item) => {
            let about = text(&item.self_ty);
            let about = about.split('<').next() == Some(name.as_str());
            let implemented = item.trait_.as_ref().map(|found| text(&found.0));
            (about && implemented == of).then_some(item)
        }
        _ => None,
    })
}

/// The functions of implementations.
pub(crate) fn functions<'f>(
    impls: impl Iterator<Item = &'f ItemImpl>,
) -> impl Iterator<Item = (&'f ItemImpl, &'f ImplItemFn)> {
    impls.flat_map(|block| {
        block.items.iter().filter_map(move |item| match item {
            ImplItem::Fn(function) => Some((block, function)),
            _ => None,
        })
    })
}

/// The constants of implementations.
pub(crate) fn constants<'f>(
    impls: impl Iterator<Item = &'f ItemImpl>,
) -> impl Iterator<Item = &'f ImplItemConst> {
    impls.flat_map(|block| {
        block.items.iter().filter_map(|item| match item {
            ImplItem::Const(constant) => Some(constant),
            _ => None,
        })
    })
}

/// Fields of a struct: name, type, documentation, and whether anyone may name it.
pub(crate) fn fields(item: &ItemStruct) -> Vec<(String, String, String, bool)> {
    let fields = item.fields.iter().map(|field| {
        let name = field.ident.as_ref().map(plain).unwrap_or_default();
        let public = matches!(field.vis, Visibility::Public(_));
        (name, text(&field.ty), docs(&field.attrs), public)
    });
    fields.collect()
}

/// A name without its `r#`.
pub(crate) fn plain(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// The documentation of an item.
pub(crate) fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(doc) if doc.path.is_ident("doc") => string(&doc.value),
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text of a string literal.
pub(crate) fn string(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The entries of a table of fields, `&[Field::query("rust", "wire").required(), …]`.
pub(crate) fn entries(table: &Expr) -> Option<Vec<Entry>> {
    let Expr::Reference(reference) = table else {
        return None;
    };
    let Expr::Array(array) = &*reference.expr else {
        return None;
    };
    array.elems.iter().map(entry).collect()
}

fn entry(expr: &Expr) -> Option<Entry> {
    match expr {
        Expr::MethodCall(ExprMethodCall {
            receiver, method, ..
        }) => {
            let mut entry = entry(receiver)?;
            entry.required |= method == "required";
            Some(entry)
        }
        Expr::Call(call) => {
            let arguments: Vec<_> = call.args.iter().map(string).collect();
            let [Some(rust), Some(wire)] = arguments.as_slice() else {
                return None;
            };
            Some(Entry {
                place: text(&call.func).strip_prefix("Field::")?.to_owned(),
                rust: rust.clone(),
                wire: wire.clone(),
                required: false,
            })
        }
        _ => None,
    }
}

/// The names of constant parameters.
pub(crate) fn flags(generics: &Generics) -> Vec<String> {
    let flags = generics.params.iter().filter_map(|param| match param {
        GenericParam::Const(flag) => Some(flag.ident.to_string()),
        _ => None,
    });
    flags.collect()
}

/// The bounds of a `where` clause, as text.
pub(crate) fn bounds(generics: &Generics) -> Vec<String> {
    let bounds = generics.where_clause.iter();
    bounds
        .flat_map(|bounds| bounds.predicates.iter().map(text))
        .collect()
}

/// The types of a function's parameters, `self` aside.
pub(crate) fn parameters(inputs: &Punctuated<FnArg, syn::Token![,]>) -> Vec<String> {
    let typed = inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(text(&typed.ty)),
        FnArg::Receiver(_) => None,
    });
    typed.collect()
}

/// The type that a function returns, as text.
pub(crate) fn returned(function: &ImplItemFn) -> String {
    match &function.sig.output {
        syn::ReturnType::Type(_, ty) => text(ty),
        syn::ReturnType::Default => String::new(),
    }
}

/// The fields of `of` that a function touches, in order.
pub(crate) fn touched(function: &ImplItemFn, of: &str) -> Vec<String> {
    struct Touched<'a>(&'a str, Vec<String>);
    impl Visit<'_> for Touched<'_> {
        fn visit_expr_field(&mut self, field: &ExprField) {
            if let Member::Named(name) = &field.member
                && text(&field.base) == self.0
            {
                self.1.push(plain(name));
            }
            syn::visit::visit_expr_field(self, field);
        }
    }
    let mut touched = Touched(of, Vec::new());
    touched.visit_block(&function.block);
    touched.1
}

/// The arms of the function's `match`: pattern and value, as text.
pub(crate) fn arms(function: &ImplItemFn) -> Vec<(String, String)> {
    struct Arms(Vec<(String, String)>);
    impl Visit<'_> for Arms {
        fn visit_arm(&mut self, arm: &Arm) {
            self.0.push((text(&arm.pat), text(&arm.body)));
        }
    }
    let mut arms = Arms(Vec::new());
    arms.visit_block(&function.block);
    arms.0
}
