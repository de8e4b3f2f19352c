//! What is emitted: the parts of a generated file, as `syn` reads them.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{
    Arm, Attribute, Expr, ExprField, ExprMethodCall, FnArg, GenericParam, Generics, ImplItem,
    ImplItemConst, ImplItemFn, Item, ItemEnum, ItemImpl, ItemStruct, Lit, Member, Meta, Visibility,
};

use crate::copy::tree;
use crate::fixtures::folder;

/// Tokens as text without spaces, and without the commas that only a line's end asks for. Shared
/// types go by their names, which are unique in a crate.
pub fn text(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string().replace(' ', "");
    let text = text.replace(",>", ">").replace(",)", ")");
    text.replace("crate::types::", "")
}

/// An entry of `Record::FIELDS`.
#[derive(Debug)]
pub struct Entry {
    /// Where it travels.
    pub place: String,
    /// Its name in Rust.
    pub rust: String,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it must not be shown.
    pub sensitive: bool,
}

/// A method that has an alias.
#[derive(Debug)]
pub struct Method {
    /// What it is found by besides its name: the operation's name on the wire.
    pub alias: String,
    /// Its name.
    pub name: String,
    /// Its documentation.
    pub docs: String,
}

/// What is emitted, by the names of types: those are unique in a crate.
#[allow(
    missing_debug_implementations,
    reason = "syn's items have none as it is used here"
)]
#[derive(Default)]
pub struct Emitted {
    structs: BTreeMap<String, ItemStruct>,
    enums: BTreeMap<String, ItemEnum>,
    /// By the type that they are for, with the trait.
    impls: BTreeMap<String, Vec<(Option<String>, ItemImpl)>>,
    /// The documentation of each file, by its path.
    pub modules: BTreeMap<String, String>,
    /// The file that each type stands in.
    pub places: BTreeMap<String, String>,
}

impl Emitted {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// When it isn't Rust.
    pub fn add(&mut self, path: &str, source: &str) -> syn::Result<()> {
        let file = syn::parse_file(source)?;
        self.modules.insert(path.to_owned(), docs(&file.attrs));
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    let name = item.ident.to_string();
                    self.places.insert(name.clone(), path.to_owned());
                    self.structs.insert(name, item);
                }
                Item::Enum(item) => {
                    let name = item.ident.to_string();
                    self.places.insert(name.clone(), path.to_owned());
                    self.enums.insert(name, item);
                }
                Item::Impl(item) => {
                    let about = text(&item.self_ty);
                    let about = about.split('<').next().unwrap_or_default().to_owned();
                    let implemented = item.trait_.as_ref().map(|found| text(&found.0));
                    let impls = self.impls.entry(about).or_default();
                    impls.push((implemented, item));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The whole crate.
    pub fn read() -> Self {
        let mut emitted = Self::default();
        let root = folder().join("../generated/src");
        for (path, bytes) in tree(&root) {
            let path = path.display().to_string();
            let source = String::from_utf8(bytes).expect("a text");
            let added = emitted.add(&path, &source);
            added.unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        emitted
    }

    /// The struct of that name.
    pub fn record(&self, name: &str) -> Option<&ItemStruct> {
        self.structs.get(name)
    }

    /// The enum of that name.
    pub fn choice(&self, name: &str) -> Option<&ItemEnum> {
        self.enums.get(name)
    }

    /// The implementations for a type: of a trait, or its own.
    pub fn impls<'f>(
        &'f self,
        of: Option<&str>,
        name: &str,
    ) -> impl Iterator<Item = &'f ItemImpl> + use<'f> {
        let of = of.map(str::to_owned);
        let impls = self.impls.get(name).into_iter().flatten();
        impls.filter_map(move |(found, item)| (*found == of).then_some(item))
    }

    /// The table that says how a record travels.
    pub fn table(&self, name: &str) -> Option<Vec<Entry>> {
        let impls = self.impls(Some("Record"), name);
        let table = constants(impls).find(|constant| constant.ident == "FIELDS")?;
        entries(&table.expr)
    }

    /// The operations: by action, the type of the request.
    pub fn operations(&self) -> BTreeMap<String, String> {
        let mut operations = BTreeMap::new();
        for name in self.impls.keys() {
            let declared = self.impls(Some("Operation"), name);
            for constant in constants(declared).filter(|found| found.ident == "ACTION") {
                let action = string(&constant.expr).expect("a text");
                operations.insert(action, name.clone());
            }
        }
        operations
    }

    /// The methods of a type that have an alias.
    pub fn methods(&self, name: &str) -> impl Iterator<Item = Method> {
        let functions = functions(self.impls(None, name));
        functions.filter_map(|(_, function)| {
            Some(Method {
                alias: alias(&function.attrs)?,
                name: function.sig.ident.to_string(),
                docs: docs(&function.attrs),
            })
        })
    }

    /// How many fields a record has, at all depths.
    pub fn count(&self, name: &str) -> usize {
        let Some(item) = self.record(name) else {
            return 0;
        };
        let fields = fields(item);
        let each = fields
            .iter()
            .map(|field| 1 + self.count(innermost(&field.ty)));
        each.sum()
    }
}

/// What is in an option, in lists and in maps.
pub fn innermost(ty: &str) -> &str {
    let mut ty = ty;
    for around in ["Option<", "Vec<", "BTreeMap<String,"]
        .iter()
        .cycle()
        .take(12)
    {
        if let Some(inner) = ty.strip_prefix(around) {
            ty = inner.strip_suffix('>').unwrap_or(inner);
        }
    }
    ty
}

/// The functions of implementations.
pub fn functions<'f>(
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
pub fn constants<'f>(
    impls: impl Iterator<Item = &'f ItemImpl>,
) -> impl Iterator<Item = &'f ImplItemConst> {
    impls.flat_map(|block| {
        block.items.iter().filter_map(|item| match item {
            ImplItem::Const(constant) => Some(constant),
            _ => None,
        })
    })
}

