//! Reading what was written and writing anew.
//!
//! `--specs` and `--out` may name any folder. Hence links among what is written are never followed.

use std::collections::BTreeMap;
use std::fs::{self, File, FileType};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use alibabacloud_codegen::Files;

use crate::Failure;
use crate::folder::{entries, utf8};

/// What is added to the name of a file that is to replace another.
const STAGED: &str = ".new";

/// What differs: path to whether it is wanted.
pub(crate) type Changes = BTreeMap<String, bool>;

/// What differs between the wanted files and those that are present; what has no text differs from
/// any file.
pub(crate) fn changes<'a>(
    wanted: &Files,
    present: impl IntoIterator<Item = (&'a String, Option<&'a [u8]>)>,
) -> Changes {
    let present: BTreeMap<_, _> = present.into_iter().collect();
    let changed = wanted.iter().filter(|(path, text)| {
        let present = present.get(path).copied().flatten();
        present != Some(text.as_bytes())
    });
    let stale = present.keys().filter(|path| !wanted.contains_key(**path));
    let changed = changed.map(|(path, _)| (path.clone(), true));
    changed
        .chain(stale.map(|path| ((*path).clone(), false)))
        .collect()
}

/// Which files of a folder a command may replace and remove.
#[derive(Debug)]
pub(crate) struct Owner {
    /// What each of them begins with, and what to say of one that doesn't.
    pub(crate) header: Option<(&'static [u8], &'static str)>,
    /// What their names end with.
    pub(crate) end: &'static str,
    /// What is wrong with a file that isn't one of them.
    pub(crate) refusal: &'static str,
}

/// What is at a path among the sources.
#[derive(Debug)]
pub(crate) enum Present {
    /// A file with its text.
    File(Vec<u8>),
    /// A folder.
    Folder,
    /// What the generator never makes, in words.
    Other(&'static str),
}

impl Present {
    /// The text of a file.
    pub(crate) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::File(text) => Some(text),
            Self::Folder | Self::Other(_) => None,
        }
    }
}

