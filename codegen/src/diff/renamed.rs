//! Operations that go by another name: a guess, and shown as one.

use std::collections::{BTreeMap, BTreeSet};

use super::operations::Grouped;
use crate::model::{Operation, Place, Record, Type, TypeDef};
use crate::naming;

/// Fields that tell nothing, since nearly every answer has them.
const ENVELOPE: &[&str] = &[
    "AccessDeniedDetail",
    "Code",
    "Message",
    "RequestId",
    "Success",
];

/// Takes those apart that have one shape and, for the better part, the words of one name. Each is
/// taken once, the likest first.
pub(super) fn pairs<'a>(
    gone: &mut Vec<Grouped<'a>>,
    come: &mut Vec<Grouped<'a>>,
) -> Vec<(Grouped<'a>, Grouped<'a>)> {
    let named = |all: &[Grouped<'a>]| -> Vec<_> {
        let names = all.iter().map(|one| &one.operation.name);
        names.map(|name| words(name)).collect()
    };
    let (old, new) = (named(gone), named(come));
    let mut shaped: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (to, after) in come.iter().enumerate() {
        shaped.entry(shape(after.operation)).or_default().push(to);
    }
    let mut likely = Vec::new();
    for (at, before) in gone.iter().enumerate() {
        for &to in shaped.get(&shape(before.operation)).into_iter().flatten() {
            let alike = alike(&old[at], &new[to]);
            if alike.0 * 2 >= alike.1 {
                likely.push((alike.1 - alike.0, at, to));
            }
        }
    }
    likely.sort_unstable();
    let (mut taken, mut given) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, at, to) in likely {
        if !taken.contains(&at) && !given.contains(&to) {
            taken.insert(at);
            given.insert(to);
            pairs.push((gone[at], come[to]));
        }
    }
    *gone = rest(gone, &taken);
    *come = rest(come, &given);
    pairs
}

/// Those that aren't taken.
fn rest<'a>(all: &[Grouped<'a>], taken: &BTreeSet<usize>) -> Vec<Grouped<'a>> {
    let rest = (0..).zip(all).filter(|(at, _)| !taken.contains(at));
    rest.map(|(_, one)| *one).collect()
}

fn words(name: &str) -> BTreeSet<String> {
    naming::snake(name).split('_').map(str::to_owned).collect()
}

/// How many words two names share, of how many there are in the longer one.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> (usize, usize) {
    (one.intersection(other).count(), one.len().max(other.len()))
}

/// What an operation looks like without its names in Rust: a line a field.
fn shape(operation: &Operation) -> Vec<String> {
    let records = operation.types.iter().filter_map(|ty| match ty {
        TypeDef::Record(record) => Some((record.name.as_str(), record)),
        TypeDef::Enum(_) => None,
    });
    let records = records.collect();
    let mut lines = Vec::new();
    for (part, record) in [
        ("request", &operation.request),
        ("response", &operation.response),
    ] {
        fields(part, record, &records, &mut lines);
    }
    lines
}

fn fields(way: &str, record: &Record, records: &BTreeMap<&str, &Record>, lines: &mut Vec<String>) {
    for field in &record.fields {
        let wire = field.wire.as_str();
        if way == "response" && ENVELOPE.contains(&wire) {
            continue;
        }
        let way = format!("{way}.{wire}");
        let place = match field.place {
            Place::Member => "",
            Place::Query | Place::QueryJson => "query",
            Place::Form | Place::FormJson => "form",
        };
        let (ty, inner) = plain(&field.ty);
        lines.push(format!("{way} {ty} {place} {}", field.required));
        if let Some(record) = inner.and_then(|name| records.get(name)) {
            fields(&way, record, records, lines);
        }
    }
}

/// A type without names, and the record in it.
fn plain(ty: &Type) -> (String, Option<&str>) {
    match ty {
        Type::List(items) => wrapped("list", items),
        Type::Map(values) => wrapped("map", values),
        Type::Record(reference) if !reference.shared => {
            ("object".to_owned(), Some(&reference.name))
        }
        Type::Enum(reference) if !reference.shared => ("enum".to_owned(), None),
        other => (crate::surface::type_text(other), None),
    }
}

fn wrapped<'t>(around: &str, ty: &'t Type) -> (String, Option<&'t str>) {
    let (inner, name) = plain(ty);
    (format!("{around} of {inner}"), name)
}
