//! The two sides of a comparison: where each comes from, and what it says.

use std::path::{Path, PathBuf};

use alibabacloud_codegen::import::Metadata;
use alibabacloud_codegen::model::Api;
use alibabacloud_codegen::review::Side;
use alibabacloud_codegen::{Problem, Problems, Sources};

use super::git;
use crate::messages::{Told, counted};
use crate::{Failure, description, shown};

/// What the folder as it is is called.
pub(super) const WORKING_TREE: &str = "working tree";

/// Where a side comes from.
#[derive(Debug)]
pub(super) enum State {
    /// A folder, by its name for people.
    Folder(PathBuf, String),
    /// The vendor's metadata.
    Metadata(PathBuf),
    /// A revision of a repository, and a folder in it where that is named too.
    Revision(String, Option<String>),
}

/// A side that has been read.
pub(super) struct Read {
    pub(super) api: Api,
    pub(super) side: Side,
}

/// The texts of a side.
struct Texts {
    sources: Sources,
    side: Side,
    /// The metadata that they were imported from: decisions may be missing then.
    metadata: Option<Vec<u8>>,
}

impl State {
    /// The folder as it is.
    pub(super) fn working_tree(spec: &Path) -> Self {
        Self::Folder(spec.to_owned(), WORKING_TREE.to_owned())
    }

    /// What somebody names: what is there as a file or folder, otherwise a revision.
    pub(super) fn named(name: &str, spec: &Path) -> Result<Self, Failure> {
        let path = Path::new(name);
        if path.is_dir() {
            // The folder of all products is taken for the one that is meant.
            let product = spec.file_name().map(|product| path.join(product));
            let product = product.filter(|product| product.join("openapi.yaml").is_file());
            let inside = product.filter(|_| !path.join("openapi.yaml").is_file());
            return Ok(Self::Folder(
                inside.unwrap_or_else(|| path.to_owned()),
                name.to_owned(),
            ));
        }
        if path.is_file() {
            let folder = path.parent().unwrap_or(path);
            return Ok(if path.file_stem().is_some_and(|stem| stem == "openapi") {
                Self::Folder(folder.to_owned(), folder.display().to_string())
            } else {
                Self::Metadata(path.to_owned())
            });
        }
        if name.is_empty() || name.starts_with('-') {
            return Err(Failure::environment(format!(
                "error: `{name}` is no revision\n  help: name a git revision, a folder or an api-docs.json"
            )));
        }
        Ok(match name.split_once(':') {
            Some((revision, folder)) => {
                Self::Revision(revision.to_owned(), Some(folder.to_owned()))
            }
            None => Self::Revision(name.to_owned(), None),
        })
    }

    /// The texts of a description; of metadata there are none yet.
    fn texts(&self, spec: &Path) -> Result<Option<Texts>, Failure> {
        let (sources, side) = match self {
            Self::Metadata(_) => return Ok(None),
            Self::Folder(path, name) => (description::read(path)?, folder(path, name)),
            Self::Revision(revision, folder) => {
                let (sources, folder) = git::read(revision, folder.as_deref(), spec)?;
                let name = revision.clone();
                (sources, Side { name, folder })
            }
        };
        Ok(Some(Texts {
            sources,
            side,
            metadata: None,
        }))
    }
}

/// The side that a folder is.
pub(super) fn folder(path: &Path, name: &str) -> Side {
    Side {
        name: name.to_owned(),
        folder: format!("{}/", shown(path)),
    }
}

