//! Examples of explanations: parts of a small description that is otherwise in order.

use std::fmt;

use crate::Sources;

/// What an example is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// Keys of the one operation; those that it lacks are added.
    Operation,
    /// Keys of the entry; those that it lacks are added.
    Entry,
    /// Whole files.
    Files,
    /// The vendor's metadata.
    Metadata,
}

/// A text that shows a problem, or how it is mended. Lines of the form `#: path` begin further files.
#[derive(Debug)]
pub struct Example {
    frame: Frame,
    text: &'static str,
}

const ENTRY: &str = "openapi.yaml";
const OPERATION: &str = "operations/DoThing.yaml";
const METADATA: &str = "api-docs.json";

/// The keys of an entry, for an example that doesn't have them.
const ENTRY_KEYS: &[&str] = &[
    "openapi: 3.0.3\n",
    "info: {title: Example, version: \"2024-01-01\"}\n",
    "x-acs-style: RPC\n",
    "x-acs-product: Example\n",
    "x-acs-version: \"2024-01-01\"\n",
    "servers:\n  - url: https://example.{region}.example.com\n    variables: {region: {default: one}}\n",
    "tags:\n  - {name: Things, description: What this service is about.}\n",
    "paths:\n  /#DoThing: {$ref: operations/DoThing.yaml}\n",
];

/// The same for an operation.
const OPERATION_KEYS: &[&str] = &[
    "operationId: DoThing\n",
    "tags: [Things]\n",
    "summary: Repairs what is broken.\n",
    "x-acs-retry: send\n",
    "responses:\n  \"200\":\n    description: It is done.\n    content:\n      application/json:\n        schema:\n          type: object\n          properties:\n            RequestId: {type: string, description: Identifies the call.}\n",
];

impl Example {
    pub(super) const fn operation(text: &'static str) -> Option<Self> {
        Self::new(Frame::Operation, text)
    }

    pub(super) const fn entry(text: &'static str) -> Option<Self> {
        Self::new(Frame::Entry, text)
    }

    pub(super) const fn files(text: &'static str) -> Option<Self> {
        Self::new(Frame::Files, text)
    }

    pub(super) const fn metadata(text: &'static str) -> Option<Self> {
        Self::new(Frame::Metadata, text)
    }

    const fn new(frame: Frame, text: &'static str) -> Option<Self> {
        Some(Self { frame, text })
    }

    /// Whether it is metadata, for an import, and no description.
    pub fn is_metadata(&self) -> bool {
        self.frame == Frame::Metadata
    }

    /// Whole files with the example in them.
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::new();
        let mut put = |path: &str, text: String| sources.insert(path.to_owned(), text.into_bytes());
        let (main, files) = parts(self.text);
        match self.frame {
            Frame::Operation => {
                put(ENTRY, completed("", ENTRY_KEYS));
                let indented = completed(main, OPERATION_KEYS).replace('\n', "\n  ");
                put(OPERATION, format!("post:\n  {}\n", indented.trim_end()));
            }
            Frame::Entry => {
                put(ENTRY, completed(main, ENTRY_KEYS));
                let operation = completed("", OPERATION_KEYS).replace('\n', "\n  ");
                put(OPERATION, format!("post:\n  {}\n", operation.trim_end()));
            }
            Frame::Files => {}
            Frame::Metadata => {
                put(METADATA, main.to_owned());
            }
        }
        for (path, text) in files {
            if path == ENTRY && matches!(self.frame, Frame::Operation | Frame::Entry) {
                put(path, completed(text, ENTRY_KEYS));
            } else {
                put(path, text.to_owned());
            }
        }
        sources
    }
}

/// The text before the first line that names a file, and the files after it.
fn parts(text: &str) -> (&str, Vec<(&str, &str)>) {
    const MARK: &str = "#: ";
    let (main, rest) = match text.strip_prefix(MARK) {
        Some(rest) => ("", rest),
        None => match text.split_once("\n#: ") {
            Some((main, rest)) => (main, rest),
            None => return (text, Vec::new()),
        },
    };
    let files = rest.split("\n#: ").map(|part| {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        (path, text)
    });
    (main, files.collect())
}

/// A text with those keys that it lacks.
fn completed(text: &str, keys: &[&str]) -> String {
    let mut whole = text.trim_end().to_owned();
    if !whole.is_empty() {
        whole.push('\n');
    }
    for key in keys {
        let name = key.split(':').next().unwrap_or_default();
        let there = |line: &str| {
            line.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(':'))
        };
        if !text.lines().any(there) {
            whole.push_str(key);
        }
    }
    whole
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (main, files) = parts(self.text);
        let within = match self.frame {
            Frame::Operation => "in an operation",
            Frame::Entry => ENTRY,
            Frame::Files => "",
            Frame::Metadata => METADATA,
        };
        let main = (!main.is_empty()).then_some((within, main));
        for (path, text) in main.into_iter().chain(files) {
            writeln!(f, "    # {path}")?;
            for line in text.trim_end().lines() {
                writeln!(f, "    {line}")?;
            }
        }
        Ok(())
    }
}
