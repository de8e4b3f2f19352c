//! Every parameter of every operation, set by its builder, travels as the description says; and every
//! field of an answer comes back.
//!
//! A crate that makes all the calls is written, compiled once and run once, against a server in this
//! test. What it must send is worked out from the description by the test's own reader.

#[path = "built/expression.rs"]
mod expression;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::Command;
use std::time::Instant;

use cams_tests::client::KEYS;
use cams_tests::description::Description;
use cams_tests::emitted::Emitted;
use cams_tests::operations::operations;
use cams_tests::sample::{Kind, object, tokens};
use cams_tests::scratch::{Scratch, quoted};
use cams_tests::server::{Answer, Received, Server};
use cams_tests::signature::{check, escape};
use cams_tests::table::{Field, Operation, Type};
use serde_json::{Map, Value as Json, json};

/// A call to be made.
struct Planned<'t> {
    table: &'t Operation,
    given: Json,
    reply: Json,
    /// Whether every parameter is given.
    full: bool,
}

/// Every operation with every parameter, twice where values are listed, and with required ones alone.
fn plan(tables: &[Operation]) -> Vec<Planned<'_>> {
    let full = |listed| Kind {
        listed,
        required: false,
    };
    let mut planned = Vec::new();
    for table in tables {
        let mut reply = object(&table.response, full(true));
        reply["RequestId"] = json!("90E63D28");
        if reply.get("Code").is_some() {
            reply["Code"] = json!("OK");
        }
        let mut plan = |kind, reply: &Json| {
            planned.push(Planned {
                table,
                given: object(&table.request, kind),
                reply: reply.clone(),
                full: !kind.required,
            });
        };
        plan(full(true), &reply);
        if has_values(&table.request) || has_values(&table.response) {
            let mut unlisted = object(&table.response, full(false));
            unlisted["RequestId"] = reply["RequestId"].clone();
            if reply.get("Code").is_some() {
                unlisted["Code"] = json!("OK");
            }
            plan(full(false), &unlisted);
        }
        plan(
            Kind {
                listed: true,
                required: true,
            },
            &json!({"RequestId": "90E63D28"}),
        );
    }
    planned
}

fn has_values(fields: &[Field]) -> bool {
    let mut fields = fields.iter();
    fields.any(|field| !field.values.is_empty() || has_values(field.ty.fields()))
}

