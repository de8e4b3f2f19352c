//! The emitted fields are the documented ones: no more, no fewer, and each as documented.
//!
//! What is documented is read three times, each apart from the generator: a page of the vendor's, in
//! `data/documented`; the description; and, where it is at hand, the vendor's metadata. The emitted
//! text is read with syn.

#[path = "documented/builder.rs"]
mod builder;
#[path = "documented/check.rs"]
mod check;
#[path = "documented/departures.rs"]
mod departures;
#[path = "documented/faults.rs"]
mod faults;
#[path = "documented/shapes.rs"]
mod shapes;
#[path = "documented/vendor.rs"]
mod vendor;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::sync::LazyLock;

use cams_tests::description::Description;
use cams_tests::emitted::{Emitted, docs};
use cams_tests::fixtures::{folder, shared};
use cams_tests::table::{Field, Operation, count};
use check::differences;

static DESCRIPTION: LazyLock<Description> = LazyLock::new(Description::read);
static DESCRIBED: LazyLock<Vec<Operation>> = LazyLock::new(|| DESCRIPTION.operations());

/// Differences, but not so many that nobody reads them.
#[track_caller]
fn none(found: &[String]) {
    let shown = &found[..found.len().min(20)];
    assert!(
        found.is_empty(),
        "{}, such as\n{}",
        found.len(),
        shown.join("\n")
    );
}

/// The tables of the vendor's page about `DeleteChatGroup`.
fn page() -> Operation {
    let path = folder().join("data/documented/DeleteChatGroup.json");
    let text = fs::read_to_string(path).expect("a text");
    serde_json::from_str(&text).expect("tables")
}

#[test]
fn delete_chat_group_is_as_on_its_page() {
    none(&differences(&page(), &Emitted::read()));
}

#[test]
fn every_operation_is_as_described() {
    let emitted = Emitted::read();
    let found = DESCRIBED.iter().flat_map(|table| {
        let differences = differences(table, &emitted).into_iter();
        differences.map(|difference| format!("{}: {difference}", table.operation))
    });
    none(&found.collect::<Vec<_>>());
    let emitted = emitted.operations();
    let described = DESCRIBED.iter().map(|table| table.operation.as_str());
    let described: BTreeSet<_> = described.collect();
    let emitted: BTreeSet<_> = emitted.keys().map(String::as_str).collect();
    assert_eq!(emitted, described);
}

#[test]
fn every_operation_is_described_as_in_the_vendors_metadata() {
    let Some(path) = shared("cams/api-docs.json") else {
        return said("skipped: the vendor's metadata isn't here");
    };
    let vendors = vendor::operations(&path);
    let (found, kept) = vendor::departures(&DESCRIBED, &vendors);
    none(&found);
    let [ours, theirs] = [&*DESCRIBED, &vendors].map(|tables| counts(tables));
    assert_eq!(ours, theirs, "operations, parameters, fields");
    said(&format!(
        "{} operations, {} parameters and {} fields as in the vendor's metadata, but for {kept} \
         fact(s) overridden",
        ours[0], ours[1], ours[2]
    ));
}

#[test]
fn nothing_is_lost_or_made_up_on_the_way() {
    let emitted = Emitted::read();
    let operations = emitted.operations();
    let fields = |suffix: &str| -> (usize, usize) {
        let names = operations.values().map(|request| {
            let stem = request.strip_suffix("Request").unwrap_or(request);
            format!("{stem}{suffix}")
        });
        let each = names.map(|name| {
            let own = emitted.record(&name).map_or(0, |item| item.fields.len());
            (own, emitted.count(&name))
        });
        each.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let (sent, answered) = (fields("Request"), fields("Response"));
    let counted = [operations.len(), sent.0, sent.1 + answered.1];
    assert_eq!(
        counted,
        counts(&DESCRIBED),
        "operations, parameters, fields"
    );
    let [operations, parameters, fields] = counted;
    said(&format!(
        "{operations} operations, {parameters} parameters, {fields} fields described and emitted"
    ));
}

/// Operations, parameters, and fields at all depths of what is sent and answered.
fn counts(tables: &[Operation]) -> [usize; 3] {
    let parameters = tables.iter().map(|table| table.request.len());
    let fields = tables
        .iter()
        .map(|table| count(&table.request) + count(&table.response));
    [tables.len(), parameters.sum(), fields.sum()]
}

/// Past the capture of the test harness.
fn said(note: &str) {
    writeln!(io::stdout(), "{note}").expect("a standard output");
}

/// A name or a text without what tells a name from a sentence.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

/// Whether a text says more than the name does.
fn says(text: &str, name: &str) -> bool {
    let text = letters(text);
    text.len() > 8 && text != letters(name) && text != format!("the{}", letters(name))
}

#[test]
fn nothing_is_left_undescribed() {
    fn undescribed(at: &str, fields: &[Field], found: &mut Vec<String>) {
        for field in fields {
            let at = format!("{at}.{}", field.name);
            // That the words reach the emitted documentation is held with the other facts.
            if !says(
                field.description.as_deref().unwrap_or_default(),
                &field.name,
            ) {
                found.push(format!("{at}: {:?}", field.description));
            }
            undescribed(&at, field.ty.fields(), found);
        }
    }
    let emitted = Emitted::read();
    let mut found = Vec::new();
    for table in DESCRIBED.iter() {
        let at = &table.operation;
        let summary = table.summary.as_deref().unwrap_or_default();
        if !says(summary, at) || !summary.ends_with('.') {
            found.push(format!("{at}: {summary:?}"));
        }
        let method = emitted.methods("Client").find(|it| it.alias == *at);
        let reaches = method.is_some_and(|it| letters(&it.docs).starts_with(&letters(summary)));
        if !reaches {
            found.push(format!("{at}: the summary isn't its method's"));
        }
        undescribed(at, &table.request, &mut found);
        undescribed(at, &table.response, &mut found);
    }
    for (name, description, object) in DESCRIPTION.shared() {
        let docs = emitted.record(&name).map(|item| docs(&item.attrs));
        let reaches = docs.is_some_and(|docs| letters(&docs).starts_with(&letters(&description)));
        if !says(&description, &name) || (object && !reaches) {
            found.push(format!("shared {name}: {description:?}"));
        }
    }
    for (name, description) in DESCRIPTION.groups() {
        let mut modules = emitted.modules.iter();
        let reaches = modules.any(|(path, docs)| {
            letters(path) == format!("{}rs", letters(&name))
                && letters(docs).starts_with(&letters(&description))
        });
        if !says(&description, &name) || !reaches {
            found.push(format!("group {name}: {description:?}"));
        }
    }
    none(&found);
}
