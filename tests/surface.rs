//! `surface.lock` against the generated code, as `syn` reads it, and against the descriptions.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cams_tests::copy::{Copy, tree, workspace};
use cams_tests::emitted::{Emitted, arms, bounds, fields, functions, parameters, plain, text};
use serde_yaml::Value as Yaml;
use syn::{Attribute, ImplItem, Item, ItemMod, Meta, Visibility};
use xtask::codegen::Mode;

/// Name to what it is.
type Names = BTreeMap<String, String>;

/// A crate and the description that it is made from.
const CRATES: &[(&str, &str)] = &[
    ("generated", "specs/cams"),
    ("tests/paged", "tests/paged/spec"),
];

/// The lines of a list: name, what it is, the place that made it.
fn lines(package: &Path) -> Vec<(String, String, String)> {
    let list = fs::read_to_string(package.join("surface.lock")).expect("the list is there");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let parts = lines.map(|line| {
        let (entry, from) = line.rsplit_once(" <- ").expect("a place");
        let (name, what) = entry.split_once(": ").expect("a name");
        (name.to_owned(), what.to_owned(), from.to_owned())
    });
    parts.collect()
}

/// The public names of a crate's sources.
fn named(package: &Path) -> Names {
    let src = package.join("src");
    let mut emitted = Emitted::default();
    let mut names = Names::new();
    for (path, bytes) in tree(&src) {
        let path = path.display().to_string();
        let source = String::from_utf8(bytes).expect("a text");
        emitted.add(&path, &source).expect("Rust");
        let file = syn::parse_file(&source).expect("Rust");
        for item in file.items {
            match item {
                Item::Mod(item) if path == "lib.rs" => names.extend(module(&item)),
                // Types come out of private modules by these, and only within their own.
                Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                    assert!(path == "lib.rs" || !path.contains('/'), "{path}");
                }
                _ => {}
            }
        }
    }
    for (name, path) in &emitted.places {
        let (module, _) = path.split_once('/').unwrap_or((path.as_str(), ""));
        if name == "Client" || name.ends_with("Builder") && emitted.record(name).is_some() {
            continue;
        }
        let full = format!("{module}::{name}");
        names.extend(record(&emitted, name, &full));
        names.extend(choice(&emitted, name, &full));
    }
    names.extend(methods(&emitted));
    names
}

fn module(item: &ItemMod) -> Option<(String, String)> {
    let public = matches!(item.vis, Visibility::Public(_));
    let hidden = |attribute: &Attribute| text(attribute).contains("doc(hidden)");
    if !public || item.attrs.iter().any(hidden) {
        return None;
    }
    let mut features = item.attrs.iter().filter_map(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return None;
        };
        let tokens = list.tokens.to_string();
        let feature = tokens.strip_prefix("feature = \"")?.strip_suffix('"')?;
        Some(format!("mod, feature {feature}"))
    });
    let what = features.next().unwrap_or_else(|| "mod".to_owned());
    Some((plain(&item.ident), what))
}

fn record(emitted: &Emitted, name: &str, full: &str) -> Names {
    let mut names = Names::new();
    let Some(item) = emitted.record(name) else {
        return names;
    };
    for field in fields(item) {
        assert!(field.public, "{full}.{}", field.rust);
        names.insert(format!("{full}.{}", field.rust), field.ty);
    }
    let builder = format!("{name}Builder");
    let mut builds = functions(emitted.impls(None, &builder));
    let build = builds.find(|(_, function)| function.sig.ident == "build");
    let what = match build {
        None => "struct".to_owned(),
        Some((_, build)) => {
            let asked = bounds(&build.sig.generics);
            let table = emitted.table(name).expect("every record has one");
            let required: Vec<_> = table.iter().filter(|entry| entry.required).collect();
            assert_eq!(asked.len(), required.len(), "{full}");
            let required: Vec<_> = required.iter().map(|entry| entry.rust.clone()).collect();
            format!("struct,builder({})", required.join(","))
        }
    };
    names.insert(full.to_owned(), what);
    for item in emitted.impls(Some("Paginated"), name) {
        let item = item.items.iter().find_map(|item| match item {
            ImplItem::Type(item) => Some(text(&item.ty)),
            _ => None,
        });
        let item = item.expect("pages have items");
        names.insert(format!("{full} as Paginated"), format!("Item={item}"));
    }
    names
}

fn choice(emitted: &Emitted, name: &str, full: &str) -> Names {
    let mut names = Names::new();
    let Some(item) = emitted.choice(name) else {
        return names;
    };
    let texts = functions(emitted.impls(None, name)).find(|(_, text)| text.sig.ident == "as_str");
    let texts: BTreeMap<_, _> = arms(texts.expect("an enum has a text").1)
        .into_iter()
        .collect();
    for variant in item
        .variants
        .iter()
        .filter(|variant| variant.fields.is_empty())
    {
        let wire = &texts[&format!("Self::{}", variant.ident)];
        names.insert(format!("{full}::{}", plain(&variant.ident)), wire.clone());
    }
    names.insert(full.to_owned(), "enum".to_owned());
    names
}