/// A field of a struct.
#[derive(Debug)]
pub struct Declared {
    /// Its name.
    pub rust: String,
    /// Its type, without blanks.
    pub ty: String,
    /// Its documentation.
    pub docs: String,
    /// Whether anyone may name it.
    pub public: bool,
    /// Whether it is marked as deprecated.
    pub deprecated: bool,
}

/// The fields of a struct.
pub fn fields(item: &ItemStruct) -> Vec<Declared> {
    let fields = item.fields.iter().map(|field| Declared {
        rust: field.ident.as_ref().map(plain).unwrap_or_default(),
        ty: text(&field.ty),
        docs: docs(&field.attrs),
        public: matches!(field.vis, Visibility::Public(_)),
        deprecated: is_deprecated(&field.attrs),
    });
    fields.collect()
}

/// Whether an item is marked as deprecated.
pub fn is_deprecated(attributes: &[Attribute]) -> bool {
    let mut paths = attributes.iter().map(Attribute::path);
    paths.any(|path| path.is_ident("deprecated"))
}

/// A name without its `r#`.
pub fn plain(name: &syn::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// The documentation of an item.
pub fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(doc) if doc.path.is_ident("doc") => string(&doc.value),
            _ => None,
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// What an item is found by in the documentation, besides its name.
fn alias(attributes: &[Attribute]) -> Option<String> {
    attributes
        .iter()
        .find_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("doc") => {
                let tokens = list.tokens.to_string();
                let alias = tokens.strip_prefix("alias = \"")?;
                alias.strip_suffix('"').map(str::to_owned)
            }
            _ => None,
        })
}

/// The text of a string literal.
pub fn string(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The entries of a table of fields, `&[Field::query("rust", "wire").required(), …]`.
pub fn entries(table: &Expr) -> Option<Vec<Entry>> {
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
            entry.sensitive |= method == "personal" || method == "secret";
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
                sensitive: false,
            })
        }
        _ => None,
    }
}

/// The names of constant parameters.
pub fn flags(generics: &Generics) -> Vec<String> {
    let flags = generics.params.iter().filter_map(|param| match param {
        GenericParam::Const(flag) => Some(flag.ident.to_string()),
        _ => None,
    });
    flags.collect()
}

/// The bounds of a `where` clause, as text.
pub fn bounds(generics: &Generics) -> Vec<String> {
    let bounds = generics.where_clause.iter();
    bounds
        .flat_map(|bounds| bounds.predicates.iter().map(text))
        .collect()
}

/// The types of a function's parameters, `self` aside.
pub fn parameters(inputs: &Punctuated<FnArg, syn::Token![,]>) -> Vec<String> {
    let typed = inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(text(&typed.ty)),
        FnArg::Receiver(_) => None,
    });
    typed.collect()
}

/// The type that a function returns, as text.
pub fn returned(function: &ImplItemFn) -> String {
    match &function.sig.output {
        syn::ReturnType::Type(_, ty) => text(ty),
        syn::ReturnType::Default => String::new(),
    }
}

/// The fields of `of` that a function touches, in order.
pub fn touched(function: &ImplItemFn, of: &str) -> Vec<String> {
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
pub fn arms(function: &ImplItemFn) -> Vec<(String, String)> {
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
