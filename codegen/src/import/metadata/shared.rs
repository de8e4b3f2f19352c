//! Shared schemas that can't be carried for what they refer to. Each reference is followed once, so
//! that even very many schemas cost little.

use indexmap::{IndexMap, IndexSet};

use crate::problem::Location;

/// The references within each shared schema, by its name.
pub(super) type References = IndexMap<String, Vec<(String, Location)>>;

/// The schemas that contain themselves, directly or through others, in their order.
///
/// They are the circles of a graph: what is reached from a schema and reaches it (Kosaraju's way).
pub(super) fn circular(references: &References) -> IndexSet<String> {
    let targets = targets(references);
    let sources = reversed(&targets);
    let mut seen = vec![false; targets.len()];
    let mut finished = Vec::with_capacity(targets.len());
    for start in 0..targets.len() {
        reach(start, &targets, &mut seen, &mut finished);
    }
    let mut seen = vec![false; targets.len()];
    let mut circular = Vec::new();
    while let Some(start) = finished.pop() {
        let mut circle = Vec::new();
        reach(start, &sources, &mut seen, &mut circle);
        let own = |at: &usize| targets.get(*at).is_some_and(|to| to.contains(at));
        if circle.len() > 1 || circle.iter().any(own) {
            circular.extend(circle);
        }
    }
    circular.sort_unstable();
    named(&circular, references)
}

/// The schemas that lead to one that isn't there, directly or through others, in their order.
pub(super) fn dangling(references: &References) -> IndexSet<String> {
    let targets = targets(references);
    let sources = reversed(&targets);
    let mut seen = vec![false; targets.len()];
    let mut dangling = Vec::new();
    for (at, (_, to)) in references.iter().enumerate() {
        if to.iter().any(|(name, _)| !references.contains_key(name)) {
            reach(at, &sources, &mut seen, &mut dangling);
        }
    }
    dangling.sort_unstable();
    named(&dangling, references)
}

/// The references by the numbers of schemas; those that lead nowhere are left out.
fn targets(references: &References) -> Vec<Vec<usize>> {
    let number = |(name, _): &(String, Location)| references.get_index_of(name);
    let numbers = |to: &Vec<_>| to.iter().filter_map(number).collect();
    references.values().map(numbers).collect()
}

fn reversed(targets: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut sources = vec![Vec::new(); targets.len()];
    for (from, to) in targets.iter().enumerate() {
        for to in to {
            if let Some(sources) = sources.get_mut(*to) {
                sources.push(from);
            }
        }
    }
    sources
}

/// Notes what is reached from a schema and hasn't been seen, each after all that it leads to.
fn reach(start: usize, edges: &[Vec<usize>], seen: &mut [bool], finished: &mut Vec<usize>) {
    let mut is_new = |at: usize| {
        seen.get_mut(at)
            .is_some_and(|seen| !std::mem::replace(seen, true))
    };
    if !is_new(start) {
        return;
    }
    // Without recursion: a chain may be as long as the text.
    let mut path = vec![(start, 0)];
    while let Some((at, next)) = path.last_mut() {
        match edges.get(*at).and_then(|edges| edges.get(*next)) {
            Some(to) => {
                *next += 1;
                if is_new(*to) {
                    path.push((*to, 0));
                }
            }
            None => {
                finished.push(*at);
                path.pop();
            }
        }
    }
}

fn named(numbers: &[usize], references: &References) -> IndexSet<String> {
    let names = numbers.iter().filter_map(|at| references.get_index(*at));
    names.map(|(name, _)| name.clone()).collect()
}
