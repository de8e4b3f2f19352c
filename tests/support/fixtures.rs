//! Descriptions for tests: small texts, one behaviour each.
//!
//! A fixture is one file; `parts` says how it is read.

use std::fs;
use std::path::{Path, PathBuf};

use alibabacloud_codegen::import::{Imported, import};
use alibabacloud_codegen::{Problems, Sources};
use serde_yaml::Value as Yaml;

pub use crate::parts::again;
use crate::parts::{self, Parts};

/// The entry of a description.
pub const ENTRY: &str = "openapi.yaml";
/// The file of an operation of CAMS.
pub const OPERATION: &str = "operations/DeleteChatGroup.yaml";

/// The folder of this crate.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file or folder of what can't be a part of the repository, where it is there: in the folder
/// `shared` beside the workspace, or in the one that the variable `CAMS_SHARED` names.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("CAMS_SHARED").map(PathBuf::from);
    let path = root
        .unwrap_or_else(|| folder().join("../../shared"))
        .join(path);
    path.exists().then_some(path)
}

/// The fixtures of a folder, by name, sorted.
pub fn fixtures(of: &str) -> Vec<(String, String)> {
    let folder = folder().join("fixtures").join(of);
    let entries = fs::read_dir(&folder).expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    let named = paths.into_iter().map(|path| {
        let name = path
            .file_stem()
            .expect("a file's name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a text");
        (name, text)
    });
    named.collect()
}

/// The files of a fixture.
pub fn sources(fixture: &str) -> Sources {
    parts::sources(fixture.as_bytes())
}

/// A fixture of an import.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its name.
    pub name: String,
    /// All of it.
    pub text: String,
    /// The files of metadata, in order.
    pub metadata: Vec<(String, Vec<u8>)>,
    /// The description that they are woven into.
    pub description: Sources,
    /// Whether to skip what isn't supported.
    pub skip: bool,
}

impl Import {
    /// Imports it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn import(&self) -> Result<Imported, Problems> {
        import(&self.description, &self.metadata, self.skip)
    }
}

/// The fixtures of imports, sorted.
pub fn imports() -> Vec<Import> {
    let case = |(name, text): (String, String)| {
        let Parts {
            metadata,
            description,
            skip,
        } = Parts::of(text.as_bytes());
        Import {
            name,
            text,
            metadata,
            description,
            skip,
        }
    };
    fixtures("import").into_iter().map(case).collect()
}

/// The description of CAMS, as it stands in the workspace.
pub fn cams() -> Sources {
    let root = folder().join("../specs/cams");
    let mut sources = Sources::new();
    for (folder, prefix) in [(root.clone(), ""), (root.join("operations"), "operations/")] {
        for entry in fs::read_dir(folder).expect("the description is there") {
            let path = entry.expect("readable").path();
            if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                let name = path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned();
                sources.insert(
                    format!("{prefix}{name}"),
                    fs::read(&path).expect("readable"),
                );
            }
        }
    }
    sources
}

/// The description of CAMS as if `DeleteChatGroup` were its one operation: quick to generate from,
/// for tests that do so hundreds of times. The file of the operation is the real one.
pub fn small() -> Sources {
    let mut sources = cams();
    sources.retain(|path, _| path == ENTRY || path == OPERATION);
    let mut entry: Yaml = serde_yaml::from_slice(&sources[ENTRY]).expect("YAML");
    let operation = String::from_utf8_lossy(&sources[OPERATION]).into_owned();
    let keep = |part: &mut Yaml, keep: &dyn Fn(&str) -> bool| {
        let members = part.as_mapping_mut().expect("an object");
        members.retain(|name, _| keep(name.as_str().unwrap_or_default()));
    };
    keep(&mut entry["paths"], &|path| path == "/#DeleteChatGroup");
    keep(&mut entry["components"]["schemas"], &|name| {
        // Those that it refers to refer to no others.
        let reference = format!("#/components/schemas/{name}");
        let mut lines = operation.lines();
        lines.any(|line| line.trim_end_matches(['\'', '"']).ends_with(&reference))
    });
    let tags = entry["tags"].as_sequence_mut().expect("a list");
    tags.retain(|tag| tag["name"] == "ChatGroups");
    let entry = serde_yaml::to_string(&entry).expect("it can be written");
    sources.insert(ENTRY.to_owned(), entry.into_bytes());
    sources
}