/// Reads both sides. What is wrong with either is told of both at once.
pub(super) fn read(old: State, new: State, spec: &Path) -> Result<(Read, Read), Failure> {
    let (mut old_texts, mut new_texts) = (old.texts(spec)?, new.texts(spec)?);
    if let State::Metadata(path) = &old {
        old_texts = Some(imported(path, new_texts.as_ref(), spec)?);
    }
    if let State::Metadata(path) = &new {
        let decided = old_texts.as_ref().filter(|texts| texts.metadata.is_none());
        new_texts = Some(imported(path, decided, spec)?);
    }
    let mut wrong = Wrong::default();
    let mut read = |which, texts: Option<Texts>| {
        let texts = texts?;
        let read = lowered(&texts);
        read.map_err(|problems| wrong.add(which, texts, &problems))
            .ok()
    };
    match (read("OLD", old_texts), read("NEW", new_texts)) {
        (Some(old), Some(new)) => Ok((old, new)),
        _ => Err(wrong.failure()),
    }
}

/// What is wrong with either side, each file under a path that tells the side.
#[derive(Default)]
struct Wrong {
    sources: Sources,
    problems: Vec<Problem>,
    counts: Vec<String>,
}

impl Wrong {
    fn add(&mut self, which: &str, texts: Texts, problems: &Problems) {
        let Side { name, folder } = texts.side;
        let count = counted(problems.as_slice());
        self.counts.push(format!("{which}, {name}: {count}"));
        // What was made in memory isn't anywhere.
        let folder = match texts.metadata {
            None => folder,
            Some(_) => format!("{name} as it is imported: "),
        };
        let of_side = |file: &str| format!("{folder}{file}");
        for problem in problems {
            let mut problem = problem.clone();
            problem.location.file = of_side(&problem.location.file);
            self.problems.push(problem);
        }
        let files = texts.sources.into_iter();
        self.sources
            .extend(files.map(|(file, text)| (of_side(&file), text)));
    }

    fn failure(self) -> Failure {
        let told = Told::new(Path::new(""), self.sources, self.problems);
        Failure::found(self.counts.join("\n")).with(told)
    }
}

/// Reads one side alone.
pub(super) fn read_one(state: &State, spec: &Path) -> Result<Read, Failure> {
    let texts = match state {
        State::Metadata(path) => imported(path, None, spec)?,
        State::Folder(..) | State::Revision(..) => match state.texts(spec)? {
            Some(texts) => texts,
            None => return Err(Failure::found("error: there are no texts")),
        },
    };
    lowered(&texts).map_err(|problems| {
        let folder = Path::new(&texts.side.folder);
        description::rejected(folder, texts.sources.clone(), &problems)
    })
}

fn lowered(texts: &Texts) -> Result<Read, Problems> {
    let Texts {
        sources,
        side,
        metadata,
    } = texts;
    let api = match metadata {
        None => alibabacloud_codegen::model(sources)?,
        Some(metadata) => {
            let mut api = alibabacloud_codegen::undecided_model(sources)?;
            alibabacloud_codegen::locate(&mut api, &side.name, metadata)?;
            api
        }
    };
    Ok(Read {
        api,
        side: side.clone(),
    })
}

/// Metadata as the description that an import would make of it. Decisions are those of the other
/// side, where that has any, otherwise those of the working tree.
fn imported(path: &Path, other: Option<&Texts>, spec: &Path) -> Result<Texts, Failure> {
    let name = path.display().to_string();
    let nowhere = Path::new("");
    let text = description::text(path)?;
    let files = [(name.clone(), text)];
    let metadata = Metadata::read(&files, false).map_err(|problems| {
        description::rejected(nowhere, Sources::from(files.clone()), &problems)
    })?;
    let base = match other {
        Some(texts) => texts.sources.clone(),
        None if spec.is_dir() => description::read(spec)?,
        None => Sources::new(),
    };
    let imported = metadata
        .import(&base)
        .map_err(|problems| description::rejected(nowhere, base.clone(), &problems))?;
    let sources = imported.files.into_iter();
    let sources = sources.map(|(path, text)| (path, text.into_bytes()));
    let [(_, text)] = files;
    Ok(Texts {
        sources: sources.collect(),
        side: Side {
            name,
            folder: String::new(),
        },
        metadata: Some(text),
    })
}
