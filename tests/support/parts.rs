//! What stands in the one file of a fixture. The fuzz targets read their input so, too: a fixture is a
//! seed, and a finding can become a fixture.
//!
//! Lines of the form `#: path` split it into the files of a description; without such a line it is the
//! whole entry, or, when it begins with a method, the file of the one operation of a description that is
//! otherwise plain.

use alibabacloud_codegen::Sources;
use alibabacloud_codegen::import::Imported;

const PLAIN: &str = r#"openapi: 3.0.3
info:
  title: Example
  version: "2024-01-01"
x-acs-style: RPC
x-acs-product: Example
x-acs-version: "2024-01-01"
servers:
  - url: https://example.{region}.example.com
    variables:
      region:
        default: one
tags:
  - name: Things
    description: Things of all kinds.
paths:
  /#DoThing:
    $ref: operations/DoThing.yaml
"#;

/// The files of a description. They needn't be UTF-8, as files needn't.
pub fn sources(text: &[u8]) -> Sources {
    let mut sources = Sources::new();
    let mut put = |path: &str, bytes: &[u8]| sources.insert(path.to_owned(), bytes.to_vec());
    if let Some(rest) = text.strip_prefix(b"#: ") {
        let rest = rest.strip_suffix(b"\n").unwrap_or(rest);
        for part in split(rest, b"\n#: ") {
            let end = part.iter().position(|byte| *byte == b'\n');
            let (path, text) = part.split_at(end.unwrap_or(part.len()));
            let text = text.strip_prefix(b"\n").unwrap_or(text);
            put(&String::from_utf8_lossy(path), &[text, b"\n"].concat());
        }
    } else if text.starts_with(b"post:") {
        put("openapi.yaml", PLAIN.as_bytes());
        put("operations/DoThing.yaml", text);
    } else {
        put("openapi.yaml", text);
    }
    sources
}

/// The parts of a text, without the marks between them.
pub fn split<'t>(text: &'t [u8], mark: &[u8]) -> Vec<&'t [u8]> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.windows(mark.len()).position(|here| here == mark) {
        parts.push(&rest[..at]);
        rest = &rest[at + mark.len()..];
    }
    parts.push(rest);
    parts
}

/// The parts of an import.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The files of metadata, in order.
    pub metadata: Vec<(String, Vec<u8>)>,
    /// The description that they are woven into.
    pub description: Sources,
    /// Whether to skip what isn't supported.
    pub skip: bool,
}

impl Parts {
    /// Metadata is what is JSON by its name.
    pub fn of(text: &[u8]) -> Self {
        let mut parts = Self::default();
        for (path, bytes) in sources(text) {
            match &*path {
                "--skip-unsupported" => parts.skip = true,
                path if path.ends_with(".json") => parts.metadata.push((path.to_owned(), bytes)),
                _ => drop(parts.description.insert(path, bytes)),
            }
        }
        parts
    }
}

/// The files of an import as the next one reads them.
pub fn again(imported: &Imported) -> Sources {
    let files = imported.files.iter();
    files
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect()
}
