//! What goes over the wire, held against what the official SDK sends, and what comes back.
//!
//! The client calls a server on this machine, which keeps every byte and works the signature out
//! again, with code of its own. The cases are data: `data/wire/<Operation>.json`, made by us, and,
//! where they are at hand, the recordings of the official SDK.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::{fs, io};

use cams_tests::client::{KEYS, bounded, client};
use cams_tests::description::files;
use cams_tests::fixtures::{folder, shared};
use cams_tests::operations::{Callable, operations};
use cams_tests::server::{Answer, Server};
use cams_tests::signature;
use cams_tests::wire::{Case, Expected, expected_of, own, recordings};
use serde_json::{Value, json};

/// Operations whose recordings have a reply that no service gives: the SDK calls `Code` a number
/// there, so the recorded code is neither `OK` nor a code of an error. What they send is compared.
const REPLY_SET_ASIDE: &[&str] = &["ListFlowNodeGroup", "SyncFlow"];

/// Headers that may differ from what the SDK sends; the last two are checked with the signature.
const SET_ASIDE: &[&str] = &[
    "accept",
    "accept-encoding",
    "content-length",
    "user-agent",
    "x-acs-date",
    "x-acs-signature-nonce",
    "authorization",
];

/// Brings two requests that mean the same to one form.
fn normal(request: &Expected) -> Value {
    let parameter = |(name, value): &(String, String)| {
        let value = match serde_json::from_str(value) {
            Ok(json @ (Value::Array(_) | Value::Object(_))) => without_empty(json, Value::is_array),
            // The SDK for Python writes its own truth values.
            _ if value == "True" || value == "False" => json!(value.to_ascii_lowercase()),
            _ => json!(value),
        };
        json!([name, value])
    };
    let mut headers = request.headers.clone();
    headers.retain(|name, _| !SET_ASIDE.contains(&name.as_str()));
    if !request.form.is_empty() {
        // One form can be written in several ways. The hash of the body that came is checked with
        // the signature.
        headers.remove("x-acs-content-sha256");
    }
    if let Some(host) = headers.get_mut("host") {
        let end = host.rfind(':').unwrap_or(host.len());
        host.truncate(end);
    }
    json!({
        "method": request.method,
        "path": request.path,
        "headers": headers,
        "query": request.query.iter().map(parameter).collect::<Vec<_>>(),
        "form": request.form.iter().map(parameter).collect::<Vec<_>>(),
    })
}

/// Drops members that are empty lists, or empty objects if `drops` says so, at any depth.
fn without_empty(value: Value, drops: fn(&Value) -> bool) -> Value {
    let empty = |value: &Value| drops(value) && (*value == json!([]) || *value == json!({}));
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| without_empty(item, drops))
            .collect(),
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !empty(value))
            .map(|(name, value)| (name, without_empty(value, drops)))
            .collect(),
        scalar => scalar,
    }
}

/// Makes the call of a case, and compares.
async fn play(operation: &dyn Callable, case: &Case, reply_counts: bool) {
    let name = format!("{}, {}", operation.action(), case.name);
    let headers: Vec<(&str, &str)> = case
        .reply
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let body = case.reply.body.to_string();
    let server = Server::start([Answer::new(case.reply.status, &headers, body)]);
    let client = client(&server);

    let answer = bounded(operation.call(&client, case.input.clone())).await;
    let request = server.request();
    signature::check(&request, KEYS[0], KEYS[1]).unwrap_or_else(|why| panic!("{name}: {why}"));
    same(
        &name,
        "request",
        &normal(&expected_of(&request)),
        &normal(&case.request),
    );
    if !reply_counts {
        return;
    }
    let answer = answer.unwrap_or_else(|error| panic!("{name}: {error}"));
    // In an answer, a list or a map that is absent is an empty one.
    let [answer, expected] = [answer, case.answer.clone()].map(|it| without_empty(it, |_| true));
    same(&name, "answer", &answer, &expected);
}

/// Compares member by member, so that a failure shows what differs and not two walls of text.
fn same(case: &str, what: &str, found: &Value, expected: &Value) {
    let members = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (left, right) = (members(found), members(expected));
    let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    for name in names {
        assert_eq!(left.get(name), right.get(name), "{case}: {what}, {name}");
    }
}

