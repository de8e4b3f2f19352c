//! What must come of texts, whatever they are: code that is Rust, a bundle that says the same, an
//! import that leaves nothing to do; or problems that have places.

use std::collections::{BTreeMap, BTreeSet};

use alibabacloud_codegen::import::{Imported, Metadata, import};
use alibabacloud_codegen::{Files, Problems, Sources, bundle, generate};
use quote::ToTokens;
use syn::{ImplItem, Item};

use crate::parts::again;
use crate::problems::placed;

/// Looks at what was made, or at the problems.
pub fn looked<T>(made: Result<T, Problems>, sources: &Sources, look: impl FnOnce(T)) -> Option<()> {
    match made {
        Ok(made) => look(made),
        Err(problems) => {
            placed(&problems, sources);
            return None;
        }
    }
    Some(())
}

/// Holds that a bundle describes the same, and is its own bundle.
pub fn same(text: &str, sources: &Sources) {
    let bundled = Sources::from([("openapi.json".to_owned(), text.as_bytes().to_vec())]);
    let found = bundle(&bundled).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(found, text, "the bundle of a bundle is another");
    let bodies = |sources: &Sources| -> Files {
        let files = generate(sources).unwrap_or_else(|problems| panic!("{problems}"));
        let body = |(path, text): (String, String)| {
            let (_, body) = text.split_once('\n').expect("a header");
            (path, body.to_owned())
        };
        files.into_iter().map(body).collect()
    };
    assert!(
        bodies(&bundled) == bodies(sources),
        "the bundle makes another crate"
    );
}

/// Holds that an import leaves nothing for a second one to do, and tells of no more than anyone reads.
pub fn settled(once: &Imported, metadata: &[(String, Vec<u8>)], skip: bool) {
    let twice = import(&again(once), metadata, skip);
    let twice = twice.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(once.files, twice.files, "a second import changes something");
    assert!(once.report.to_string().len() < 1 << 20);
    let read = Metadata::read(metadata, skip).expect("as before");
    assert!(!read.folder().contains(['/', '\\']));
}

/// Holds that files are Rust, in which no name is given twice.
pub fn sound(files: Files) {
    assert!(files.contains_key("lib.rs"));
    let mut types = BTreeSet::new();
    let mut methods: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in files {
        let file = syn::parse_file(&text);
        let file = file.unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    once(&mut types, &item.ident, &path);
                    let mut fields = BTreeSet::new();
                    for field in item.fields.iter().filter_map(|field| field.ident.as_ref()) {
                        once(&mut fields, field, &item.ident);
                    }
                }
                Item::Enum(item) => {
                    once(&mut types, &item.ident, &path);
                    let mut variants = BTreeSet::new();
                    for variant in &item.variants {
                        once(&mut variants, &variant.ident, &item.ident);
                    }
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let owner = item.self_ty.to_token_stream().to_string();
                    let methods = methods.entry(owner.clone()).or_default();
                    for method in item.items {
                        if let ImplItem::Fn(method) = method {
                            once(methods, &method.sig.ident, &owner);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn once(names: &mut BTreeSet<String>, name: &impl ToString, within: &impl ToString) {
    let name = name.to_string();
    assert!(
        names.insert(name.clone()),
        "{name} twice in {}",
        within.to_string()
    );
}
