//! What goes over the wire, held against what the official SDK sends, and what comes back.
//!
//! The client calls a server on this machine, which keeps every byte and works the signature out
//! again, with code of its own. The cases are data: `data/wire/<Operation>.json`, made by us, and,
//! where the folder `shared` stands beside the workspace, the recordings of the official SDK. An
//! operation is added with its file and one line in [`OPERATIONS`].

use std::collections::BTreeSet;
use std::io::Write as _;
use std::pin::Pin;
use std::{fs, io};

use alibabacloud_cams::Client;
use cams_tests::client::{KEYS, bounded, client};
use cams_tests::fixtures::folder;
use cams_tests::server::{Answer, Server};
use cams_tests::signature;
use cams_tests::wire::{Case, Expected, expected_of, own, recordings};
use serde_json::{Value, json};

type Caller = for<'a> fn(&'a Client, Value) -> Pin<Box<dyn Future<Output = Value> + 'a>>;

/// Operations by name, with the method that calls each: JSON in, JSON out, under wire names.
macro_rules! operations {
    ($($action:literal => $method:ident,)*) => {
        &[$(($action, |client, input| {
            Box::pin(async move {
                let request = serde_json::from_value(input).expect("an input that fits the request");
                let answer = client.$method(request).await.expect("an answer");
                serde_json::to_value(answer).expect("an answer can be written")
            })
        })),*]
    };
}

const OPERATIONS: &[(&str, Caller)] = operations! {
    "DeleteChatGroup" => delete_chat_group,
};

/// Headers that may differ from what the SDK sends; the last two are checked with the signature.
const SET_ASIDE: &[&str] = &[
    "accept",
    "accept-encoding",
    "content-length",
    "user-agent",
    "x-acs-credentials-provider",
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
async fn play(action: &str, call: Caller, case: &Case) {
    let name = format!("{action}, {}", case.name);
    let headers: Vec<(&str, &str)> = case
        .reply
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let body = case.reply.body.to_string();
    let server = Server::start([Answer::new(case.reply.status, &headers, body)]);
    let client = client(&server);

    let answer = bounded(call(&client, case.input.clone())).await;
    let request = server.request();
    signature::check(&request, KEYS[0], KEYS[1]).unwrap_or_else(|why| panic!("{name}: {why}"));
    same(
        &name,
        "request",
        &normal(&expected_of(&request)),
        &normal(&case.request),
    );
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
async fn every_operation_sends_and_reads_what_its_cases_say() {
    for &(action, call) in OPERATIONS {
        for case in own(action) {
            play(action, call, &case).await;
        }
    }
}

#[tokio::test]
async fn every_operation_sends_and_reads_what_the_official_sdk_does() {
    let folder = folder().join("../../shared/cams/wire");
    let mut played = 0;
    if folder.is_dir() {
        for &(action, call) in OPERATIONS {
            for (name, recording) in recordings(&folder, action) {
                // The server's check of signatures has to agree with the official SDK first.
                let received = recording.received();
                signature::check(&received, KEYS[0], KEYS[1])
                    .unwrap_or_else(|why| panic!("{action}, {name}: {why}"));
                play(action, call, &recording.case(name)).await;
                played += 1;
            }
        }
        assert!(played > 0, "no recording fits an operation");
    }
    // Past the capture of the test harness: what was left out should be seen.
    let note = match played {
        0 => format!("skipped: there are no recordings in {}", folder.display()),
        _ => format!("{played} recording(s) of the official SDK compared"),
    };
    writeln!(io::stdout(), "{note}").expect("a standard output");
}

#[test]
fn every_file_of_cases_belongs_to_an_operation() {
    for entry in fs::read_dir(folder().join("data/wire")).expect("the cases are there") {
        let path = entry.expect("readable").path();
        let action = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            OPERATIONS.iter().any(|(known, _)| *known == action),
            "{action} has no line in OPERATIONS"
        );
    }
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
