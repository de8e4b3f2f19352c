//! Lints: what generates, but serves badly. Works on the checked trees, where everything has a place.
//!
//! An element allows a lint by `x-acs-allow`, with a reason. One that allows nothing is a problem.

mod components;
mod element;
mod fields;
mod listings;
mod values;
mod walk;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::problem::{Code, Level, Problem};
use crate::spec::Loaded;
use crate::spec::report::{self, code, did_you_mean};
use crate::spec::tree::{Node, Place};
use components::References;
use element::Element;

const ALLOW: &str = "x-acs-allow";

/// More than any API has; it keeps a hostile text from filling the memory.
const MOST_WARNINGS: usize = 50_000;

/// What was found.
pub(crate) struct Linted {
    /// What is told, and keeps nothing from being generated.
    pub(crate) warnings: Vec<Problem>,
    /// Allowances that are wrong.
    pub(crate) problems: Vec<Problem>,
}

/// Where an allowance counts: the file and the pointer of an element, and the lint.
type Key<'d> = (&'d str, String, &'static str);

/// The findings and the allowances of a run.
#[derive(Default)]
struct Findings<'d> {
    found: Vec<(Key<'d>, Problem)>,
    allowed: BTreeMap<Key<'d>, Problem>,
    problems: Vec<Problem>,
}

/// Looks at a whole description.
pub(crate) fn lint(loaded: &Loaded) -> Linted {
    let mut findings = Findings::default();
    let mut references = References::default();
    for (file, root, part) in loaded.described() {
        walk::walk(file, root, part, &mut |element| {
            findings.allow(element);
            references.note(loaded, element);
            words::check(loaded, element, &mut findings);
            values::check(loaded, element, &mut findings);
            fields::check(loaded, element, &mut findings);
            listings::check(loaded, element, &mut findings);
            components::check(element, &mut references);
        });
    }
    references.unused(&mut findings);
    findings.conclude()
}

impl<'d> Findings<'d> {
    /// Adds a warning about an element, at a place in it.
    fn warn(
        &mut self,
        element: &Element<'d, '_>,
        lint: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Problem {
            location: report::location(element.file, place, element.pointer),
            code: lint,
            message: message.into(),
            help: help.into(),
        };
        let key = (element.file, element.owner().to_owned(), lint.name());
        if self.found.len() < MOST_WARNINGS {
            self.found.push((key, problem));
        }
    }

    /// Notes what an element allows.
    fn allow(&mut self, element: &Element<'d, '_>) {
        let Some(items) = element.node.get(ALLOW).and_then(Node::sequence) else {
            return;
        };
        for (index, item) in items.iter().enumerate() {
            let (Some(name), Some(members)) =
                (item.get("lint").and_then(Node::text), item.mapping())
            else {
                continue;
            };
            let place = members.get("lint").map_or(item.place, |member| member.key);
            let pointer = format!("{}/{ALLOW}/{index}/lint", element.pointer);
            let problem = |wrong, message, help| Problem {
                location: report::location(element.file, place, &pointer),
                code: wrong,
                message,
                help,
            };
            let lint = Code::find(name).filter(|code| code.level() == Level::Warning);
            let Some(lint) = lint else {
                let names = || {
                    let lints = Code::all().filter(|code| code.level() == Level::Warning);
                    lints.map(Code::name)
                };
                let message = format!("{} is no lint", code(name));
                let help = did_you_mean(name, names(), || {
                    format!("the lints are {}", report::list(names()))
                });
                self.problems
                    .push(problem(Code::UNKNOWN_LINT, message, help));
                continue;
            };
            let superfluous = problem(
                Code::SUPERFLUOUS_ALLOWANCE,
                format!("{} is allowed here, but isn't found", code(name)),
                "take the allowance out".to_owned(),
            );
            let key = (element.file, element.owner().to_owned(), lint.name());
            self.allowed.insert(key, superfluous);
        }
    }

    fn conclude(mut self) -> Linted {
        let mut used = BTreeSet::new();
        let mut warnings = Vec::new();
        for (key, problem) in self.found {
            if self.allowed.contains_key(&key) {
                used.insert(key);
            } else {
                warnings.push(problem);
            }
        }
        // Where not all was found, nothing says that an allowance is superfluous.
        if used.len() + warnings.len() < MOST_WARNINGS {
            let superfluous = self.allowed.into_iter();
            let superfluous = superfluous.filter(|(key, _)| !used.contains(key));
            self.problems
                .extend(superfluous.map(|(_, problem)| problem));
        }
        warnings.sort();
        warnings.dedup();
        Linted {
            warnings,
            problems: self.problems,
        }
    }
}
