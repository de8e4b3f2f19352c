//! Finds circles of references, those that lead nowhere and schemas that contain themselves, and
//! chains that are too long to follow.

use std::collections::BTreeMap;

use super::grammar::Part;
use super::pointer::within;
use super::refs::{Edge, Target, place};
use super::report::Report;
use crate::problem::Code;

/// Types nest as references do, and nobody reads types that are nested deeper.
const MOST_IN_A_ROW: usize = 16;

/// Reports each circle once, at the reference that closes it.
pub(crate) fn check(edges: &[Edge], report: &mut Report) {
    let graph = Graph::new(edges);
    let mut state = BTreeMap::new();
    for edge in edges {
        graph.search(&edge.to, &mut state, report);
    }
}

/// References by where they stand, so that those below a target lie side by side.
struct Graph<'e> {
    by_place: BTreeMap<(&'e str, &'e str), &'e Edge>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    OnPath,
    /// How many references follow each other from here.
    Done(usize),
}

/// A target on the path of the search, and the references below it that are still to follow.
struct Visit<'e> {
    target: &'e Target,
    edges: Vec<&'e Edge>,
    /// The reference that is being followed.
    current: Option<&'e Edge>,
    /// How many references follow each other below it, as far as is known.
    height: usize,
}

impl Visit<'_> {
    /// Takes a greater height over, and reports it where it first is too great.
    fn grow(&mut self, height: usize, report: &mut Report) {
        if self.height <= MOST_IN_A_ROW
            && height > MOST_IN_A_ROW
            && let Some(edge) = self.current
        {
            let message = format!("more than {MOST_IN_A_ROW} `$ref`s follow each other from here");
            let help = "write some of them out";
            report.add(edge.from.clone(), Code::TOO_DEEP, message, help);
        }
        self.height = self.height.max(height);
    }
}

impl<'e> Graph<'e> {
    fn new(edges: &'e [Edge]) -> Self {
        let key = |edge: &'e Edge| (&*edge.from.file, &*edge.from.pointer);
        Self {
            by_place: edges.iter().map(|edge| (key(edge), edge)).collect(),
        }
    }

    /// The references at or below a target.
    fn below(&self, target: &'e Target) -> Vec<&'e Edge> {
        let (file, pointer) = (&*target.file, &*target.pointer);
        let mut found: Vec<&Edge> = self
            .by_place
            .range((file, pointer)..)
            .take_while(|((other, place), _)| *other == file && place.starts_with(pointer))
            .filter(|((_, place), _)| within(place, pointer))
            .map(|(_, edge)| *edge)
            .collect();
        found.reverse();
        found
    }

    /// Depth first, without recursion: a chain of references may be as long as the text.
    fn search(
        &self,
        start: &'e Target,
        state: &mut BTreeMap<&'e Target, State>,
        report: &mut Report,
    ) {
        if state.contains_key(start) {
            return;
        }
        state.insert(start, State::OnPath);
        let mut path = vec![Visit {
            target: start,
            edges: self.below(start),
            current: None,
            height: 0,
        }];
        while let Some(visit) = path.last_mut() {
            let Some(edge) = visit.edges.pop() else {
                let height = visit.height;
                state.insert(visit.target, State::Done(height));
                path.pop();
                if let Some(before) = path.last_mut() {
                    before.grow(height + 1, report);
                }
                continue;
            };
            visit.current = Some(edge);
            match state.get(&edge.to) {
                None => {
                    state.insert(&edge.to, State::OnPath);
                    path.push(Visit {
                        target: &edge.to,
                        edges: self.below(&edge.to),
                        current: None,
                        height: 0,
                    });
                }
                Some(State::OnPath) => report_circle(&path, edge, report),
                Some(State::Done(height)) => visit.grow(height + 1, report),
            }
        }
    }
}

fn report_circle(path: &[Visit<'_>], closing: &Edge, report: &mut Report) {
    let first = path
        .iter()
        .position(|visit| *visit.target == closing.to)
        .unwrap_or_default();
    let circle = path.get(first..).unwrap_or_default();
    // A target that is nothing but the reference to the next one.
    let pure = circle.iter().all(|visit| {
        visit.current.is_some_and(|edge| {
            edge.from.file == visit.target.file && edge.from.pointer == visit.target.pointer
        })
    });
    let names = circle
        .iter()
        .map(|visit| visit.target)
        .chain([&closing.to])
        .map(short);
    let chain = shortened(names.collect());
    let (code, message, help) = if pure || closing.wanted != Part::Schema {
        let help = "write out what one of them stands for";
        (
            Code::REFERENCE_CIRCLE,
            format!("the `$ref`s lead round in a circle: {chain}"),
            help,
        )
    } else {
        let help = "leave the inner one without a type (`{}`, any JSON), with a description of \
                    what it holds";
        (
            Code::RECURSIVE_SCHEMA,
            format!("the schema contains itself: {chain}"),
            help,
        )
    };
    report.add(closing.from.clone(), code, message, help);
}

/// The last step of a component's pointer says enough; any other target is named in full.
fn short(target: &Target) -> String {
    match target.pointer.strip_prefix("/components/schemas/") {
        Some(name) if !name.contains('/') => format!("`{name}`"),
        _ => place(target),
    }
}

/// Of a long chain only the ends.
fn shortened(names: Vec<String>) -> String {
    const ENDS: usize = 4;
    match names.as_slice() {
        [start @ .., _, _, _, _] if start.len() > ENDS => {
            let end = names.get(start.len()..).unwrap_or_default();
            let start = start.get(..ENDS).unwrap_or_default();
            format!("{} → … → {}", start.join(" → "), end.join(" → "))
        }
        all => all.join(" → "),
    }
}
