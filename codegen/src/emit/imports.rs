//! Imports: they follow from what the items of a file mention.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};

/// The items of a file, with the imports they need before them.
pub(super) fn with(items: Vec<TokenStream>) -> Vec<TokenStream> {
    let mut mentioned = BTreeSet::new();
    for item in &items {
        collect(item.clone(), &mut mentioned);
    }
    let groups = GROUPS.iter().map(|paths| {
        let imports = paths
            .iter()
            .filter_map(|(path, names)| import(path, names, &mentioned));
        imports.collect::<TokenStream>()
    });
    let mut with: Vec<_> = groups.filter(|group| !group.is_empty()).collect();
    with.extend(items);
    with
}

/// Paths and the names they have, in groups, as rustfmt would order them. `self` is the path's own
/// last segment.
const GROUPS: &[&[(&str, &[&str])]] = &[
    &[("std::collections", &["BTreeMap"]), ("std", &["fmt"])],
    &[
        (
            "alibabacloud_runtime::model",
            &[
                "self", "Field", "Is", "Json", "Record", "Scalar", "Unfit", "Value", "View",
            ],
        ),
        (
            "alibabacloud_runtime",
            &["Call", "Operation", "RateLimit", "RetryClass", "Service"],
        ),
        (
            "serde",
            &["Deserialize", "Deserializer", "Serialize", "Serializer"],
        ),
    ],
    &[
        ("crate::client", &["Client", "SERVICE"]),
        ("crate", &["required"]),
    ],
];

/// The import of what is mentioned of a path.
fn import(path: &str, names: &[&str], mentioned: &BTreeSet<String>) -> Option<TokenStream> {
    let own = path.rsplit("::").next().unwrap_or(path);
    let used = |name: &&&str| mentioned.contains(if **name == "self" { own } else { **name });
    let path: TokenStream = path.parse().ok()?;
    let names: Vec<_> = names
        .iter()
        .filter(used)
        .map(|name| format_ident!("{name}"))
        .collect();
    match names.as_slice() {
        [] => None,
        [only] if *only == "self" => Some(quote!(use #path;)),
        [only] => Some(quote!(use #path::#only;)),
        names => Some(quote!(use #path::{#(#names),*};)),
    }
}

/// Every identifier, at any depth.
fn collect(tokens: TokenStream, into: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                into.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), into),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
