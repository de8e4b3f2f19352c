//! Reading descriptions, and saying what is wrong with them.
//!
//! `--spec` may name any folder. Hence only what can be a description's file is opened.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use alibabacloud_codegen::{Problems, Sources};

use crate::Failure;
use crate::folder::{entries, utf8};
use crate::messages::{Told, counted};

/// What the names of a description's files end with.
const ENDS: &[&str] = &[".yaml", ".yml", ".json"];

/// How much of a description's file is read: a byte more than the generator takes, so that it
/// sees and reports the excess.
const MOST_READ: u64 = alibabacloud_codegen::MOST_BYTES as u64 + 1;

/// Whether a file of a folder is part of the description there: nothing hidden is.
pub(crate) fn is_part(path: &str) -> bool {
    let hidden = path.split('/').any(|name| name.starts_with('.'));
    !hidden && ENDS.iter().any(|end| path.ends_with(end))
}

/// The texts of a description. Hidden files and folders aren't part of it.
pub(crate) fn read(spec: &Path) -> Result<Sources, Failure> {
    if !spec.is_dir() {
        return Err(Failure::environment(format!(
            "error: there is no folder {}\n  help: name the folder of a description, with its openapi.yaml, by `--spec`",
            spec.display()
        )));
    }
    let mut sources = Sources::new();
    let mut folders = vec![(spec.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for (entry, kind) in entries(&folder)? {
            let at = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                folders.push((at, format!("{prefix}{}/", utf8(&entry)?)));
                continue;
            }
            if kind.is_symlink() && at.is_dir() {
                return Err(Failure::environment(format!(
                    "error: {} is a link to a folder, which isn't followed\n  help: move the folder here, or remove the link",
                    at.display()
                )));
            }
            if !is_part(&name) {
                continue;
            }
            let path = format!("{prefix}{}", utf8(&entry)?);
            let failed = |error| Failure::io("read", &at, &error);
            // To open a pipe would be to wait, and a device may have no end.
            if !fs::metadata(&at).map_err(failed)?.is_file() {
                return Err(Failure::environment(format!(
                    "error: {} is neither a file nor a folder\n  help: replace it by a file, or remove it",
                    at.display()
                )));
            }
            sources.insert(path, text(&at)?);
        }
    }
    Ok(sources)
}

/// A text, up to a byte more than is taken.
pub(crate) fn text(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_READ).read_to_end(&mut text));
    read.map_err(|error| Failure::io("read", path, &error))?;
    Ok(text)
}

/// The failure of problems, which are told with excerpts of these texts.
pub(crate) fn rejected(spec: &Path, sources: Sources, problems: &Problems) -> Failure {
    let problems = problems.as_slice();
    let message = format!("{}; nothing was written", counted(problems));
    Failure::found(message).with(Told::new(spec, sources, problems.to_vec()))
}
