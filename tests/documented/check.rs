//! Holds what is emitted against what is documented. Every difference names its field.

use std::fmt::Display;

use cams_tests::emitted::{self, Emitted, Entry};
use cams_tests::table::{Field, Operation, Type};
use serde_json::Value as Json;

/// What is different in the file of an operation; nothing, where it is as documented.
pub(crate) fn differences(operation: &Operation, file: &Emitted) -> Vec<String> {
    let mut check = Check {
        file,
        found: Vec::new(),
    };
    let id = &operation.operation;
    let operations = file.operations();
    let Some(request) = operations.get(id) else {
        return vec![format!("{id}: no operation has this ACTION")];
    };
    check.record(request, &operation.request, Direction::Request);
    let response = request.strip_suffix("Request").unwrap_or(request);
    check.record(
        &format!("{response}Response"),
        &operation.response,
        Direction::Answer,
    );
    check.found
}

/// Which way a record travels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// What an operation sends.
    Request,
    /// What is nested in that.
    Inside,
    /// What is answered, at any depth.
    Answer,
}

pub(crate) struct Check<'f> {
    pub(crate) file: &'f Emitted,
    found: Vec<String>,
}

/// A documented field with the place that the emitted one has in all tables.
pub(crate) struct Row<'d> {
    pub(crate) field: &'d Field,
    pub(crate) rust: String,
}

