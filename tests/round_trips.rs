//! Whatever fits the description is read and comes back as it was: requests and answers of all
//! operations, with arbitrary values.
//!
//! The cases are the same each time. `CAMS_SEED` gives others, and `CAMS_CASES` more of them.

use std::io::{self, Write as _};

use cams_tests::description::Description;
use cams_tests::operations::{Callable, Model, operations};
use cams_tests::setting::setting;
use cams_tests::table::{Field, Type};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestCaseError, TestError, TestRunner};
use serde_json::{Map, Value as Json, json};

/// Which way a record travels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Sent,
    Answered,
}

/// An object of these fields: required ones always, others now and then, as null at times.
fn object(fields: &[Field], way: Way) -> BoxedStrategy<Json> {
    let members: Vec<_> = fields
        .iter()
        .map(|field| {
            let given = value(&field.ty, &field.values, way);
            let given = if field.required && way == Way::Sent {
                given.prop_map(Some).boxed()
            } else {
                prop_oneof![
                    1 => Just(None),
                    1 => Just(Some(Json::Null)),
                    4 => given.prop_map(Some),
                ]
                .boxed()
            };
            (Just(field.name.clone()), given)
        })
        .collect();
    let object = members.prop_map(|members| {
        let given = members.into_iter();
        let given = given.filter_map(|(name, value)| Some((name, value?)));
        Json::Object(given.collect())
    });
    object.boxed()
}

fn value(ty: &Type, values: &[String], way: Way) -> BoxedStrategy<Json> {
    match ty {
        Type::String if values.is_empty() => text(),
        Type::String => {
            let listed = proptest::sample::select(values.to_vec()).prop_map(Json::String);
            prop_oneof![listed, text()].boxed()
        }
        Type::Boolean => any::<bool>().prop_map(Json::Bool).boxed(),
        Type::Int32 => edges(i32::MIN, i32::MAX),
        Type::Int64 => edges(i64::MIN, i64::MAX),
        Type::Float => any::<i16>()
            .prop_map(|it| json!(f32::from(it) / 8.0))
            .boxed(),
        Type::Double => any::<i32>()
            .prop_map(|it| json!(f64::from(it) / 8.0))
            .boxed(),
        Type::Json => free(),
        Type::Array(items) => vec(value(items, values, way), 0..3)
            .prop_map(Json::Array)
            .boxed(),
        Type::Map(held) => map(value(held, values, way)),
        Type::Object(fields) => object(fields, way),
    }
}

/// Texts that careless readers take for something else.
const ODD: &[&str] = &[
    "", " ", "null", "true", "0", "\0", "\u{FEFF}", "{}", "🎉", "\\u0000", "\"", "a\r\nb",
];

fn text() -> BoxedStrategy<Json> {
    let any = vec(any::<char>(), 0..8).prop_map(|chars| Json::String(chars.into_iter().collect()));
    let odd = proptest::sample::select(ODD).prop_map(|text| json!(text));
    prop_oneof![3 => any, 1 => odd].boxed()
}

fn edges<N>(least: N, most: N) -> BoxedStrategy<Json>
where
    N: Arbitrary + Copy + Into<Json> + 'static,
{
    let edge = prop_oneof![Just(least), Just(most)];
    prop_oneof![1 => edge, 2 => any::<N>()]
        .prop_map(Into::into)
        .boxed()
}

fn map(held: BoxedStrategy<Json>) -> BoxedStrategy<Json> {
    let name = text().prop_map(|text| text.as_str().unwrap_or_default().to_owned());
    let members = btree_map(name, held, 0..3);
    members
        .prop_map(|members| Json::Object(members.into_iter().collect()))
        .boxed()
}

/// JSON of any kind; fractions only as far as every reader of JSON gives them back.
fn free() -> BoxedStrategy<Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        edges(i64::MIN, i64::MAX),
        any::<u64>().prop_map(Json::from),
        any::<i32>().prop_map(|it| json!(f64::from(it) / 8.0)),
        text(),
    ];
    let within = scalar.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Json::Array),
            map(inner.boxed())
        ]
    });
    within.boxed()
}

