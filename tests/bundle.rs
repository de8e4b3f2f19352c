//! A description as one document: it says the same as the files, and is refused with the same words.

use std::fs;
use std::io::{self, ErrorKind, Write};

use alibabacloud_codegen::{Files, Sources, bundle, description, generate};
use cams_tests::copy::Copy;
use cams_tests::fixtures::{cams, fixtures, small, sources};
use serde_json::Value as Json;
use xtask::bundle::print;

/// All that can be bundled, with a name each.
fn descriptions() -> Vec<(String, Sources)> {
    let mut all = vec![("cams".to_owned(), cams())];
    for folder in ["bundled", "valid"] {
        let small = fixtures(folder).into_iter();
        all.extend(small.map(|(name, text)| (name, sources(&text))));
    }
    all
}

/// The document as a description of one file.
#[track_caller]
fn bundled(name: &str, sources: &Sources) -> Sources {
    let document = bundle(sources).unwrap_or_else(|problems| panic!("{name}: {problems}"));
    Sources::from([("openapi.json".to_owned(), document.into_bytes())])
}

#[test]
fn a_bundle_bundled_is_the_same() {
    for (name, sources) in descriptions() {
        let once = bundled(&name, &sources);
        assert_eq!(bundled(&name, &once), once, "{name}");
    }
}

/// The files without their headers, which name the file of the description.
fn headless(sources: &Sources) -> Files {
    let files = generate(sources).expect("it can be generated from");
    let headless = files.into_iter().map(|(path, text)| {
        let (_, text) = text.split_once('\n').expect("a header");
        (path, text.to_owned())
    });
    headless.collect()
}

#[test]
fn the_same_crate_is_made_from_it() {
    for (name, sources) in descriptions() {
        let document = bundled(&name, &sources);
        assert_eq!(headless(&document), headless(&sources), "{name}");
    }
}

#[test]
fn what_is_allowed_is_allowed_in_it_too() {
    let sources = bundled("CAMS", &cams());
    let read = description(&sources).expect("it is sound");
    assert_eq!(read.warnings, []);
}

#[test]
fn no_reference_leaves_the_document() {
    fn look(value: &Json) {
        match value {
            Json::Object(members) => {
                if let Some(Json::String(reference)) = members.get("$ref") {
                    assert!(reference.starts_with("#/components/"), "{reference}");
                }
                members.values().for_each(look);
            }
            Json::Array(items) => items.iter().for_each(look),
            _ => {}
        }
    }
    let mut all = vec![("cams".to_owned(), cams())];
    let small = fixtures("valid").into_iter();
    all.extend(small.map(|(name, text)| (name, sources(&text))));
    for (name, sources) in all {
        let document = &bundled(&name, &sources)["openapi.json"];
        look(&serde_json::from_slice(document).expect("it is JSON"));
    }
}

#[test]
fn what_cannot_be_generated_from_is_not_bundled() {
    for (name, text) in fixtures("problems") {
        let sources = sources(&text);
        assert_eq!(bundle(&sources).err(), generate(&sources).err(), "{name}");
    }
}

#[test]
fn the_command_prints_the_document_or_nothing() {
    let copy = Copy::take();
    let spec = copy.path("specs/cams");
    let text = xtask::bundle::bundle(&spec).expect("it is sound");
    let whole = bundle(&small()).expect("it is sound") + "\n";
    assert!(text == whole, "not the document that the library makes");

    let operation = "specs/cams/operations/DeleteChatGroup.yaml";
    copy.edit(operation, "operationId:", "operationid:");
    let said = xtask::bundle::bundle(&spec).expect_err("it is broken");
    let said = said.to_string();
    let file = copy.path(operation).display().to_string();
    assert!(said.contains(&format!("{file}:2:3\n")), "{said}");
    assert!(said.ends_with("nothing was written"), "{said}");

    fs::remove_dir_all(&spec).expect("writable");
    let said = xtask::bundle::bundle(&spec).expect_err("it is gone");
    assert!(said.to_string().contains("there is no folder"), "{said}");
}

/// Takes nothing.
struct Refusing(ErrorKind);

impl Write for Refusing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_reader_may_go_away() {
    print("{}", &mut Refusing(ErrorKind::BrokenPipe)).expect("it has seen enough");
    let full = print("{}", &mut Refusing(ErrorKind::StorageFull));
    let said = full.expect_err("the text is lost").to_string();
    assert!(
        said.starts_with("error: can't write to the standard output: "),
        "{said}"
    );
}