impl Check<'_> {
    pub(crate) fn differ(&mut self, at: impl Display, what: impl Display) {
        self.found.push(format!("{at}: {what}"));
    }

    fn record(&mut self, name: &str, documented: &[Field], direction: Direction) {
        let Some(item) = self.file.record(name) else {
            return self.differ(name, "there is no such struct");
        };
        let Some(entries) = self.file.table(name) else {
            return self.differ(name, "there is no table of fields that can be read");
        };
        let rows = self.rows(name, documented, &entries, direction);
        let declared = emitted::fields(item);
        for found in &declared {
            if !rows.iter().any(|row| row.rust == found.rust) {
                self.differ(
                    format!("{name}.{}", found.rust),
                    "the struct has this field, which isn't documented",
                );
            }
        }
        for row in &rows {
            let at = format!("{name}.{}", row.field.name);
            let Some(found) = declared.iter().find(|field| field.rust == row.rust) else {
                self.differ(at, format!("the struct has no field `{}`", row.rust));
                continue;
            };
            if !found.public {
                self.differ(&at, "the field isn't public");
            }
            let container = matches!(row.field.ty, Type::Array(_) | Type::Map(_));
            let plain = match direction {
                Direction::Answer => container,
                _ => row.field.required,
            };
            self.ty(&at, row.field, &found.ty, plain, direction);
            if found.deprecated != row.field.deprecated {
                let wanted = row.field.deprecated;
                self.differ(
                    &at,
                    format!("deprecated is {}, not {wanted}", found.deprecated),
                );
            }
            for lacks in lacking(row.field, &found.docs) {
                self.differ(&at, format!("its documentation lacks {lacks}"));
            }
        }
        self.order(name, &entries);
        if direction != Direction::Answer {
            self.builder(name, &rows, &entries);
        }
    }

    /// Holds the table against the documentation, and gives every documented field its Rust name.
    fn rows<'d>(
        &mut self,
        name: &str,
        documented: &'d [Field],
        entries: &[Entry],
        direction: Direction,
    ) -> Vec<Row<'d>> {
        let mut left: Vec<_> = entries.iter().collect();
        let mut rows = Vec::new();
        for field in documented {
            let at = format!("{name}.{}", field.name);
            let Some(index) = left.iter().position(|entry| entry.wire == field.name) else {
                self.differ(at, "nothing travels under this name");
                continue;
            };
            let entry = left.remove(index);
            let fits = match &field.rust {
                Some(rust) => entry.rust == *rust,
                None => squeezed(&entry.rust) == squeezed(&field.name) && snake(&entry.rust),
            };
            if !fits {
                self.differ(&at, format!("it is called `{}` in Rust", entry.rust));
            }
            let place = match direction {
                Direction::Request => field.place.as_deref().unwrap_or("query"),
                Direction::Inside | Direction::Answer => "member",
            };
            if entry.place != place {
                self.differ(
                    &at,
                    format!("it travels as `{}`, not `{place}`", entry.place),
                );
            }
            // What an answer is documented to have is taken as it comes.
            let required = field.required && direction != Direction::Answer;
            let told = field.description.is_some();
            if told && entry.sensitive != field.sensitive {
                let wanted = field.sensitive;
                self.differ(
                    &at,
                    format!("sensitive is {}, not {wanted}", entry.sensitive),
                );
            }
            if entry.required != required {
                self.differ(
                    &at,
                    format!("required is {}, not {required}", entry.required),
                );
            }
            rows.push(Row {
                field,
                rust: entry.rust.clone(),
            });
        }
        for entry in left {
            self.differ(
                format!("{name}.{}", entry.wire),
                "it travels, but isn't documented",
            );
        }
        rows
    }

    /// The ways to the fields by their index must have the order of the table.
    fn order(&mut self, name: &str, entries: &[Entry]) {
        let wanted: Vec<_> = entries.iter().map(|entry| &entry.rust).collect();
        for way in ["get", "get_mut"] {
            let impls = self.file.impls(Some("Record"), name);
            let function = emitted::functions(impls).find(|(_, found)| found.sig.ident == way);
            let Some((_, function)) = function else {
                self.differ(name, format!("there is no function `{way}`"));
                continue;
            };
            let touched = emitted::touched(function, "self");
            let pairs = wanted.iter().zip(&touched);
            for (wanted, touched) in pairs.filter(|(wanted, touched)| **wanted != *touched) {
                self.differ(
                    format!("{name}.{wanted}"),
                    format!("`{way}` gives `{touched}` in its place"),
                );
            }
            if touched.len() != wanted.len() {
                let (found, wanted) = (touched.len(), wanted.len());
                self.differ(name, format!("`{way}` knows {found} fields, not {wanted}"));
            }
        }
    }

    fn ty(&mut self, at: &str, field: &Field, found: &str, plain: bool, direction: Direction) {
        let inner = match found.strip_prefix("Option<") {
            Some(inner) if !plain => inner.strip_suffix('>').unwrap_or(inner),
            None if plain => found,
            _ if plain => return self.differ(at, format!("the type is {found}, in an Option")),
            _ => return self.differ(at, format!("the type is {found}, without an Option")),
        };
        self.bare(at, (&field.ty, &field.values), inner, direction);
    }

    fn bare(
        &mut self,
        at: &str,
        (documented, values): (&Type, &[String]),
        found: &str,
        direction: Direction,
    ) {
        let within = |prefix: &str| found.strip_prefix(prefix)?.strip_suffix('>');
        match documented {
            Type::String if !values.is_empty() => self.values(at, values, found),
            Type::Array(items) => match within("Vec<") {
                Some(found) => self.bare(&format!("{at}[]"), (items, values), found, direction),
                None => self.differ(at, format!("the type is {found}, not a Vec")),
            },
            Type::Map(held) => match within("BTreeMap<String,") {
                Some(found) => self.bare(&format!("{at}{{}}"), (held, values), found, direction),
                None => self.differ(at, format!("the type is {found}, not a BTreeMap")),
            },
            Type::Object(fields) => {
                let direction = match direction {
                    Direction::Answer => Direction::Answer,
                    Direction::Request | Direction::Inside => Direction::Inside,
                };
                let before = self.found.len();
                self.record(found, fields, direction);
                for difference in &mut self.found[before..] {
                    *difference = format!("{at} > {difference}");
                }
            }
            scalar => {
                let wanted = scalar_name(scalar);
                if found != wanted {
                    self.differ(at, format!("the type is {found}, not {wanted}"));
                }
            }
        }
    }

    /// An open enum must have exactly the valid values, in the documentation's order, both ways.
    fn values(&mut self, at: &str, values: &[String], name: &str) {
        let Some(item) = self.file.choice(name) else {
            return self.differ(at, format!("the type is {name}, which is no enum here"));
        };
        let variants: Vec<_> = item.variants.iter().map(|found| &found.ident).collect();
        let Some((unlisted, variants)) = variants.split_last() else {
            return self.differ(at, format!("{name} has no variants"));
        };
        if *unlisted != "Unlisted" {
            self.differ(at, format!("the last variant of {name} is {unlisted}"));
        }
        let mut to: Vec<_> = variants
            .iter()
            .zip(values)
            .map(|(variant, value)| (format!("Self::{variant}"), format!("{value:?}")))
            .collect();
        let mut from: Vec<_> = to
            .iter()
            .cloned()
            .map(|(rust, wire)| (wire, rust))
            .collect();
        to.push(("Self::Unlisted(text)".to_owned(), "text".to_owned()));
        from.push((
            "other".to_owned(),
            "Self::Unlisted(other.to_owned())".to_owned(),
        ));
        let ways = [(None, "as_str", to), (Some("From<&str>"), "from", from)];
        for (of, way, wanted) in ways {
            let impls = self.file.impls(of, name);
            let mut functions = emitted::functions(impls);
            let function = functions.find(|(_, found)| found.sig.ident == way);
            let arms = function.map(|(_, function)| emitted::arms(function));
            let arms = arms.unwrap_or_default();
            if arms != wanted {
                self.differ(
                    at,
                    format!("valid values are {values:?}, but `{name}::{way}` has {arms:?}"),
                );
            }
        }
        if variants.len() != values.len() {
            self.differ(
                at,
                format!("{name} has {} values, not {}", variants.len(), values.len()),
            );
        }
    }
}

