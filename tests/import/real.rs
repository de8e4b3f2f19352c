//! The vendor's own files, where they stand beside the workspace; never among the fixtures.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use alibabacloud_codegen::Sources;
use alibabacloud_codegen::import::{Metadata, Section, import};
use cams_tests::fixtures::{again, cams, folder};
use serde_json::Value as Json;

/// Texts that are shorter may be facts by chance.
const SHORTEST_PROSE: usize = 24;

fn shared() -> PathBuf {
    folder().join("../../shared/cams")
}

/// The metadata files of a folder; none where it isn't there.
fn metadata(of: PathBuf) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(of).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") && name != "sign-vectors.json" {
            found.push((name, fs::read(entry.path()).expect("readable")));
        }
    }
    found.sort();
    found
}

/// Past the capture of the test harness: what was left out should be seen.
fn note(text: &str) {
    writeln!(io::stdout(), "{text}").expect("a standard output");
}

#[test]
fn every_real_file_comes_in_and_nothing_changes_the_second_time() {
    let mut files = metadata(shared());
    files.extend(metadata(shared().join("upstream")));
    for file in &files {
        let name = &file.0;
        let file = std::slice::from_ref(file);
        let once = import(&Sources::new(), file, false)
            .unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let twice = import(&again(&once), file, false)
            .unwrap_or_else(|problems| panic!("{name}: {problems}"));
        assert_eq!(once.files, twice.files, "{name}");
        let changed: Vec<_> = twice.report.section(Section::Changed).collect();
        assert!(changed.is_empty(), "{name}: {changed:?}");
    }
    note(&format!("{} real file(s) imported twice", files.len()));
}

#[test]
fn the_files_of_one_product_come_in_together() {
    let files = metadata(shared().join("upstream"));
    let files = files
        .into_iter()
        .filter(|(name, _)| name.starts_with("cams"));
    let mut files: Vec<_> = files.collect();
    files.extend(metadata(shared()));
    if files.is_empty() {
        return note("skipped: there is no metadata beside the workspace");
    }
    let once =
        import(&Sources::new(), &files, false).unwrap_or_else(|problems| panic!("{problems}"));
    let twice =
        import(&again(&once), &files, false).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(once.files, twice.files);
    assert!(once.report.section(Section::Contradiction).count() > 0);
}

#[test]
fn the_description_of_cams_is_what_an_import_of_it_writes() {
    let file = metadata(shared());
    if file.is_empty() {
        return note("skipped: there is no metadata beside the workspace");
    }
    let counts = Metadata::read(&file, false).expect("read").counts();
    assert_eq!((counts.operations, counts.parameters), (172, 739));
    assert_eq!(counts.valid_values, 135);
    let imported = import(&cams(), &file, false).unwrap_or_else(|problems| panic!("{problems}"));
    for (path, bytes) in cams() {
        // The entry has a line for each operation, whether it is described yet or not.
        if path != "openapi.yaml" {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert_eq!(imported.files[&path], text, "{path}");
        }
    }
}

#[test]
fn no_prose_of_the_vendors_comes_in() {
    let mut looked_for = 0;
    for file in metadata(shared().join("upstream")) {
        let json: Json = serde_json::from_slice(&file.1).expect("JSON");
        let mut prose = Vec::new();
        collect(&json, &mut prose);
        // Some titles are the name of the action.
        prose.retain(|text| text.chars().count() >= SHORTEST_PROSE && !names(text));
        prose.sort();
        prose.dedup();
        let imported = import(&Sources::new(), &[file], false).expect("imported");
        let mut texts = String::new();
        for text in imported.files.values() {
            // As it reads: folding must not hide anything.
            let value: Json = serde_yaml::from_str(text).expect("YAML");
            scalars(&value, "", &mut texts);
        }
        for text in &prose {
            assert!(!texts.contains(text.as_str()), "{text}");
        }
        looked_for += prose.len();
    }
    note(&format!("{looked_for} text(s) of the vendor's looked for"));
}

/// What the vendor wrote for people.
fn collect(json: &Json, prose: &mut Vec<String>) {
    const WORDS: [&str; 4] = ["summary", "title", "description", "errorMessage"];
    match json {
        Json::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(text) if WORDS.contains(&&**key) => {
                        prose.extend(text.lines().map(|line| line.trim().to_owned()));
                    }
                    _ if key == "enumValueTitles" => {
                        let titles = value.as_object().into_iter().flatten();
                        let titles = titles.filter_map(|(_, title)| title.as_str());
                        prose.extend(titles.map(str::to_owned));
                    }
                    _ => collect(value, prose),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, prose)),
        _ => {}
    }
}

fn names(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_ascii_alphanumeric())
}

/// All texts but examples, which are facts, even where one is a sentence.
fn scalars(value: &Json, key: &str, texts: &mut String) {
    match value {
        Json::Object(members) => {
            for (key, value) in members {
                scalars(value, key, texts);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| scalars(item, key, texts)),
        Json::String(text) if key != "example" => {
            texts.push_str(text);
            texts.push('\n');
        }
        _ => {}
    }
}
