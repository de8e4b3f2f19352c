//! What the description marks as secret or personal is never shown, whatever the operation and
//! whatever the depth: not by values, not by what stands around a call, not by any error.

use std::io::{self, Write as _};

use cams_tests::client::{bounded, builder, client};
use cams_tests::description::Description;
use cams_tests::failure::deaf;
use cams_tests::hush::shown;
use cams_tests::operations::{Callable, operations};
use cams_tests::sample::{Kind, marked, object, tokens};
use cams_tests::server::{Answer, Server};
use cams_tests::table::{Field, Operation, Type};
use serde_json::{Value as Json, json};

/// Every field, and none of the listed values: each text can be told from all others.
const ALL: Kind = Kind {
    listed: false,
    required: false,
};

/// Stands where it doesn't fit; an error has no business with it.
const WRONG: &str = "S0000001E";

/// All operations with what is described of each.
fn described() -> Vec<(Box<dyn Callable>, Operation)> {
    let mut tables = Description::read().operations();
    let each = operations().into_iter().map(|operation| {
        let mut found = tables.iter();
        let at = found.position(|table| table.operation == operation.action());
        let table = tables.remove(at.expect("it is described"));
        (operation, table)
    });
    each.collect()
}

/// An answer of success with everything in it.
fn answer(table: &Operation) -> Json {
    let mut answer = object(&table.response, ALL);
    if answer.get("Code").is_some() {
        answer["Code"] = json!("OK");
    }
    answer
}

/// Holds that none of these is in a text.
#[track_caller]
fn hidden(at: &str, tokens: &[String], shown: &str) {
    for token in tokens {
        assert!(!shown.contains(token), "{at}: {token} in {shown}");
    }
}

/// Past the capture of the test harness.
fn said(note: &str) {
    writeln!(io::stdout(), "{note}").expect("a standard output");
}

#[test]
fn values_hide_what_is_marked_and_show_the_rest() {
    let server = Server::start([]);
    let client = client(&server);
    let (mut fields, mut values, mut open) = (0, 0, 0);
    for (operation, table) in described() {
        let at = operation.action();
        let (given, answer) = (object(&table.request, ALL), answer(&table));
        let request = operation.request(&given.to_string()).expect("a request");
        let response = operation.response(&answer.to_string());
        let response = response.expect("an answer");
        for (rows, json, model) in [
            (&table.request, &given, request),
            (&table.response, &answer, response),
        ] {
            let plain = format!("{model:?}");
            let shown = format!("{plain} {model:#?}");
            let secrets = tokens(rows, json, true);
            hidden(at, &secrets, &shown);
            // The others are shown: the test would see what isn't hidden.
            for token in tokens(rows, json, false) {
                assert!(plain.contains(&token), "{at}: no {token} in {plain}");
                open += 1;
            }
            fields += marked(rows);
            values += secrets.len();
        }
        let mut all = tokens(&table.request, &given, true);
        all.extend(tokens(&table.request, &given, false));
        hidden(at, &all, &operation.shown(&client, given));
        hidden(at, &all, &format!("{client:?} {client:#?}"));
    }
    assert!(fields > 100 && values > fields && open > values);
    said(&format!(
        "{fields} marked fields: {values} values planted in them are hidden, {open} in others shown"
    ));
}

/// What doesn't fit into a field, if anything doesn't.
fn unfit(ty: &Type) -> Option<Json> {
    match ty {
        Type::Json => None,
        Type::String => Some(json!([{WRONG: WRONG}])),
        _ => Some(json!(WRONG)),
    }
}

/// The same object with one field that doesn't fit, for each field at any depth.
fn broken(fields: &[Field], whole: &Json) -> Vec<(String, Json)> {
    fn each(
        fields: &[Field],
        at: &str,
        put: &dyn Fn(Option<&str>, Json) -> Json,
        found: &mut Vec<(String, Json)>,
    ) {
        for field in fields {
            let at = format!("{at}/{}", field.name);
            found.extend(unfit(&field.ty).map(|wrong| (at.clone(), put(Some(&at), wrong))));
            let mut ty = &field.ty;
            let mut within = at;
            while let Type::Array(inner) | Type::Map(inner) = ty {
                within += match ty {
                    Type::Array(_) => "/1",
                    _ => "/a key",
                };
                found.extend(unfit(inner).map(|wrong| (within.clone(), put(Some(&within), wrong))));
                ty = inner;
            }
            each(ty.fields(), &within, put, found);
        }
    }
    let put = |at: Option<&str>, wrong: Json| {
        let mut json = whole.clone();
        let place = at.and_then(|at| json.pointer_mut(at));
        *place.expect("the field is there") = wrong;
        json
    };
    let mut found = Vec::new();
    each(fields, "", &put, &mut found);
    found
}

