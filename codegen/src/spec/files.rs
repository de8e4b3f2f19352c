//! The files of a description, and which of them is its entry.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::grammar::Part;
use super::parse::{self, Budget, MOST_BYTES};
use super::report::{self, Report, code};
use super::tree::{Node, Place};
use crate::problem::Code;
use crate::{Sources, parallel};

const ENTRIES: [&str; 3] = ["openapi.yaml", "openapi.yml", "openapi.json"];

/// A file that could be read.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) root: Node,
}

/// All files that could be read, by their paths.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) entry: String,
    files: BTreeMap<String, File>,
}

impl Files {
    /// Reads all texts. What can't be read is reported, and missing here.
    pub(crate) fn read(sources: &Sources, report: &mut Report) -> Self {
        let files = side_by_side(sources).unwrap_or_else(|| in_order(sources, report));
        Self {
            entry: entry(sources, report).to_owned(),
            files,
        }
    }

    pub(crate) fn get(&self, file: &str) -> Option<&File> {
        self.files.get(file)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &File)> {
        self.files.iter()
    }

    /// What the root of a file is: the entry is the document, any other file a path item.
    pub(crate) fn root_part(&self, file: &str) -> Part {
        if file == self.entry {
            Part::Document
        } else {
            Part::PathItem
        }
    }
}

/// Reads all texts on all cores; none where anything is wrong, to be reported in the files' order.
fn side_by_side(sources: &Sources) -> Option<BTreeMap<String, File>> {
    let spent = AtomicUsize::new(0);
    let sources: Vec<_> = sources.iter().collect();
    let read = parallel::map(&sources, |(file, bytes)| {
        let mut report = Report::default();
        let mut budget = Budget::after(spent.load(Ordering::Relaxed))?;
        let before = budget.spent();
        let text = text(file, bytes, &mut report)?;
        let root = parse::parse(file, text, &mut budget, &mut report)?;
        spent.fetch_add(budget.spent() - before, Ordering::Relaxed);
        report.is_empty().then(|| ((*file).clone(), File { root }))
    });
    // Files that were read at the same time knew nothing of each other.
    Budget::after(spent.into_inner())?;
    read.into_iter().collect()
}

fn in_order(sources: &Sources, report: &mut Report) -> BTreeMap<String, File> {
    let mut budget = Budget::new();
    let mut files = BTreeMap::new();
    for (file, bytes) in sources {
        let Some(text) = text(file, bytes, report) else {
            continue;
        };
        if let Some(root) = parse::parse(file, text, &mut budget, report) {
            files.insert(file.clone(), File { root });
        }
    }
    files
}

/// Whether a file has the name of an entry.
pub(crate) fn is_entry(file: &str) -> bool {
    ENTRIES.contains(&file)
}

fn entry(sources: &Sources, report: &mut Report) -> &'static str {
    let mut entries = ENTRIES
        .into_iter()
        .filter(|name| sources.contains_key(*name));
    let Some(entry) = entries.next() else {
        let help = "add it; the paths of all other files are relative to its folder";
        let location = report::file_location(ENTRIES[0]);
        report.add(location, Code::NO_ENTRY, "there is no `openapi.yaml`", help);
        return ENTRIES[0];
    };
    for second in entries {
        let message = format!("{} is an entry beside {}", code(second), code(entry));
        report.add(
            report::file_location(second),
            Code::SECOND_ENTRY,
            message,
            "keep one of the two",
        );
    }
    entry
}

/// The text of a file; none where it is too large or isn't UTF-8, which is then reported.
pub(crate) fn text<'b>(file: &str, bytes: &'b [u8], report: &mut Report) -> Option<&'b str> {
    if bytes.len() > MOST_BYTES {
        let message = format!("the file has more than {} MiB", MOST_BYTES >> 20);
        report.add(
            report::file_location(file),
            Code::TOO_LARGE,
            message,
            "split it",
        );
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let offset = error.valid_up_to();
            let message = format!("byte {offset} of the file is not UTF-8");
            let location = report::location(file, place_of(bytes, offset), "");
            report.add(location, Code::NOT_UTF8, message, "save the file as UTF-8");
            None
        }
    }
}

/// The place of the byte at `offset`; all before it is UTF-8.
fn place_of(bytes: &[u8], offset: usize) -> Place {
    let before = String::from_utf8_lossy(bytes.get(..offset).unwrap_or_default());
    // As YAML has it, a carriage return ends a line, too.
    let lines = before.replace("\r\n", "\n");
    let line = 1 + lines.matches(['\n', '\r']).count();
    let last = lines.rsplit(['\n', '\r']).next().unwrap_or_default();
    Place {
        line,
        column: 1 + last.chars().count(),
    }
}
