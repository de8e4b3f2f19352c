//! Values of what a table says, made from the table alone: the same each time, no two alike, with
//! characters that have to be encoded.

use serde_json::{Map, Value as Json, json};

use crate::table::{Field, Type};

/// Which values to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Values of a list of valid ones; others otherwise.
    pub listed: bool,
    /// Required fields alone.
    pub required: bool,
}

/// An object of these fields.
pub fn object(fields: &[Field], kind: Kind) -> Json {
    members(fields, kind, "").into()
}

fn members(fields: &[Field], kind: Kind, at: &str) -> Map<String, Json> {
    let fields = fields
        .iter()
        .filter(|field| field.required || !kind.required);
    let each = fields.map(|field| {
        let at = format!("{at}.{}", field.name);
        (
            field.name.clone(),
            value(&field.ty, &field.values, kind, &at),
        )
    });
    each.collect()
}

fn value(ty: &Type, values: &[String], kind: Kind, at: &str) -> Json {
    let hash = |sum: i64, byte| (sum * 31 + i64::from(byte)) % 8_999_993;
    let number = 1_000_000 + at.bytes().fold(7, hash);
    match ty {
        Type::String if kind.listed && !values.is_empty() => {
            let index = usize::try_from(number).unwrap_or_default() % values.len();
            json!(values[index])
        }
        Type::String => json!(format!("{at} ü+漢~*%2B&=/?#\"\\'<>\u{7f}\n🎉 S{number}E")),
        Type::Boolean => json!(number % 2 == 0),
        Type::Int32 => json!(i32::MIN + i32::try_from(number).unwrap_or_default()),
        Type::Int64 => json!(i64::MAX - number),
        Type::Float | Type::Double => json!(0.5),
        Type::Json => json!({
            "free": [number, null, true, format!("ü&= S{number}E")],
            "and": {"more": 0.5, "none": {}},
        }),
        Type::Array(items) => {
            let item = |index: usize| value(items, values, kind, &format!("{at}[{index}]"));
            json!([item(0), item(1)])
        }
        Type::Map(held) => {
            let member = |name: &str| {
                (
                    name.to_owned(),
                    value(held, values, kind, &format!("{at}{{{name}}}")),
                )
            };
            Json::Object([member("a key"), member("ключ&\"")].into_iter().collect())
        }
        Type::Object(fields) => members(fields, kind, at).into(),
    }
}

/// What tells a text of these from all others, `S1234567E`; none, for a listed value.
pub fn token(text: &str) -> Option<&str> {
    let last = text.rsplit(' ').next()?;
    let digits = last.strip_prefix('S')?.strip_suffix('E')?;
    digits.parse::<u32>().is_ok().then_some(last)
}

/// What tells the values in an object of these fields, at any depth: of marked fields, or of the
/// others. Truth values and listed ones tell nothing.
pub fn tokens(fields: &[Field], json: &Json, marked: bool) -> Vec<String> {
    let mut found = Vec::new();
    collect(fields, json, (marked, false), &mut found);
    found
}

fn collect(fields: &[Field], json: &Json, (marked, below): (bool, bool), found: &mut Vec<String>) {
    match json {
        Json::String(text) if marked == below => found.extend(token(text).map(str::to_owned)),
        Json::Number(number) if marked == below && number.is_i64() => {
            found.push(number.to_string())
        }
        Json::Array(items) => {
            for item in items {
                collect(fields, item, (marked, below), found);
            }
        }
        Json::Object(members) => {
            for (name, json) in members {
                let field = fields.iter().find(|field| field.name == *name);
                let below = below || field.is_some_and(|field| field.sensitive);
                let fields = field.map_or(&[][..], |field| field.ty.fields());
                collect(fields, json, (marked, below), found);
            }
        }
        _ => {}
    }
}

/// How many fields are marked, at all depths.
pub fn marked(fields: &[Field]) -> usize {
    let each = fields
        .iter()
        .map(|field| usize::from(field.sensitive) + marked(field.ty.fields()));
    each.sum()
}
