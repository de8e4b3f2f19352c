//! The example in a method's documentation.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use serde_json::Value;

use super::ident::ident;
use crate::model::{Api, Group, Operation, Record, Type, TypeDef};
use crate::naming;

/// More lines than anybody reads: an example that needs them is left out.
const MOST_LINES: usize = 80;

/// The lines of an example that compiles: the request with its required fields, sent.
pub(super) fn example(api: &Api, group: &Group, operation: &Operation) -> Option<Vec<String>> {
    let krate = krate(api);
    let module = ident(&group.module).to_string();
    let scene = Scene {
        krate: &krate,
        module: &module,
        own: records(&operation.types),
        shared: records(api.types.iter().flat_map(|shared| &shared.types)),
        lines: Cell::new(0),
    };
    let request = &operation.request.name;
    let mut built = scene.build(request, &operation.request, 0);
    if scene.lines.get() > MOST_LINES {
        return None;
    }
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{"),
        format!("use {krate}::{module}::{request};"),
        String::new(),
    ];
    if let Some(last) = built.last_mut() {
        last.push(';');
    }
    if let Some(first) = built.first_mut() {
        first.insert_str(0, "let request = ");
    }
    lines.extend(built);
    lines.extend([
        format!(
            "let answer = client.{}(request).await?;",
            ident(&operation.name)
        ),
        "println!(\"{answer:?}\");".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ]);
    Some(lines)
}

/// The crate, as examples name it.
pub(super) fn krate(api: &Api) -> String {
    format!("alibabacloud_{}", naming::snake(&api.service.product))
}

fn records<'a>(types: impl IntoIterator<Item = &'a TypeDef>) -> BTreeMap<&'a str, &'a Record> {
    let records = types.into_iter().filter_map(|ty| match ty {
        TypeDef::Record(record) => Some((record.name.as_str(), record)),
        TypeDef::Enum(_) => None,
    });
    records.collect()
}

/// The records that may be met, and the paths to them.
struct Scene<'a> {
    krate: &'a str,
    module: &'a str,
    own: BTreeMap<&'a str, &'a Record>,
    shared: BTreeMap<&'a str, &'a Record>,
    /// How many lines have been written.
    lines: Cell<usize>,
}

impl Scene<'_> {
    /// The lines that build a record with its required fields.
    fn build(&self, path: &str, record: &Record, depth: usize) -> Vec<String> {
        let indent = "    ".repeat(depth + 1);
        let mut lines = vec![format!("{path}::builder()")];
        self.lines.set(self.lines.get() + 1);
        if self.lines.get() > MOST_LINES {
            return lines;
        }
        for field in record.fields.iter().filter(|field| field.required) {
            let mut value = self.value(&field.ty, field.example.as_ref(), &field.wire, depth + 1);
            if let Some(first) = value.first_mut() {
                first.insert_str(0, &format!("{indent}.{}(", ident(&field.name)));
            }
            if let Some(last) = value.last_mut() {
                last.push(')');
            }
            lines.extend(value);
        }
        lines.push(format!("{indent}.build()"));
        if lines.len() == 2 {
            return vec![lines.concat().replace("    ", "")];
        }
        lines
    }

    /// A value as a setter takes it.
    fn value(&self, ty: &Type, example: Option<&Value>, wire: &str, depth: usize) -> Vec<String> {
        match ty {
            Type::Boolean => vec!["true".to_owned()],
            Type::Int32 => vec![number::<i32>(example)],
            Type::Int64 => vec![number::<i64>(example)],
            Type::Float32 | Type::Float64 => vec!["1.0".to_owned()],
            Type::String | Type::Enum(_) | Type::Json => {
                let text = example.and_then(Value::as_str).unwrap_or(wire);
                vec![literal(text)]
            }
            Type::List(items) if nests(items) => wrap("[", self.exact(items, wire, depth), "]"),
            Type::List(items) => wrap("[", self.value(items, None, wire, depth), "]"),
            Type::Map(values) if nests(values) => {
                wrap("[(\"name\", ", self.exact(values, wire, depth), ")]")
            }
            Type::Map(values) => wrap("[(\"name\", ", self.value(values, None, wire, depth), ")]"),
            Type::Record(reference) => {
                let name = reference.name.as_str();
                let own = self.own.get(name).map(|record| (record, self.module));
                let found = own.or_else(|| self.shared.get(name).map(|record| (record, "types")));
                match found {
                    Some((record, module)) => {
                        self.build(&format!("{}::{module}::{name}", self.krate), record, depth)
                    }
                    None => Vec::new(),
                }
            }
        }
    }

    /// A value within a list or map of lists or maps, which must be of the type itself.
    fn exact(&self, ty: &Type, wire: &str, depth: usize) -> Vec<String> {
        match ty {
            Type::List(items) => wrap("vec![", self.exact(items, wire, depth), "]"),
            Type::Map(values) => wrap(
                "[(\"name\".to_owned(), ",
                self.exact(values, wire, depth),
                ")].into()",
            ),
            Type::String | Type::Enum(_) | Type::Json => vec![format!("{}.into()", literal(wire))],
            _ => self.value(ty, None, wire, depth),
        }
    }
}

fn nests(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::Map(_))
}

/// An integer of a type, out of its example where that is one.
fn number<N: FromStr + Display>(example: Option<&Value>) -> String {
    let text = example.map(|example| example.as_str().map_or(example.to_string(), str::to_owned));
    let number = text.and_then(|text| text.parse::<N>().ok());
    number.map_or("1".to_owned(), |number| number.to_string())
}

/// A string literal, on one line and in plain characters.
fn literal(text: &str) -> String {
    format!("\"{}\"", text.escape_debug())
}

fn wrap(open: &str, mut lines: Vec<String>, close: &str) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, open);
    }
    if let Some(last) = lines.last_mut() {
        last.push_str(close);
    }
    lines
}
