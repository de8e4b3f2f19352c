//! The vendor's `api-docs.json` as facts, each problem with its place.

mod cursor;
mod operation;
mod schema;
mod shared;

use indexmap::IndexMap;

use super::facts::{Facts, Told};
use super::report::{Report, Section};
use crate::problem::{Code, Location, Problem, Problems};
use crate::spec;
use cursor::At;

/// Names are parts of paths and keys; no real one comes near.
const LONGEST_NAME: usize = 200;

/// Reads one file.
pub(super) struct Reader<'r> {
    /// What makes the file unusable.
    problems: spec::report::Report,
    /// What isn't carried of the operation being read.
    unsupported: Vec<Problem>,
    report: &'r mut Report,
    skip_unsupported: bool,
    /// The operation being read.
    operation: String,
    /// How many schemas stand around the one being read.
    schemas_within: usize,
    /// The shared schemas that are referred to, of the operation or component being read.
    references: Vec<(String, Location)>,
}

/// Reads a file's facts.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    skip_unsupported: bool,
    report: &mut Report,
) -> Result<Facts, Problems> {
    let mut problems = spec::report::Report::default();
    let mut budget = spec::parse::Budget::new();
    let root = spec::files::text(name, bytes, &mut problems)
        .and_then(|text| spec::parse::parse(name, text, &mut budget, &mut problems));
    let mut reader = Reader {
        problems,
        unsupported: Vec::new(),
        report,
        skip_unsupported,
        operation: String::new(),
        schemas_within: 0,
        references: Vec::new(),
    };
    let facts = root.map(|root| reader.product(&At::root(name, &root)));
    reader.problems.conclude()?;
    Ok(facts.unwrap_or_default())
}