fn methods(emitted: &Emitted) -> Names {
    let mut names = Names::new();
    for (_, method) in functions(emitted.impls(None, "Client")) {
        let fixed = ["from_env", "builder", "call"];
        if fixed.iter().any(|name| method.sig.ident == name) {
            continue;
        }
        assert!(matches!(method.vis, Visibility::Public(_)));
        let taken = parameters(&method.sig.inputs);
        let [request] = taken.as_slice() else {
            panic!("{}: {taken:?}", method.sig.ident);
        };
        let mut answers = emitted.impls(Some("Operation"), request);
        let response = answers.next().expect("an operation").items.iter();
        let response = response.filter_map(|item| match item {
            ImplItem::Type(item) => Some(text(&item.ty)),
            _ => None,
        });
        let response: String = response.collect();
        let (module, _) = emitted.places[request].split_once('/').expect("a module");
        names.insert(
            format!("Client::{}", plain(&method.sig.ident)),
            format!("{module}::{request}->{response}"),
        );
    }
    names
}

#[test]
fn the_list_names_what_is_public_and_nothing_else() {
    for (package, _) in CRATES {
        let package = workspace().join(package);
        let mut names = named(&package);
        assert!(names.len() > 20, "{}", names.len());
        for (name, what, _) in lines(&package) {
            let found = names.remove(&name);
            // A text on the wire has its blanks, code has none here.
            let bare = what.replace(' ', "");
            let same = found
                .as_ref()
                .is_some_and(|found| *found == what || *found == bare);
            assert!(same, "{name}: {what}, in the code {found:?}");
        }
        assert_eq!(names, Names::new(), "{}", package.display());
    }
}

#[test]
fn the_list_is_sorted_and_has_each_name_once() {
    for (package, _) in CRATES {
        let lines = lines(&workspace().join(package));
        let names: Vec<_> = lines.into_iter().map(|(name, ..)| name).collect();
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        assert!(names == sorted, "{package}");
    }
}

/// What a place leads to: keys, and items of lists by their index or their name.
fn leads(root: &Yaml, pointer: &str) -> bool {
    let mut at = root;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let next = match at {
            Yaml::Mapping(members) => members
                .iter()
                .find(|(key, _)| {
                    serde_yaml::to_string(key)
                        .expect("a key")
                        .trim_matches(['\'', '"', '\n'])
                        == token
                })
                .map(|(_, value)| value),
            Yaml::Sequence(items) => items
                .iter()
                .enumerate()
                .find(|(index, item)| item["name"] == token.as_str() || index.to_string() == token)
                .map(|(_, item)| item),
            _ => None,
        };
        let Some(next) = next else {
            return false;
        };
        at = next;
    }
    true
}

#[test]
fn every_place_is_there() {
    for (package, spec) in CRATES {
        let mut files: BTreeMap<PathBuf, Yaml> = BTreeMap::new();
        let spec = workspace().join(spec);
        for (name, _, from) in lines(&workspace().join(package)) {
            let (file, pointer) = from.split_once('#').expect("a pointer");
            let root = files.entry(spec.join(file)).or_insert_with_key(|path| {
                serde_yaml::from_slice(&fs::read(path).expect("the file is there")).expect("YAML")
            });
            assert!(leads(root, pointer), "{name}: {from}");
        }
    }
}

const LOCK: &str = "generated/surface.lock";

#[test]
fn a_list_that_is_missing_or_edited_is_found_and_made_anew() {
    for edit in [
        None,
        Some((
            "DeleteChatGroupRequest.group_id: String",
            "DeleteChatGroupRequest.group_id: i64",
        )),
    ] {
        let copy = Copy::take();
        let wanted = tree(copy.root());
        match edit {
            None => fs::remove_file(copy.path(LOCK)).expect("removable"),
            Some((before, after)) => copy.edit(LOCK, before, after),
        }
        let said = copy.refuses(Mode::Check);
        assert!(said.contains("surface.lock"), "{said}");
        assert!(said.contains("help: run `cargo xtask codegen`"), "{said}");
        if edit.is_some() {
            let line = "changed: chat_groups::DeleteChatGroupRequest.group_id: i64 => String";
            assert!(said.contains(line), "{said}");
        }
        copy.sync(Mode::Write).expect("it can be made");
        assert!(wanted == tree(copy.root()));
    }
}

#[test]
fn names_that_change_or_go_are_told_before_anything_else() {
    let copy = Copy::take();
    let operation = "specs/cams/operations/DeleteChatGroup.yaml";
    copy.edit(operation, "name: GroupId", "name: ChatGroupId");
    let said = copy.refuses(Mode::Check);
    let told = said.split("\n--- ").next().expect("a beginning");
    for line in [
        "gone:    chat_groups::DeleteChatGroupRequest.group_id: String",
        "=> struct, builder(business_number, chat_group_id, cust_space_id)",
        "2 public name(s) change or go, 1 are new",
    ] {
        assert!(told.contains(line), "{line}: {said}");
    }
    let said = copy.sync(Mode::Write).expect("it can be made");
    assert!(said.contains("2 public name(s) change or go"), "{said}");
}

#[test]
fn a_list_of_somebody_else_is_never_overwritten() {
    let copy = Copy::take();
    fs::write(copy.path(LOCK), "mine\n").expect("writable");
    copy.edit(
        "generated/src/chat_groups/delete_chat_group.rs",
        "pub group_id: String",
        "pub group_id: u64",
    );
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.refuses(mode);
        assert!(said.contains("surface.lock (written by hand"), "{said}");
        assert!(said.contains("nothing was written"), "{said}");
    }
    fs::remove_file(copy.path(LOCK)).expect("removable");
    fs::create_dir(copy.path(LOCK)).expect("writable");
    let said = copy.refuses(Mode::Write);
    assert!(said.contains("surface.lock (a folder where"), "{said}");
}