/// The crate that makes the calls.
fn program(planned: &[Planned<'_>]) -> String {
    let emitted = Emitted::read();
    let requests = emitted.operations();
    let methods: Vec<_> = emitted.methods("Client").collect();
    let mut program = include_str!("built/program.rs").to_owned();
    let names: Vec<_> = (0..planned.len())
        .map(|index| format!("call_{index}"))
        .collect();
    let list = names.join(", ");
    writeln!(program, "const CALLS: &[fn(&Client)] = &[{list}];").expect("a text takes all");
    for (call, name) in planned.iter().zip(names) {
        let table = call.table;
        let action = &table.operation;
        let given = call.given.as_object().expect("an object");
        let builder = expression::builder(&emitted, &requests[action], &table.request, given);
        let mut methods = methods.iter().filter(|method| method.alias == *action);
        let method = &methods
            .next()
            .unwrap_or_else(|| panic!("{action} has no method"))
            .name;
        write!(
            program,
            "\nfn {name}(client: &Client) {{\n    let builder = {builder};\n    \
             let shown = format!(\"{{builder:?}} {{builder:#?}}\");\n    \
             made(shown, client.{method}(builder.build()));\n}}\n"
        )
        .expect("a text takes all");
    }
    program
}

/// Compiles the crate.
fn compiled(program: &str) -> Scratch {
    let scratch = Scratch::new(env!("CARGO_TARGET_TMPDIR"), "built");
    let manifest = format!(
        "[package]\nname = \"built\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nserde = \"1\"\nserde_json = \"1\"\n\
         alibabacloud-cams = {{ path = {}, default-features = false, features = [\"full\"] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        quoted("generated")
    );
    scratch.write("Cargo.toml", &manifest);
    scratch.write("src/main.rs", program);
    let said = scratch.cargo(&["build"]);
    let texts: Vec<_> = said
        .iter()
        .take(5)
        .map(|message| message.text.as_str())
        .collect();
    assert!(
        said.is_empty(),
        "{} messages, such as\n{}",
        said.len(),
        texts.join("\n")
    );
    scratch
}

/// What a request has to say, in its order: parameters of the query, fields of the form.
fn wanted(table: &Operation, given: &Map<String, Json>) -> [Vec<(String, String)>; 2] {
    let mut fields: Vec<_> = table.request.iter().collect();
    fields.sort_by_key(|field| &field.name);
    let mut wanted = [Vec::new(), Vec::new()];
    for field in fields {
        let Some(json) = given.get(&field.name) else {
            continue;
        };
        let place = field.place.as_deref().unwrap_or_default();
        let text = match json {
            Json::String(text) if !place.ends_with("json") => text.clone(),
            Json::Bool(_) | Json::Number(_) if !place.ends_with("json") => json.to_string(),
            json => compact(&field.ty, json),
        };
        let form = usize::from(place.starts_with("form"));
        wanted[form].push((field.name.clone(), text));
    }
    wanted
}

/// JSON without a blank; members in the order of names, which is that of the description.
fn compact(ty: &Type, json: &Json) -> String {
    let list =
        |open: char, parts: Vec<String>, close: char| format!("{open}{}{close}", parts.join(","));
    match (ty, json) {
        (Type::Array(items), Json::Array(given)) => {
            let parts = given.iter().map(|json| compact(items, json));
            list('[', parts.collect(), ']')
        }
        (Type::Map(_) | Type::Object(_), Json::Object(given)) => {
            let mut given: Vec<_> = given.iter().collect();
            given.sort_by_key(|(name, _)| *name);
            let parts = given.into_iter().map(|(name, json)| {
                let fields = ty.fields().iter().find(|field| field.name == *name);
                let inner = match ty {
                    Type::Map(held) => held,
                    _ => &fields.expect("it was made from the table").ty,
                };
                format!("{}:{}", json!(name), compact(inner, json))
            });
            list('{', parts.collect(), '}')
        }
        (_, json) => json.to_string(),
    }
}

/// Holds that a request is what the table says.
fn holds(call: &Planned<'_>, request: &Received) {
    let action = &call.table.operation;
    check(request, KEYS[0], KEYS[1]).unwrap_or_else(|why| panic!("{action}: {why}"));
    assert_eq!(
        (&*request.method, request.path()),
        ("POST", "/"),
        "{action}"
    );
    assert_eq!(request.header("x-acs-action"), Some(action.as_str()));
    assert_eq!(
        request.header("x-acs-version"),
        Some("2020-06-06"),
        "{action}"
    );
    let [query, form] = wanted(call.table, call.given.as_object().expect("an object"));
    for (index, (found, wanted)) in request.query_pairs().iter().zip(&query).enumerate() {
        assert_eq!(found, wanted, "{action}: parameter {index}");
    }
    let encoded: Vec<_> = query
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
    assert_eq!(
        request.query(),
        encoded.join("&"),
        "{action}: as it travels"
    );
    assert_eq!(request.form_pairs(), form, "{action}: the form");
}

#[test]
fn every_builder_sends_what_the_description_says() {
    let tables = Description::read().operations();
    assert_eq!(tables.len(), operations().len());
    let planned = plan(&tables);
    let start = Instant::now();
    let scratch = compiled(&program(&planned));
    let compiled = start.elapsed();
    let answers = planned
        .iter()
        .map(|call| Answer::json(200, call.reply.to_string()).close());
    let server = Server::start(answers);
    let done = Command::new(scratch.path("target/debug/built"))
        .arg(server.host())
        .output()
        .expect("it can be started");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "{}",
        told.chars().take(2_000).collect::<String>()
    );

    let requests = server.requests();
    assert_eq!(requests.len(), planned.len());
    let lines = String::from_utf8(done.stdout).expect("a text");
    let mut hidden = 0;
    for ((call, request), line) in planned.iter().zip(&requests).zip(lines.lines()) {
        let (action, shown, mut answer): (String, String, Json) =
            serde_json::from_str(line).expect("a line of the program");
        assert_eq!(action, call.table.operation);
        holds(call, request);
        if !call.full {
            // Nothing but lists and maps, which are empty where they are absent.
            let members = answer.as_object_mut().expect("an object");
            members.retain(|_, value| *value != json!([]) && *value != json!({}));
        }
        for (name, wanted) in call.reply.as_object().expect("an object") {
            assert_eq!(
                answer.get(name),
                Some(wanted),
                "{action}: {name} of the answer"
            );
        }
        let count = |json: &Json| json.as_object().map_or(0, Map::len);
        assert_eq!(
            count(&answer),
            count(&call.reply),
            "{action}: members of the answer"
        );
        let secrets = tokens(&call.table.request, &call.given, true);
        hidden += secrets.len();
        for secret in secrets {
            assert!(
                !shown.contains(&secret),
                "{action}: the builder shows {secret}"
            );
        }
    }
    assert_eq!(lines.lines().count(), planned.len());
    let parameters: usize = requests
        .iter()
        .map(|it| it.query_pairs().len() + it.form_pairs().len())
        .sum();
    writeln!(
        io::stdout(),
        "{} calls of {} operations with {parameters} parameters; {hidden} marked values not shown by \
         a builder; compiled in {:.1} s",
        planned.len(),
        tables.len(),
        compiled.as_secs_f32()
    )
    .expect("a standard output");
}
