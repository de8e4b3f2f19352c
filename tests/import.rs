//! `cargo xtask import`: descriptions follow the vendor's metadata, and what people wrote stays.
//!
//! A fixture has metadata (`*.json`) and the files of a description; its snapshot has it above the
//! report and the files as they come out. One that comes out as it went in isn't shown twice.

#[path = "import/command.rs"]
mod command;
#[path = "import/printer.rs"]
mod printer;
#[path = "import/real.rs"]
mod real;
#[path = "import/twice.rs"]
mod twice;

use std::collections::BTreeSet;
use std::fs;

use alibabacloud_codegen::import::Metadata;
use cams_tests::fixtures::{folder, imports};

#[test]
fn imported() {
    let mut wanted = BTreeSet::new();
    for case in imports() {
        let mut output = String::new();
        match case.import() {
            Err(problems) => output.push_str(&problems.to_string()),
            Ok(imported) => {
                output.push_str(&imported.report.to_string());
                for (path, text) in &imported.files {
                    let stays = case.description.get(path).map(Vec::as_slice);
                    if stays == Some(text.as_bytes()) {
                        output.push_str(&format!("\n#: {path} stays as it is\n"));
                    } else {
                        output.push_str(&format!("\n#: {path}\n{text}"));
                    }
                }
                for path in case.description.keys() {
                    if !imported.files.contains_key(path) {
                        output.push_str(&format!("\n#: {path} is removed\n"));
                    }
                }
            }
        }
        let line = "=".repeat(80);
        let input = case.text.trim_end();
        let text = format!("{input}\n{line}\n{}", output.trim_end());
        insta::with_settings!({
            snapshot_path => "import/snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(case.name.clone(), text);
        });
        wanted.insert(format!("{}.snap", case.name));
    }
    for entry in fs::read_dir(folder().join("import/snapshots")).expect("snapshots are there") {
        let name = entry.expect("readable").file_name();
        let name = name.to_string_lossy();
        assert!(wanted.contains(&*name), "{name} is left over: remove it");
    }
}

#[test]
fn facts_are_counted() {
    let cases = imports().into_iter();
    let new = cases.filter(|case| case.name.starts_with("new_"));
    let metadata: Vec<_> = new.flat_map(|case| case.metadata).collect();
    let counts = Metadata::read(&metadata, false).expect("read").counts();
    let found = [
        counts.operations,
        counts.parameters,
        counts.fields,
        counts.required,
        counts.valid_values,
        counts.defaults,
        counts.limits,
    ];
    assert_eq!(found, [4, 7, 13, 4, 2, 2, 9]);
}

#[test]
fn the_vendors_words_stay_out() {
    for case in imports() {
        let Ok(imported) = case.import() else {
            continue;
        };
        for (path, text) in &imported.files {
            assert!(!text.contains("WORDS"), "{}: {path}", case.name);
        }
    }
}