/// What is documented of a field and isn't in the documentation of the emitted one.
fn lacking(field: &Field, docs: &str) -> Vec<String> {
    let limit = |name: &str| field.limits.get(name).map(String::as_str);
    let range = |what: &str, least: &str, most: &str| match (limit(least), limit(most)) {
        (None, None) => None,
        (Some(least), None) => Some(format!("{what}: {least} or more.")),
        (None, Some(most)) => Some(format!("{what}: up to {most}.")),
        (Some(least), Some(most)) if least == most => Some(format!("{what}: exactly {most}.")),
        (Some(least), Some(most)) => Some(format!("{what}: {least} to {most}.")),
    };
    let span = |what: &str, value: &Option<Json>| {
        let value = match value.as_ref()? {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(format!("{what}: `{value}`."))
    };
    let wanted = [
        field.description.clone(),
        span("Default of the service", &field.default),
        range("Range", "minimum", "maximum"),
        range("Characters", "minLength", "maxLength"),
        range("Items", "minItems", "maxItems"),
        limit("pattern").map(|pattern| format!("Pattern: `{pattern}`.")),
        span("Example", &field.example),
    ];
    // Line breaks and escapes are the emitter's own.
    let bare = |text: &str| -> String {
        let kept = |c: &char| !c.is_whitespace() && !matches!(c, '`' | '\\');
        text.chars().filter(kept).collect()
    };
    let docs = bare(docs);
    let wanted = wanted.into_iter().flatten();
    wanted
        .filter(|wanted| !docs.contains(&bare(wanted)))
        .collect()
}

fn scalar_name(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "bool",
        Type::Int32 => "i32",
        Type::Int64 => "i64",
        Type::Float => "f32",
        Type::Double => "f64",
        Type::Json => "Json",
        _ => "String",
    }
}

/// A name without what tells one spelling of it from another.
pub(crate) fn squeezed(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_ascii_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

fn snake(name: &str) -> bool {
    name == name.to_lowercase()
}
