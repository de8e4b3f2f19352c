//! From the vendor's metadata to descriptions: facts follow the vendor, words stay ours.
//!
//! Texts in, files and a report out, like the generator.
//!
//! ```text
//! metadata ──read──▶ facts ──merge──▶ facts ─┐
//! description ──read──▶ trees with comments ─┴─weave──▶ trees ──print──▶ files
//! ```

mod comments;
mod counts;
mod facts;
mod fit;
mod merge;
mod metadata;
mod order;
mod report;
mod show;
mod tree;
mod weave;
mod yaml;

use std::collections::BTreeMap;

use crate::problem::{Code, Problems};
use crate::{Files, Sources, spec};
pub use counts::Counts;
use facts::Facts;
pub use report::{Line, Report, Section};
use weave::{File, Written};

/// What the metadata of a product says, of one file or of several, in the order of these.
#[derive(Debug)]
pub struct Metadata {
    facts: Facts,
    report: Report,
}

/// What an import makes.
#[derive(Debug)]
pub struct Imported {
    /// The files of the description, all of them, by their paths in the folder of the product.
    pub files: Files,
    /// What there is to tell.
    pub report: Report,
}

impl Metadata {
    /// Reads files that are named as problems will name them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them; what can't be described yet too, unless operations with
    /// such are to be skipped.
    pub fn read(files: &[(String, Vec<u8>)], skip_unsupported: bool) -> Result<Self, Problems> {
        let mut report = Report::default();
        let mut problems = spec::report::Report::default();
        let mut merged: Option<Facts> = None;
        for (name, bytes) in files {
            let facts = match metadata::read(name, bytes, skip_unsupported, &mut report) {
                Ok(facts) => facts,
                Err(found) => {
                    problems.append(&found);
                    continue;
                }
            };
            let Some(merged) = &mut merged else {
                merged = Some(facts);
                continue;
            };
            let same = merged.product.eq_ignore_ascii_case(&facts.product)
                && merged.version == facts.version;
            if same {
                merge::merge(merged, facts, &mut report);
            } else {
                let message = format!(
                    "this file is about {} {}, the one before about {} {}",
                    facts.product, facts.version, merged.product, merged.version
                );
                let help = "import one product in one version at a time";
                problems.add(
                    spec::report::file_location(name),
                    Code::ANOTHER_PRODUCT,
                    message,
                    help,
                );
            }
        }
        problems.conclude()?;
        let mut facts = merged.unwrap_or_default();
        facts.prune();
        Ok(Self { facts, report })
    }

    /// The folder of the product among descriptions: its code in lower case.
    pub fn folder(&self) -> String {
        self.facts.product.to_lowercase()
    }

    /// How much the files say.
    pub fn counts(&self) -> Counts {
        self.facts.counts()
    }

    /// Weaves the facts into the description in the folder of the product; without files there, it
    /// is made anew.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the form of the description.
    pub fn import(self, sources: &Sources) -> Result<Imported, Problems> {
        let Self { facts, mut report } = self;
        let written = written(sources)?;
        if let Some(written) = &written {
            check_product(written, &facts)?;
        }
        let files = weave::weave(&facts, written.as_ref(), &mut report);
        Ok(Imported { files, report })
    }
}

/// Reads metadata and weaves it into a description: [`Metadata::read`] and [`Metadata::import`].
///
/// # Errors
///
/// As these.
pub fn import(
    sources: &Sources,
    metadata: &[(String, Vec<u8>)],
    skip_unsupported: bool,
) -> Result<Imported, Problems> {
    Metadata::read(metadata, skip_unsupported)?.import(sources)
}

/// The description as it is; none where there are no files.
fn written(sources: &Sources) -> Result<Option<Written>, Problems> {
    if sources.is_empty() {
        return Ok(None);
    }
    let loaded = spec::read(sources)?;
    let mut problems = spec::report::Report::default();
    let mut files = BTreeMap::new();
    for (path, bytes) in sources {
        if path.ends_with(".json") {
            let message = "what an import writes is YAML";
            let help = "save the file as `.yaml`, and refer to it by that name";
            problems.add(
                spec::report::file_location(path),
                Code::DESCRIPTION_IS_JSON,
                message,
                help,
            );
        }
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        match (loaded.node(path, ""), spec::comments::comments(text)) {
            (Some(root), Some(comments)) => {
                let (root, trailing) = comments::attach(root, comments);
                files.insert(path.clone(), File { root, trailing });
            }
            (Some(_), None) => {
                let message = "there are more comments in a row than can be kept";
                let help = "shorten them";
                problems.add(
                    spec::report::file_location(path),
                    Code::TOO_LARGE,
                    message,
                    help,
                );
            }
            (None, _) => {}
        }
    }
    problems.conclude()?;
    Ok(Some(Written {
        entry: loaded.entry().to_owned(),
        files,
    }))
}

/// A description of another product, or of another version, isn't overwritten.
fn check_product(written: &Written, facts: &Facts) -> Result<(), Problems> {
    let mut problems = spec::report::Report::default();
    let entry = written.files.get(&written.entry);
    let says = |key: &str| entry?.root.get(key)?.text();
    for (key, ours, theirs) in [
        ("x-acs-product", says("x-acs-product"), &facts.product),
        ("x-acs-version", says("x-acs-version"), &facts.version),
    ] {
        if let Some(ours) = ours
            && !ours.eq_ignore_ascii_case(theirs)
        {
            let message = format!("`{key}` is {ours} here, and {theirs} in the metadata");
            let help = "import into the description of the same product and version, or move this one away";
            problems.add(
                spec::report::file_location(&written.entry),
                Code::ANOTHER_PRODUCT,
                message,
                help,
            );
        }
    }
    problems.conclude().map(drop)
}

/// The path of a field of something.
fn below(path: &str, name: &str) -> String {
    if path == "response" {
        format!("response {name}")
    } else {
        format!("{path}.{name}")
    }
}
