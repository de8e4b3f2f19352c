//! What the other tests here rest on: the made-up metadata says what the description says.

use alibabacloud_codegen::import::import;
use cams_tests::fixtures::cams;
use cams_tests::portal::published;

#[test]
fn what_is_published_changes_nothing() {
    let text = serde_json::to_vec(&published(&cams())).expect("JSON");
    let files = [("api-docs.json".to_owned(), text)];
    let imported = import(&cams(), &files, false).unwrap_or_else(|problems| panic!("{problems}"));
    let mut differ = Vec::new();
    for (path, bytes) in cams() {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let imported = &imported.files[&path];
        if let Some((was, is)) = text
            .lines()
            .zip(imported.lines())
            .find(|(was, is)| was != is)
        {
            differ.push(format!("{path}: {was} => {is}"));
        } else if text != *imported {
            differ.push(path);
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
}