#[tokio::test]
async fn every_case_of_our_own_is_sent_and_read_as_it_says() {
    for operation in operations() {
        for case in own(operation.action()) {
            play(&*operation, &case, true).await;
        }
    }
}

#[tokio::test]
async fn every_recording_of_the_official_sdk_is_sent_and_read_likewise() {
    let (mut played, mut recorded) = (0, 0);
    if let Some(folder) = shared("cams/wire") {
        for operation in operations() {
            let action = operation.action();
            let recordings = recordings(&folder, action);
            recorded += usize::from(!recordings.is_empty());
            for (name, recording) in recordings {
                // The server's check of signatures has to agree with the official SDK first.
                let received = recording.received();
                signature::check(&received, KEYS[0], KEYS[1])
                    .unwrap_or_else(|why| panic!("{action}, {name}: {why}"));
                let reply_counts = !REPLY_SET_ASIDE.contains(&action);
                play(&*operation, &recording.case(name), reply_counts).await;
                played += 1;
            }
        }
        let files = fs::read_dir(&folder).expect("readable").count();
        assert_eq!(recorded, files, "a recording is of no operation");
    }
    // Past the capture of the test harness: what was left out should be seen.
    let note = match played {
        0 => "skipped: the recordings of the official SDK aren't here".to_owned(),
        _ => format!("{played} recording(s) of {recorded} operation(s) compared"),
    };
    writeln!(io::stdout(), "{note}").expect("a standard output");
}

#[test]
fn every_file_of_cases_belongs_to_an_operation() {
    let operations = operations();
    for entry in fs::read_dir(folder().join("data/wire")).expect("the cases are there") {
        let path = entry.expect("readable").path();
        let action = path.file_stem().expect("a name").to_string_lossy();
        let known = operations.iter().any(|known| known.action() == action);
        assert!(known, "{action} is no operation");
    }
}

#[test]
fn the_operations_are_those_of_the_description() {
    let operations = operations();
    let called: BTreeSet<_> = operations.iter().map(|known| known.action()).collect();
    assert_eq!(called.len(), operations.len(), "one stands there twice");
    let described: Vec<String> = files();
    let described: BTreeSet<_> = described.iter().map(String::as_str).collect();
    let both: Vec<_> = called.symmetric_difference(&described).collect();
    assert!(both.is_empty(), "on one side only: {both:?}");
}

#[tokio::test]
async fn the_comparison_sees_every_difference() {
    let case = &own("DeleteChatGroup")[0];
    let expected = normal(&case.request);
    let changes: &[fn(&mut Expected)] = &[
        |it| it.method = "GET".to_owned(),
        |it| it.path = "/x".to_owned(),
        |it| it.query[0].1.push('x'),
        |it| it.query.swap(0, 1),
        |it| drop(it.query.pop()),
        |it| it.form.push(("A".to_owned(), "1".to_owned())),
        |it| it.headers.retain(|name, _| name != "x-acs-version"),
        |it| drop(it.headers.insert("x-acs-new".to_owned(), String::new())),
        |it| {
            drop(
                it.headers
                    .insert("host".to_owned(), "localhost:1".to_owned()),
            )
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        let mut changed = case.request.clone();
        change(&mut changed);
        assert_ne!(normal(&changed), expected, "change {index}");
    }

    let query = |value: &str| Expected {
        query: vec![("A".to_owned(), value.to_owned())],
        ..case.request.clone()
    };
    for (left, right, equal) in [
        ("True", "true", true),
        (r#"{"b":[],"a":1}"#, r#"{ "a": 1 }"#, true),
        (r#"[{"a":{"b":[]}}]"#, r#"[{"a":{}}]"#, true),
        (r#"{"a":[1]}"#, r#"{"a":[2]}"#, false),
        (r#"{"a":{}}"#, "{}", false),
        ("[]", "", false),
        ("007", "7", false),
        ("TRUE", "true", false),
    ] {
        let (found, expected) = (normal(&query(left)), normal(&query(right)));
        assert_eq!(found == expected, equal, "{left} and {right}");
    }
}