/// The object as it has to come back: null is absence, and in an answer, so is what is empty.
fn normal(fields: &[Field], json: &Json, way: Way) -> Json {
    let Json::Object(members) = json else {
        return json.clone();
    };
    let each = members.iter().filter_map(|(name, value)| {
        let field = fields.iter().find(|field| field.name == *name);
        let ty = &field.unwrap_or_else(|| panic!("{name} isn't described")).ty;
        let list_or_map = matches!(ty, Type::Array(_) | Type::Map(_));
        let empty = *value == json!([]) || *value == json!({});
        let absent = value.is_null() || (way == Way::Answered && list_or_map && empty);
        (!absent).then(|| (name.clone(), within(ty, value, way)))
    });
    Json::Object(each.collect::<Map<_, _>>())
}

fn within(ty: &Type, json: &Json, way: Way) -> Json {
    match (ty, json) {
        (Type::Array(items), Json::Array(given)) => {
            given.iter().map(|json| within(items, json, way)).collect()
        }
        (Type::Map(held), Json::Object(given)) => {
            let each = given
                .iter()
                .map(|(name, json)| (name.clone(), within(held, json, way)));
            Json::Object(each.collect())
        }
        (Type::Object(fields), json) => normal(fields, json, way),
        (_, json) => json.clone(),
    }
}

type Read = fn(&dyn Callable, &str) -> Result<Box<dyn Model>, serde_json::Error>;

fn all(way: Way, what: &str, fields: fn(&cams_tests::table::Operation) -> &[Field], read: Read) {
    let seed = setting("CAMS_SEED", 20_200_606);
    let cases = u32::try_from(setting("CAMS_CASES", 24)).expect("not so many");
    let tables = Description::read().operations();
    let mut failed = Vec::new();
    for operation in operations() {
        let action = operation.action();
        let table = tables.iter().find(|table| table.operation == action);
        let fields = fields(table.expect("it is described"));
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: None,
            rng_algorithm: RngAlgorithm::ChaCha,
            rng_seed: RngSeed::Fixed(seed),
            max_shrink_iters: 2_000,
            ..Config::default()
        });
        let done = runner.run(&object(fields, way), |given| {
            let fail = |why: String| TestCaseError::fail(why);
            let model = read(&*operation, &given.to_string());
            let model = model.map_err(|error| fail(format!("it isn't read: {error}")))?;
            let found: Json = serde_json::from_str(&model.written()).expect("it writes JSON");
            let (found, wanted) = (normal(fields, &found, way), normal(fields, &given, way));
            if found != wanted {
                return Err(fail(format!("it comes back as {found}")));
            }
            // What is written is read as the same.
            let again = read(&*operation, &model.written());
            let again = again.map_err(|error| fail(format!("it isn't read again: {error}")))?;
            prop_assert_eq!(again.written(), model.written());
            Ok(())
        });
        match done {
            Ok(()) => {}
            Err(TestError::Fail(why, given)) => failed.push(format!(
                "{what} of {action} (CAMS_SEED={seed}): {why}\n    from {given}"
            )),
            Err(TestError::Abort(why)) => failed.push(format!("{what} of {action}: {why}")),
        }
    }
    // Shrunk, most are short.
    let shown = failed
        .iter()
        .take(5)
        .map(|failed| failed.chars().take(2_000).collect());
    let shown: Vec<String> = shown.collect();
    assert!(
        failed.is_empty(),
        "{}, such as\n{}",
        failed.len(),
        shown.join("\n")
    );
    let note = format!(
        "{cases} {what}s of each of {} operations, seed {seed}",
        tables.len()
    );
    writeln!(io::stdout(), "{note}").expect("a standard output");
}

#[test]
fn every_request_comes_back() {
    all(
        Way::Sent,
        "request",
        |table| &table.request,
        |operation, text| operation.request(text),
    );
}

#[test]
fn every_answer_comes_back() {
    all(
        Way::Answered,
        "answer",
        |table| &table.response,
        |operation, text| operation.response(text),
    );
}
