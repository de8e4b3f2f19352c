//! What is in a folder.

use std::fs::{self, DirEntry, FileType};
use std::path::Path;

use crate::Failure;

/// What is in a folder; links are links.
pub(crate) fn entries(folder: &Path) -> Result<Vec<(DirEntry, FileType)>, Failure> {
    let failed = |error| Failure::io("read", folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type();
        let kind = kind.map_err(|error| Failure::io("read", &entry.path(), &error))?;
        found.push((entry, kind));
    }
    Ok(found)
}

/// The name of an entry.
pub(crate) fn utf8(entry: &DirEntry) -> Result<String, Failure> {
    entry.file_name().into_string().map_err(|_| {
        Failure::environment(format!(
            "error: the name of {} isn't UTF-8\n  help: rename or remove it",
            entry.path().display()
        ))
    })
}
