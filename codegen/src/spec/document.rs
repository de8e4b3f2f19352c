//! The description as the lowering reads it: openapiv3's structures, each with its place.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Loaded, Operation, Schema, pointer};
use crate::problem::{Code, Location, Problem, Problems};
use crate::{Sources, parallel};

/// More hops than any sound chain of references has.
const MOST_HOPS: usize = 32;

/// Where something stands: a file and a JSON pointer within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(super) file: String,
    pub(super) pointer: String,
}

impl Place {
    pub(crate) fn child(&self, key: &str) -> Self {
        let mut child = self.clone();
        pointer::push_key(&mut child.pointer, key);
        child
    }

    pub(crate) fn item(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }
}

/// A clean description, read.
pub(crate) struct Document {
    pub(super) loaded: Loaded,
    pub(super) entry: OpenAPI,
    /// The operation files that `paths` refers to.
    items: BTreeMap<String, PathItem>,
}

impl Document {
    /// Reads and checks a description.
    pub(crate) fn read(sources: &Sources) -> Result<Self, Problems> {
        let loaded = super::read(sources)?;
        let entry: OpenAPI = parse(&loaded, loaded.entry())?;
        let references = entry.paths.paths.values().filter_map(|item| match item {
            ReferenceOr::Reference { reference } => loaded.resolve(loaded.entry(), reference),
            ReferenceOr::Item(_) => None,
        });
        let files: Vec<_> = references.map(|(file, _)| file).collect();
        let items = parallel::map(&files, |file| Ok((file.clone(), parse(&loaded, file)?)));
        let items = items.into_iter().collect::<Result<_, Problems>>()?;
        Ok(Self {
            loaded,
            entry,
            items,
        })
    }

    /// The trees of its files.
    pub(crate) fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// What is right in itself, but isn't carried.
    pub(crate) fn lost(&self) -> Vec<Problem> {
        self.loaded.lost.clone()
    }

    /// What stands at a place, references to a section of `components` followed.
    pub(super) fn follow<'d, T>(
        &'d self,
        mut item: &'d ReferenceOr<T>,
        mut place: Place,
        section: &str,
        components: fn(&Components) -> &IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'d T, Place)> {
        for _ in 0..MOST_HOPS {
            let reference = match item {
                ReferenceOr::Item(item) => return Some((item, place)),
                ReferenceOr::Reference { reference } => reference,
            };
            let (file, pointer) = self.loaded.resolve(&place.file, reference)?;
            let name = pointer.strip_prefix(&format!("/components/{section}/"))?;
            item = components(self.entry.components.as_ref()?).get(name)?;
            place = Place { file, pointer };
        }
        None
    }

    pub(crate) fn location(&self, place: &Place) -> Location {
        self.loaded.location(&place.file, &place.pointer)
    }

    pub(crate) fn root(&self) -> Place {
        Place {
            file: self.loaded.entry().to_owned(),
            pointer: String::new(),
        }
    }

    pub(crate) fn title(&self) -> &str {
        &self.entry.info.title
    }

    pub(crate) fn description(&self) -> Option<&str> {
        self.entry.info.description.as_deref()
    }

    /// A string among the extensions of the root.
    pub(crate) fn extension(&self, name: &str) -> Option<&str> {
        self.entry.extensions.get(name)?.as_str()
    }

    /// The first server's URL, and the defaults of its variables.
    pub(crate) fn server(&self) -> Option<(&str, BTreeMap<&str, &str>)> {
        let server = self.entry.servers.first()?;
        let variables = server.variables.iter().flatten();
        let defaults = variables.map(|(name, variable)| (name.as_str(), variable.default.as_str()));
        Some((&server.url, defaults.collect()))
    }

    /// The declared tags, with their places.
    pub(crate) fn tags(&self) -> impl Iterator<Item = (&str, Option<&str>, Place)> {
        let place = self.root().child("tags");
        let tags = self.entry.tags.iter().enumerate();
        tags.map(move |(at, tag)| {
            (
                tag.name.as_str(),
                tag.description.as_deref(),
                place.item(at),
            )
        })
    }

    /// The shared schemas, by name.
    pub(crate) fn schemas(&self) -> Vec<(&str, Schema<'_>)> {
        let place = self.root().child("components").child("schemas");
        let schemas = self
            .entry
            .components
            .iter()
            .flat_map(|components| &components.schemas);
        schemas
            .map(|(name, schema)| (name.as_str(), Schema::new(self, schema, place.child(name))))
            .collect()
    }

    /// Every operation, in the order of `paths`.
    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let paths = self.root().child("paths");
        let mut operations = Vec::new();
        for (path, item) in &self.entry.paths.paths {
            let (item, place) = match item {
                ReferenceOr::Item(item) => (item, paths.child(path)),
                ReferenceOr::Reference { reference } => {
                    let resolved = self.loaded.resolve(self.loaded.entry(), reference);
                    let Some((file, pointer)) = resolved else {
                        continue;
                    };
                    let Some(item) = self.items.get(&file) else {
                        continue;
                    };
                    (item, Place { file, pointer })
                }
            };
            let operation =
                |(method, object)| Operation::new(self, object, path, method, place.child(method));
            operations.extend(item.iter().map(operation));
        }
        operations
    }
}

/// Parses a text that the checks have passed. An error here is a gap in them, and is reported as any
/// other.
fn parse<T: DeserializeOwned>(loaded: &Loaded, file: &str) -> Result<T, Problems> {
    serde_yaml::from_value(loaded.value(file)).map_err(|error| {
        let problem = Problem {
            location: loaded.location(file, ""),
            code: Code::NOT_OPENAPI,
            message: format!("not OpenAPI 3.0: {error}"),
            help: "compare the file with https://spec.openapis.org/oas/v3.0.3".to_owned(),
        };
        Problems::from(problem)
    })
}

pub(super) fn pairs(extensions: &IndexMap<String, Value>) -> Vec<(&str, &Value)> {
    extensions
        .iter()
        .map(|(name, value)| (name.as_str(), value))
        .collect()
}
