//! The comparison with the vendor's metadata sees every kind of departure, and honours those that
//! the description owns up to, and no others.

use cams_tests::table::{Field, Operation, Type};
use serde_json::{Value as Json, json};

use super::vendor::departures;

/// An operation of one parameter, an object with one field.
fn table() -> Operation {
    let table = json!({
        "operation": "DoThing",
        "request": [{
            "name": "Card",
            "place": "query_json",
            "type": {"object": [{"name": "Title", "type": "string", "values": ["a", "b"]}]},
        }],
        "response": [],
    });
    serde_json::from_value(table).expect("a table")
}

fn title(table: &mut Operation) -> &mut Field {
    match &mut table.request[0].ty {
        Type::Object(fields) => &mut fields[0],
        other => panic!("{other:?}"),
    }
}

/// A fact with a change of it.
type Change = (&'static str, fn(&mut Field));

const CHANGES: &[Change] = &[
    ("type", |it| it.ty = Type::Int64),
    ("required", |it| it.required = true),
    ("in", |it| it.place = Some("form".to_owned())),
    ("enum", |it| drop(it.values.pop())),
    ("default", |it| it.default = Some(json!(1))),
    ("limits", |it| {
        drop(it.limits.insert("maximum".to_owned(), "9".to_owned()))
    }),
    ("deprecated", |it| it.deprecated = true),
];

fn found(ours: &Operation, theirs: &Operation) -> (Vec<String>, usize) {
    departures(std::slice::from_ref(ours), std::slice::from_ref(theirs))
}

#[test]
fn each_kind_of_fact_is_compared_and_can_be_overridden() {
    assert_eq!(found(&table(), &table()), (Vec::new(), 0));
    for (fact, change) in CHANGES {
        let mut ours = table();
        change(title(&mut ours));
        let (differences, _) = found(&ours, &table());
        let start = format!("DoThing.Card.Title: {fact} ");
        assert!(
            differences.len() == 1 && differences[0].starts_with(&start),
            "{fact}: {differences:?}"
        );
        let overridden = |ours: &mut Operation, vendors: Json| {
            let overrides = &mut title(ours).overrides;
            overrides.insert((*fact).to_owned(), vendors);
        };
        overridden(&mut ours, Json::Null);
        assert_eq!(found(&ours, &table()), (Vec::new(), 1), "{fact}");
        // What the vendor is said to have must be what it has.
        overridden(&mut ours, json!("something else"));
        assert_eq!(found(&ours, &table()).0.len(), 1, "{fact}");
        // An override without a departure is a mistake.
        let mut same = table();
        overridden(&mut same, Json::Null);
        assert_eq!(found(&same, &table()).0.len(), 1, "{fact}");
    }
}

#[test]
fn what_is_on_one_side_only_is_named() {
    let mut fewer = table();
    fewer.request[0].ty = Type::Object(Vec::new());
    let missing = ["DoThing.Card.Title: it isn't described".to_owned()];
    assert_eq!(found(&fewer, &table()), (missing.to_vec(), 0));
    let extra = ["DoThing.Card.Title: the metadata lacks it".to_owned()];
    assert_eq!(found(&table(), &fewer), (extra.to_vec(), 0));
    let mut ours = table();
    title(&mut ours)
        .overrides
        .insert("element".to_owned(), Json::Null);
    assert_eq!(found(&ours, &fewer).0, Vec::<String>::new());
    assert_eq!(
        departures(&[], &[table()]).0,
        ["DoThing: it isn't described"]
    );
    assert_eq!(
        departures(&[table()], &[]).0,
        ["DoThing: the metadata lacks it"]
    );
}
