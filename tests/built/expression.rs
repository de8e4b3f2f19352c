//! Requests as Rust, through the builders: names from what is emitted, everything else from tables.

use std::fmt::Write;

use cams_tests::emitted::{self, Emitted, arms, functions, innermost};
use cams_tests::table::{Field, Type};
use serde_json::{Map, Value as Json};

/// The path of an emitted type.
fn path(emitted: &Emitted, ty: &str) -> String {
    let place = emitted
        .places
        .get(ty)
        .unwrap_or_else(|| panic!("there is no {ty}"));
    let module = place.split('/').next().unwrap_or_default();
    format!("alibabacloud_cams::{module}::{ty}")
}

/// The builder of a record with these members set, before `build`.
pub(crate) fn builder(
    emitted: &Emitted,
    ty: &str,
    fields: &[Field],
    given: &Map<String, Json>,
) -> String {
    let entries = emitted
        .table(ty)
        .unwrap_or_else(|| panic!("{ty} has no table"));
    let declared = emitted.record(ty).map(emitted::fields).unwrap_or_default();
    let mut text = format!("{}::builder()", path(emitted, ty));
    for field in fields {
        let Some(json) = given.get(&field.name) else {
            continue;
        };
        let entry = entries.iter().find(|entry| entry.wire == field.name);
        let entry = entry.unwrap_or_else(|| panic!("{ty} has no {}", field.name));
        let found = declared.iter().find(|found| found.rust == entry.rust);
        let inner = innermost(
            &found
                .unwrap_or_else(|| panic!("{ty} has no {}", entry.rust))
                .ty,
        );
        let setter = match entry.rust.as_str() {
            "type" => "r#type",
            name => name,
        };
        let value = value(emitted, inner, &field.ty, &field.values, json);
        write!(text, ".{setter}({value})").expect("a text takes all");
    }
    text
}

fn value(emitted: &Emitted, inner: &str, ty: &Type, values: &[String], json: &Json) -> String {
    let of = |ty, json| value(emitted, inner, ty, values, json);
    match (ty, json) {
        (Type::String, Json::String(text)) if values.is_empty() => format!("{text:?}"),
        (Type::String, Json::String(text)) => variant(emitted, inner, text),
        (Type::Json, json) => format!("{:?}.parse::<Json>().expect(\"JSON\")", json.to_string()),
        (Type::Array(items), Json::Array(given)) => {
            let given: Vec<_> = given.iter().map(|json| of(items, json)).collect();
            format!("[{}]", given.join(", "))
        }
        (Type::Map(held), Json::Object(given)) => {
            let given = given
                .iter()
                .map(|(name, json)| format!("({name:?}, {})", of(held, json)));
            format!("[{}]", given.collect::<Vec<_>>().join(", "))
        }
        (Type::Object(fields), Json::Object(given)) => {
            format!("{}.build()", builder(emitted, inner, fields, given))
        }
        (_, scalar) => scalar.to_string(),
    }
}

/// A value of an open enum: its variant, or as unlisted.
fn variant(emitted: &Emitted, ty: &str, text: &str) -> String {
    let written = functions(emitted.impls(None, ty)).find(|(_, it)| it.sig.ident == "as_str");
    let arms = written
        .map(|(_, function)| arms(function))
        .unwrap_or_default();
    let literal = format!("{text:?}");
    let listed = arms
        .iter()
        .find(|(_, value)| *value == literal.replace(' ', ""));
    let path = path(emitted, ty);
    match listed {
        Some((variant, _)) => format!("{path}::{}", variant.trim_start_matches("Self::")),
        None => format!("{path}::Unlisted({literal}.to_owned())"),
    }
}
