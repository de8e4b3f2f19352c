//! A small description with its crate, to be played with, and the files of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::SystemTime;

use alibabacloud_codegen::{Files, emit, model, surface};
use tempfile::TempDir;
use xtask::codegen::{Mode, sync};

use crate::fixtures::{folder, small};

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    fs::canonicalize(folder().join("..")).expect("the workspace is there")
}

/// The manifest of a crate of one group.
const MANIFEST: &str = r#"[package]
name = "alibabacloud-cams"

[features]
default = ["full", "reqwest"]
full = ["chat-groups"]
chat-groups = []
reqwest = []
"#;

/// A description and its crate, to be played with: those of CAMS, with one operation.
#[derive(Debug)]
pub struct Copy {
    root: TempDir,
}

impl Copy {
    /// Makes a fresh one.
    pub fn take() -> Self {
        static FILES: LazyLock<Files> = LazyLock::new(|| {
            let api = model(&small()).unwrap_or_else(|problems| panic!("{problems}"));
            let files = emit(&api).unwrap_or_else(|problems| panic!("{problems}"));
            let files = files.into_iter();
            let mut files: Files = files
                .map(|(path, text)| (format!("src/{path}"), text))
                .collect();
            files.insert("surface.lock".to_owned(), surface(&api).text());
            files
        });
        let copy = Self {
            root: tempfile::tempdir().expect("a folder can be made"),
        };
        for (path, text) in small() {
            copy.write(&format!("specs/cams/{path}"), &text);
        }
        for (path, text) in &*FILES {
            copy.write(&format!("generated/{path}"), text.as_bytes());
        }
        copy.write("generated/Cargo.toml", MANIFEST.as_bytes());
        copy
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }

    /// The copy's folder.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Runs the command on it.
    pub fn sync(&self, mode: Mode) -> Result<String, String> {
        let done = sync(&self.path("specs/cams"), &self.path("generated"), mode);
        done.map_err(|failure| failure.to_string())
    }

    /// Replaces a text that stands in a file.
    pub fn edit(&self, path: &str, before: &str, after: &str) {
        let text = fs::read_to_string(self.path(path)).expect("a text");
        assert!(text.contains(before), "{path} has no {before}");
        fs::write(self.path(path), text.replacen(before, after, 1)).expect("writable");
    }

    /// Wants this to fail, and nothing to be touched.
    #[track_caller]
    pub fn refuses(&self, mode: Mode) -> String {
        let before = tree(self.root.path());
        let times = times(self.root.path());
        let said = self.sync(mode).expect_err("this can't be right");
        assert!(before == tree(self.root.path()), "files were touched");
        assert_eq!(times, self::times(self.root.path()), "files were touched");
        said
    }
}

/// All files below a folder; of a link where it leads, of anything else nothing.
pub fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("readable") {
            let entry = entry.expect("readable");
            let path = entry.path();
            let kind = entry.file_type().expect("readable");
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("it is below").to_owned();
            let bytes = if kind.is_symlink() {
                let leads = fs::read_link(&path).expect("readable");
                leads.into_os_string().into_encoded_bytes()
            } else if kind.is_file() {
                fs::read(&path).expect("readable")
            } else {
                Vec::new()
            };
            files.insert(name, bytes);
        }
    }
    files
}

/// When each file was last written.
pub fn times(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let written = |path: PathBuf| {
        let about = fs::symlink_metadata(root.join(&path)).expect("readable");
        (path, about.modified().expect("the platform has times"))
    };
    tree(root).into_keys().map(written).collect()
}
