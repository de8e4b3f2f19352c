//! The example in a method's documentation.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ident::ident;
use crate::model::{Api, Group, Operation, Record, Type, TypeDef};
use crate::naming;

/// The lines of an example that compiles: the request with its required fields, sent.
pub(super) fn example(api: &Api, group: &Group, operation: &Operation) -> Vec<String> {
    let krate = format!("alibabacloud_{}", naming::snake(&api.service.product));
    let scene = Scene {
        krate: &krate,
        module: &group.module,
        own: records(&operation.types),
        shared: records(api.types.iter().flat_map(|shared| &shared.types)),
    };
    let request = &operation.request.name;
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example(client: {krate}::Client) -> Result<(), {krate}::Error> {{"),
        format!("use {krate}::{}::{request};", group.module),
        String::new(),
    ];
    let mut built = scene.build(request, &operation.request, 0);
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
    lines
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
}

impl Scene<'_> {
    /// The lines that build a record with its required fields.
    fn build(&self, path: &str, record: &Record, depth: usize) -> Vec<String> {
        let indent = "    ".repeat(depth + 1);
        let mut lines = vec![format!("{path}::builder()")];
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

    fn value(&self, ty: &Type, example: Option<&Value>, wire: &str, depth: usize) -> Vec<String> {
        let number = |default: &str| {
            let given =
                example.map(|example| example.as_str().map_or(example.to_string(), str::to_owned));
            given
                .filter(|text| text.parse::<i64>().is_ok())
                .unwrap_or(default.to_owned())
        };
        match ty {
            Type::Boolean => vec!["true".to_owned()],
            Type::Int32 => {
                let text = number("1");
                vec![if text.parse::<i32>().is_ok() {
                    text
                } else {
                    "1".to_owned()
                }]
            }
            Type::Int64 => vec![number("1")],
            Type::Float32 | Type::Float64 => vec!["1.0".to_owned()],
            Type::String | Type::Enum(_) | Type::Json => {
                let text = example.and_then(Value::as_str).unwrap_or(wire);
                vec![format!("{text:?}")]
            }
            Type::List(items) => wrap("[", self.value(items, None, wire, depth), "]"),
            Type::Map(values) => wrap("[(\"name\", ", self.value(values, None, wire, depth), ")]"),
            Type::Record(reference) => {
                let (records, module) = if reference.shared {
                    (&self.shared, "types")
                } else {
                    (&self.own, self.module)
                };
                let path = format!("{}::{module}::{}", self.krate, reference.name);
                match records.get(reference.name.as_str()) {
                    Some(record) => self.build(&path, record, depth),
                    None => vec![format!("{path}::default()")],
                }
            }
        }
    }
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