/// All that is below the folder of the sources, by its path with `/`; nothing where the folder
/// isn't there.
pub(crate) fn read_sources(src: &Path) -> Result<BTreeMap<String, Present>, Failure> {
    let mut present = BTreeMap::new();
    match fs::symlink_metadata(src) {
        Ok(about) if about.is_dir() => {}
        Ok(_) => {
            return Err(Failure::environment(format!(
                "error: {} isn't a folder\n  help: move or delete it; nothing was written",
                src.display()
            )));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(present),
        Err(error) => return Err(Failure::io("read", src, &error)),
    }
    let mut folders = vec![(src.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for (entry, kind) in entries(&folder)? {
            let at = entry.path();
            let path = format!("{prefix}{}", utf8(&entry)?);
            let found = found(kind, &at)?;
            if kind.is_dir() {
                folders.push((at, format!("{path}/")));
            }
            present.insert(path, found);
        }
    }
    Ok(present)
}

/// What is at a path below a folder, and where a file for a moment would be.
pub(crate) fn read_one(folder: &Path, name: &str) -> Result<BTreeMap<String, Present>, Failure> {
    let mut present = BTreeMap::new();
    for name in [name.to_owned(), format!("{name}{STAGED}")] {
        let at = folder.join(&name);
        match fs::symlink_metadata(&at) {
            Ok(about) => {
                present.insert(name, found(about.file_type(), &at)?);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::io("read", &at, &error)),
        }
    }
    Ok(present)
}

/// What is there.
fn found(kind: FileType, at: &Path) -> Result<Present, Failure> {
    Ok(if kind.is_dir() {
        Present::Folder
    } else if kind.is_file() {
        let read = fs::read(at);
        Present::File(read.map_err(|error| Failure::io("read", at, &error))?)
    } else if kind.is_symlink() {
        Present::Other("a link")
    } else {
        Present::Other("neither a file nor a folder")
    })
}

/// Makes sure that only the command's own files will be replaced or removed, and that every file
/// can be put where it belongs.
pub(crate) fn check_changes(
    src: &Path,
    present: &BTreeMap<String, Present>,
    changes: &Changes,
    owner: &Owner,
) -> Result<(), Failure> {
    let mut refused = BTreeMap::new();
    for (path, wanted) in changes {
        match present.get(path) {
            Some(Present::Other(what)) => {
                refused.insert(path.clone(), *what);
            }
            Some(Present::Folder) => {
                refused.insert(path.clone(), "a folder where a file belongs");
            }
            Some(Present::File(text)) => {
                if let Some((header, foreign)) = owner.header
                    && !text.starts_with(header)
                    && !is_staged(path, owner.end)
                {
                    refused.insert(path.clone(), foreign);
                }
            }
            None => {}
        }
        if !wanted {
            continue;
        }
        let staged = format!("{path}{STAGED}");
        if let Some(Present::Folder) = present.get(&staged) {
            refused.insert(staged, "a folder where a file will be for a moment");
        }
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if let Some(Present::File(_)) = present.get(folder) {
                refused.insert(folder.to_owned(), "a file where a folder belongs");
            }
        }
    }
    if refused.is_empty() {
        return Ok(());
    }
    let named: Vec<_> = refused
        .iter()
        .map(|(path, what)| format!("{} ({what})", src.join(path).display()))
        .collect();
    Err(Failure::found(format!(
        "error: {}: {}\n  help: move or delete it; nothing was written",
        owner.refusal,
        named.join(", "),
    )))
}

/// Whether a file is one that [`write`] made and, being stopped, left behind: its text may end
/// anywhere.
fn is_staged(path: &str, end: &str) -> bool {
    path.strip_suffix(STAGED)
        .is_some_and(|path| path.ends_with(end))
}

/// Writes what changed, each file by a rename, then removes what is stale.
pub(crate) fn write(src: &Path, wanted: &Files, changes: &Changes) -> Result<(), Failure> {
    let paths = changes.iter().filter(|(_, wanted)| **wanted);
    let staged: Vec<_> = paths
        .map(|(path, _)| {
            let text = wanted.get(path).map(String::as_str).unwrap_or_default();
            (src.join(format!("{path}{STAGED}")), src.join(path), text)
        })
        .collect();
    if let Err(failure) = replace(&staged) {
        for (from, ..) in &staged {
            let _ = fs::remove_file(from);
            remove_empty(src, from.parent());
        }
        return Err(failure);
    }
    for (path, _) in changes.iter().filter(|(_, wanted)| !**wanted) {
        let path = src.join(path);
        remove(&path).map_err(|error| Failure::io("remove", &path, &error))?;
        remove_empty(src, path.parent());
    }
    Ok(())
}

/// Writes one file of a folder, if nothing that isn't a file stands in the way.
pub(crate) fn write_one(path: &Path, text: &str, owner: &Owner) -> Result<(), Failure> {
    let (folder, name) = (
        path.parent(),
        path.file_name().and_then(|name| name.to_str()),
    );
    let (Some(folder), Some(name)) = (folder, name) else {
        return Err(Failure::usage(format!(
            "error: {} is no file",
            path.display()
        )));
    };
    let wanted = Files::from([(name.to_owned(), text.to_owned())]);
    let changes = Changes::from([(name.to_owned(), true)]);
    check_changes(folder, &read_one(folder, name)?, &changes, owner)?;
    write(folder, &wanted, &changes)
}

/// Puts texts at their first paths, then renames these to the second.
fn replace(staged: &[(PathBuf, PathBuf, &str)]) -> Result<(), Failure> {
    // All texts are on disk before the first file is replaced: a full disk changes nothing.
    for (from, _, text) in staged {
        let folder = from.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder
            .and_then(|()| remove(from))
            .and_then(|()| File::create_new(from))
            .and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| Failure::io("write", from, &error))?;
    }
    for (from, to, _) in staged {
        fs::rename(from, to).map_err(|error| Failure::io("replace", to, &error))?;
    }
    Ok(())
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Removes folders that a removal left empty, up to `src`.
fn remove_empty(src: &Path, mut folder: Option<&Path>) {
    while let Some(empty) = folder.filter(|folder| *folder != src) {
        if fs::remove_dir(empty).is_err() {
            return;
        }
        folder = empty.parent();
    }
}
