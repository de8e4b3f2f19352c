//! Follows every `$ref`: that its file and its target are there, and of the kind that is wanted.

use std::collections::BTreeSet;

use super::check::Reference;
use super::files::{Files, is_entry};
use super::grammar::{Part, part_at};
use super::pointer;
use super::report::{self, Report, code, did_you_mean};
use super::tree::Node;
use crate::Sources;
use crate::problem::{Code, Location};

/// A `$ref` that leads somewhere.
#[derive(Debug)]
pub(crate) struct Edge {
    pub(crate) from: Location,
    pub(crate) wanted: Part,
    pub(crate) to: Target,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    pub(crate) file: String,
    pub(crate) pointer: String,
}

/// Why the text of a `$ref` can't be followed, and what to do.
type Fault = (Code, &'static str, &'static str);

const REMOTE: Fault = (
    Code::REFERENCE_OUTSIDE,
    "leads out to the network or the file system",
    "copy what it leads to into `components`, and refer to that",
);
const OUTSIDE: Fault = (
    Code::REFERENCE_OUTSIDE,
    "leaves the folder of the description",
    "move the file into the folder, and refer to it there",
);
const ANCHOR: Fault = (
    Code::REFERENCE_SYNTAX,
    "is no path to a place",
    "write `#/` and the keys that lead there, such as `#/components/schemas/Name`",
);
const SLASHES: Fault = (
    Code::REFERENCE_SYNTAX,
    "has a backslash in its path",
    "write `/` between folders",
);

/// Where the text of a `$ref` in `file` leads, be it there or not.
pub(crate) fn target(file: &str, text: &str) -> Result<Target, Fault> {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    if path.contains('\\') {
        return Err(SLASHES);
    }
    if path.starts_with('/') || has_scheme(path) {
        return Err(REMOTE);
    }
    if text.is_empty() || !(fragment.is_empty() || fragment.starts_with('/')) {
        return Err(ANCHOR);
    }
    let pointer = percent_decoded(fragment).ok_or(ANCHOR)?;
    let file = if path.is_empty() {
        file.to_owned()
    } else {
        join(file, path).ok_or(OUTSIDE)?
    };
    Ok(Target { file, pointer })
}

fn has_scheme(path: &str) -> bool {
    path.split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains('/'))
}

/// A path relative to the folder of `file`; `None` where it leaves the root.
fn join(file: &str, path: &str) -> Option<String> {
    let mut steps: Vec<&str> = file.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop()?;
            }
            name => steps.push(name),
        }
    }
    Some(steps.join("/"))
}

fn percent_decoded(fragment: &str) -> Option<String> {
    if !fragment.contains('%') {
        return Some(fragment.to_owned());
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// Checks all references, and gives those that lead to what they want.
pub(crate) fn check(
    references: Vec<Reference>,
    sources: &Sources,
    files: &Files,
    report: &mut Report,
) -> Vec<Edge> {
    let mut edges = Vec::new();
    for Reference {
        location,
        text,
        wanted,
    } in references
    {
        if report.is_full() {
            break;
        }
        let to = match target(&location.file, &text) {
            Ok(to) => to,
            Err((fault, message, help)) => {
                report.add(
                    location,
                    fault,
                    format!("the `$ref` {} {message}", code(&text)),
                    help,
                );
                continue;
            }
        };
        let Some(file) = files.get(&to.file) else {
            // A file that is there but isn't in `files` couldn't be read, which is reported.
            if !sources.contains_key(&to.file) {
                let message = format!("there is no file {}", code(&to.file));
                let help = did_you_mean(&to.file, sources.keys().map(|name| &**name), || {
                    "add the file, or take the `$ref` out".to_owned()
                });
                report.add(location, Code::MISSING_FILE, message, help);
            }
            continue;
        };
        if let Some((code, message, help)) =
            fault(&file.root, files.root_part(&to.file), &to, wanted)
        {
            report.add(location, code, message, help);
            continue;
        }
        edges.push(Edge {
            from: location,
            wanted,
            to,
        });
    }
    edges
}

fn fault(
    root: &Node,
    root_part: Part,
    to: &Target,
    wanted: Part,
) -> Option<(Code, String, String)> {
    let whole_file = to.pointer.is_empty() && root_part == Part::PathItem;
    if whole_file && wanted != Part::PathItem {
        let message = format!("{wanted} can't have a file of its own");
        let help = "move it into `components` of the entry, and refer to it there".to_owned();
        return Some((Code::REFERENCE_NOT_FOLLOWED, message, help));
    }
    if !whole_file && wanted == Part::PathItem {
        let message = "a path item must be a whole file, or be written out".to_owned();
        let help = "refer to a file, such as `operations/Name.yaml`".to_owned();
        return Some((Code::REFERENCE_NOT_FOLLOWED, message, help));
    }
    if pointer::find(root, &to.pointer).is_none() {
        return Some(missing(root, to));
    }
    let found = part_at(root_part, &to.pointer);
    if found != Some(wanted) {
        let found = found.map_or("something else".to_owned(), |part| part.to_string());
        let message = format!(
            "the `$ref` must lead to {wanted}, but {} is {found}",
            place(to)
        );
        let help = format!("refer to {wanted}");
        return Some((Code::WRONG_TARGET, message, help));
    }
    None
}

/// A target as a message names it.
pub(crate) fn place(to: &Target) -> String {
    code(&format!("{}#{}", to.file, to.pointer))
}

fn missing(root: &Node, to: &Target) -> (Code, String, String) {
    let mut node = root;
    for token in pointer::tokens(&to.pointer) {
        if let Some((_, next)) = pointer::step(node, &token) {
            node = next;
            continue;
        }
        let names = node
            .mapping()
            .into_iter()
            .flat_map(|members| members.keys());
        let message = format!("there is no {} for the `$ref`", place(to));
        let help = did_you_mean(&token, names.map(|name| &**name), || {
            format!("add {}, or refer to something that is there", code(&token))
        });
        return (Code::DANGLING_REFERENCE, message, help);
    }
    (
        Code::DANGLING_REFERENCE,
        format!("there is no {}", place(to)),
        "refer to what is there".to_owned(),
    )
}

/// Reports files that nothing leads to: most likely an entry that was forgotten.
pub(crate) fn unused(
    mentioned: &BTreeSet<String>,
    sources: &Sources,
    entry: &str,
    report: &mut Report,
) {
    let forgotten = |file: &&String| !is_entry(file) && !mentioned.contains(*file);
    for file in sources.keys().filter(forgotten) {
        let message = format!("nothing refers to {}", code(file));
        let help = format!("add it to `paths` of `{entry}` by `$ref: {file}`, or remove the file");
        report.add(
            report::file_location(file),
            Code::UNUSED_FILE,
            message,
            help,
        );
    }
}
