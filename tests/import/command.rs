//! The command on folders: what it writes, removes, refuses and leaves alone.

use std::fs;
use std::path::PathBuf;

use cams_tests::copy::tree;
use tempfile::TempDir;
use xtask::codegen::Mode;
use xtask::import::{Done, sync};

struct Folder(TempDir);

const ONE: &str = r#"{"info": {"style": "RPC", "product": "Parcel", "version": "1"}, "apis": {
  "GetBox": {"responses": {"200": {"schema": {"type": "object", "properties": {"Code": {"type": "string"}}}}}}}}"#;

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder can be made"));
        folder.write("api-docs.json", ONE);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    fn sync(&self, mode: Mode) -> Result<Done, String> {
        let metadata = [self.path("api-docs.json")];
        let done = sync(&metadata, &self.path("specs"), false, mode);
        done.map_err(|failure| failure.to_string())
    }

    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let specs = self.path("specs");
        if specs.is_dir() {
            let files = tree(&specs).into_iter();
            files
                .map(|(path, bytes)| (path.display().to_string(), bytes))
                .collect()
        } else {
            Vec::new()
        }
    }

    fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(path, _)| path).collect()
    }
}

#[test]
fn a_check_writes_nothing_and_a_run_writes_once() {
    let folder = Folder::new();
    let checked = folder.sync(Mode::Check).expect("imported");
    assert_eq!(checked.written, ["openapi.yaml", "operations/GetBox.yaml"]);
    assert!(folder.files().is_empty());
    let written = folder.sync(Mode::Write).expect("imported");
    assert_eq!(written.written, checked.written);
    let wanted = ["parcel/openapi.yaml", "parcel/operations/GetBox.yaml"];
    assert_eq!(folder.names(), wanted);
    assert!(folder.sync(Mode::Check).expect("imported").is_unchanged());
    assert!(folder.sync(Mode::Write).expect("imported").is_unchanged());
}

#[test]
fn an_operation_that_is_gone_takes_its_file_along_and_nothing_else() {
    let folder = Folder::new();
    folder.sync(Mode::Write).expect("imported");
    folder.write("specs/parcel/README.md", "Kept.");
    folder.write("specs/other/openapi.yaml", "of another product");
    folder.write("api-docs.json", &ONE.replace("GetBox", "PutBox"));
    let done = folder.sync(Mode::Write).expect("imported");
    assert_eq!(done.removed, ["operations/GetBox.yaml"]);
    let wanted = [
        "other/openapi.yaml",
        "parcel/README.md",
        "parcel/openapi.yaml",
        "parcel/operations/PutBox.yaml",
    ];
    assert_eq!(folder.names(), wanted);
}

#[track_caller]
fn refused(folder: &Folder, says: &[&str]) {
    let before = folder.files();
    let message = folder.sync(Mode::Write).expect_err("it is refused");
    for text in says {
        assert!(message.contains(text), "{message}");
    }
    assert_eq!(folder.files(), before);
}

#[test]
fn whatever_is_broken_leaves_everything_as_it_was() {
    let folder = Folder::new();
    folder.sync(Mode::Write).expect("imported");

    folder.write("api-docs.json", &ONE[..ONE.len() / 2]);
    let says = ["api-docs.json:2:", "error[syntax]", "nothing was written"];
    refused(&folder, &says);

    fs::write(folder.path("api-docs.json"), b"{\"info\": \"\xff\"}").expect("writable");
    refused(&folder, &["api-docs.json:1:11", "UTF-8"]);

    folder.write("api-docs.json", "");
    refused(&folder, &["the file is empty"]);

    folder.write("api-docs.json", ONE);
    let operation = "specs/parcel/operations/GetBox.yaml";
    folder.write(operation, "post:\n  operationId: [GetBox\n");
    refused(
        &folder,
        &["parcel/operations/GetBox.yaml:", "error[syntax]"],
    );

    fs::remove_file(folder.path("api-docs.json")).expect("it was there");
    refused(&folder, &["can't", "api-docs.json"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = Folder::new();
    folder.sync(Mode::Write).expect("imported");
    let elsewhere = folder.path("elsewhere.yaml");
    let operation = folder.path("specs/parcel/operations/GetBox.yaml");
    fs::rename(&operation, &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, &operation).expect("linked");
    folder.write("api-docs.json", &ONE.replace("\"Code\"", "\"Coda\""));
    let before = fs::read(&elsewhere).expect("readable");
    let message = folder.sync(Mode::Write).expect_err("it is refused");
    assert!(message.contains("GetBox.yaml (a link)"), "{message}");
    assert_eq!(fs::read(&elsewhere).expect("readable"), before);
    let about = fs::symlink_metadata(&operation).expect("it is there");
    assert!(about.is_symlink());
}