impl Reader<'_> {
    fn product(&mut self, root: &At<'_>) -> Facts {
        let mut facts = Facts::default();
        let Some(info) = self.required(root, "info") else {
            return facts;
        };
        if let Some(at) = self.required(&info, "style")
            && let Some(style) = self.text(&at)
            && style != "RPC"
        {
            self.problem(
                &at,
                Code::NOT_RPC,
                format!(
                    "a product of style {} isn't carried yet",
                    spec::report::code(style)
                ),
                "only `RPC` is",
            );
        }
        facts.product = self.required_name(&info, "product");
        facts.version = self.required_name(&info, "version");
        self.check_product(&info, &facts.product);
        facts.endpoints = self.endpoints(root);
        if let Some(components) = root.get("components")
            && let Some(schemas) = components.get("schemas")
        {
            self.components(&schemas, &mut facts);
        }
        let Some(apis) = self.required(root, "apis") else {
            return facts;
        };
        for (name, at) in self.members(&apis) {
            self.one(&name, &at, root, &mut facts);
        }
        facts
    }

    /// Reads the shared schemas that can be carried, with all that they refer to.
    fn components(&mut self, schemas: &At<'_>, facts: &mut Facts) {
        "components".clone_into(&mut self.operation);
        let mut within = shared::References::new();
        for (name, at) in self.members(schemas) {
            if !self.component_name(&name, &at) {
                continue;
            }
            let schema = self.schema(&at, &name);
            let references = std::mem::take(&mut self.references);
            let unsupported = std::mem::take(&mut self.unsupported);
            if let Some(problem) = unsupported.first() {
                self.left_out(&name, problem.message.clone());
                continue;
            }
            within.insert(name.clone(), references);
            facts.schemas.insert(name, schema);
        }
        let circular = shared::circular(&within);
        within.retain(|name, _| !circular.contains(name));
        let dangling = shared::dangling(&within);
        let gone = |name: &String| circular.contains(name) || dangling.contains(name);
        facts.schemas.retain(|name, _| !gone(name));
        for name in &circular {
            self.left_out(name, "it contains itself, which isn't carried");
        }
        for name in &dangling {
            self.left_out(
                name,
                "it refers to a schema that isn't there or isn't carried",
            );
        }
    }

    /// Reads an operation, or leaves it out.
    fn one(&mut self, name: &str, at: &At<'_>, root: &At<'_>, facts: &mut Facts) {
        if !self.action_name(name, at) {
            return;
        }
        name.clone_into(&mut self.operation);
        if is_hidden(at) {
            self.left_out("", "a hidden operation");
            return;
        }
        let operation = self.operation(at, root, &facts.product);
        for (shared, location) in std::mem::take(&mut self.references) {
            if !facts.schemas.contains_key(&shared) {
                let message = format!(
                    "the shared schema {} isn't there or isn't carried",
                    spec::report::code(&shared)
                );
                self.unsupported.push(Problem {
                    location,
                    code: Code::DANGLING_REFERENCE,
                    message,
                    help: "see what is said of it; `--skip-unsupported` leaves the operation out"
                        .to_owned(),
                });
            }
        }
        let unsupported = std::mem::take(&mut self.unsupported);
        if unsupported.is_empty() {
            if operation.ram.is_some() {
                facts.told.insert(Told::Ram);
            }
            if operation.rate_limit.is_some() {
                facts.told.insert(Told::RateLimit);
            }
            if !operation.errors.is_empty() {
                facts.told.insert(Told::Errors);
            }
            facts.operations.insert(name.to_owned(), operation);
            return;
        }
        for problem in unsupported {
            if self.skip_unsupported {
                let line = problem.location.line;
                let column = problem.location.column;
                let text = format!(
                    "skipped: {} ({}:{line}:{column})",
                    problem.message, problem.location.file
                );
                self.left_out("", text);
                facts.skipped.insert(name.to_owned());
            } else {
                self.problems.add(
                    problem.location,
                    problem.code,
                    problem.message,
                    problem.help,
                );
            }
        }
    }

    fn endpoints(&mut self, root: &At<'_>) -> Vec<(String, String)> {
        let Some(endpoints) = root.get("endpoints") else {
            return Vec::new();
        };
        let endpoints = self.items(&endpoints);
        let endpoint = |at: &At<'_>| {
            let text = |key| at.get(key)?.node.scalar().map(|scalar| scalar.text.clone());
            Some((text("regionId")?, text("endpoint")?))
        };
        endpoints.iter().filter_map(endpoint).collect()
    }

    /// The product makes a folder and a host name.
    fn check_product(&mut self, info: &At<'_>, product: &str) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if let Some(at) = info.get("product")
            && (!product.bytes().all(plain) || product.len() > LONGEST_NAME)
        {
            let message = format!(
                "{} can't be the name of a folder",
                spec::report::code(product)
            );
            let help = "a product code has letters, digits, `-` and `_` only";
            self.problem(&at, Code::METADATA_NAME, message, help);
        }
    }

    /// The action makes a file name.
    fn action_name(&mut self, name: &str, at: &At<'_>) -> bool {
        let fits = is_plain(name) && !name.starts_with('.');
        if !fits {
            let message = format!(
                "{} can't be the name of an action",
                spec::report::code(name)
            );
            let help = "an action has letters, digits, `-`, `_` and `.` only";
            self.problem(at, Code::METADATA_NAME, message, help);
        }
        fits
    }

    fn component_name(&mut self, name: &str, at: &At<'_>) -> bool {
        let fits = is_plain(name);
        if !fits {
            let message = format!(
                "{} can't be the name of a component",
                spec::report::code(name)
            );
            let help = "OpenAPI takes letters, digits, `.`, `-` and `_` only";
            self.problem(at, Code::METADATA_NAME, message, help);
        }
        fits
    }

    fn left_out(&mut self, path: &str, text: impl Into<String>) {
        self.report
            .add(Section::LeftOut, &self.operation, path, text);
    }

    fn note(&mut self, path: &str, text: impl Into<String>) {
        self.report.add(Section::Note, &self.operation, path, text);
    }

    /// Something right in itself that makes the operation unusable.
    fn unsupported(&mut self, at: &At<'_>, message: impl Into<String>, help: &str) {
        self.unsupported.push(Problem {
            location: at.location(),
            code: Code::METADATA_UNSUPPORTED,
            message: message.into(),
            help: format!("{help}; `--skip-unsupported` leaves the operation out"),
        });
    }
}

/// Whether the vendor doesn't show something to the public.
fn is_hidden(at: &At<'_>) -> bool {
    let visibility = at.get("visibility");
    let visibility = visibility.as_ref().and_then(|at| at.node.text());
    visibility.is_some_and(|visibility| {
        !visibility.is_empty() && !visibility.eq_ignore_ascii_case("public")
    })
}

/// An ordered map with the names of its members as they are reported.
type Members<'n> = IndexMap<String, At<'n>>;

/// Whether a name needs no escape, neither in a path nor in a reference.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    !name.is_empty() && name.len() <= LONGEST_NAME && name.bytes().all(plain)
}