#[test]
fn errors_of_reading_a_request_hide_all_values() {
    let mut read = 0;
    for (operation, table) in described() {
        let whole = object(&table.request, ALL);
        let mut all = tokens(&table.request, &whole, true);
        all.extend(tokens(&table.request, &whole, false));
        all.push(WRONG.to_owned());
        for (at, json) in broken(&table.request, &whole) {
            let at = format!("{}{at}", operation.action());
            let error = operation.request(&json.to_string());
            let error = error.err().unwrap_or_else(|| panic!("{at}: it was read"));
            hidden(&at, &all, &format!("{error} {error:?} {error:#?}"));
            read += 1;
        }
    }
    said(&format!("{read} requests that don't fit"));
}

#[tokio::test]
async fn errors_of_reading_an_answer_hide_what_is_marked() {
    let mut answers = 0;
    for (operation, table) in described() {
        let (given, whole) = (object(&table.request, ALL), answer(&table));
        let mut all = tokens(&table.response, &whole, true);
        all.extend(tokens(&table.request, &given, true));
        all.push(WRONG.to_owned());
        let broken = broken(&table.response, &whole);
        let script = broken
            .iter()
            .map(|(_, json)| Answer::json(200, json.to_string()));
        let server = Server::start(script);
        let client = client(&server);
        for (at, _) in &broken {
            let at = format!("{}{at}", operation.action());
            let done = bounded(operation.call(&client, given.clone())).await;
            let error = done.err().unwrap_or_else(|| panic!("{at}: it was read"));
            let shown = shown(&error);
            hidden(&at, &all, &shown);
            // It is the error of reading, which says where.
            assert!(shown.contains("(line "), "{at}: {error}");
            answers += 1;
        }
    }
    said(&format!("{answers} answers that don't fit"));
}

#[tokio::test]
async fn other_errors_hide_what_is_marked() {
    let (mut calls, mut unsendable) = (0, 0);
    for (operation, table) in described() {
        let action = operation.action();
        let (given, whole) = (object(&table.request, ALL), answer(&table));
        let mut all = tokens(&table.response, &whole, true);
        all.extend(tokens(&table.request, &given, true));
        let mut failed = whole.clone();
        failed["Code"] = json!("Product.Unsubscript");
        let server = Server::start([
            Answer::json(200, failed.to_string()),
            Answer::json(400, failed.to_string()),
            Answer::json(502, whole.to_string()),
            Answer::json(200, whole.to_string()).truncate(3),
            Answer::hang_up(),
        ]);
        let client = client(&server);
        for case in ["a code", "a status", "a gateway", "cut short", "no answer"] {
            let at = format!("{action}, {case}");
            let done = bounded(operation.call(&client, given.clone())).await;
            let error = done.err().unwrap_or_else(|| panic!("{at}: it went well"));
            hidden(&at, &all, &shown(&error));
            calls += 1;
        }
        assert_eq!(server.requests().len(), 5, "{action}");

        let (url, _kept) = deaf();
        let refused = builder(&server).endpoint(url).build();
        let refused = refused.expect("a client");
        let error = bounded(operation.call(&refused, given.clone())).await;
        hidden(
            action,
            &all,
            &shown(&error.expect_err("nobody listens there")),
        );
        calls += 1;

        // A parameter that can't be sent, since it is too long for any URL.
        let long = table.request.iter().find(|field| {
            let query = field.place.as_deref() == Some("query");
            query && field.sensitive && matches!(field.ty, Type::String)
        });
        if let Some(field) = long {
            let mut given = given;
            let value = given[&field.name].as_str().expect("a text").repeat(2_000);
            given[&field.name] = json!(value);
            let error = bounded(operation.call(&client, given)).await;
            hidden(action, &all, &shown(&error.expect_err("it is too long")));
            assert_eq!(server.requests().len(), 5, "{action}");
            unsendable += 1;
        }
    }
    assert!(unsendable > 10);
    said(&format!(
        "{calls} calls that fail, {unsendable} that can't be sent"
    ));
}
