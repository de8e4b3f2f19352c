//! Holds the builder of a request against what is documented.

use std::collections::BTreeSet;

use syn::{ImplItemFn, ItemImpl};

use super::check::{Check, Row, squeezed};
use cams_tests::emitted::{self, Entry};
use cams_tests::table::Type;

impl Check<'_> {
    pub(crate) fn builder(&mut self, record: &str, rows: &[Row<'_>], entries: &[Entry]) {
        let name = format!("{record}Builder");
        let required: Vec<_> = entries
            .iter()
            .filter(|entry| {
                rows.iter()
                    .any(|row| row.rust == entry.rust && row.field.required)
            })
            .map(|entry| entry.rust.as_str())
            .collect();
        let flags: Vec<_> = required.iter().map(|rust| rust.to_uppercase()).collect();
        match self.file.record(&name) {
            None => self.differ(&name, "there is no such struct"),
            Some(item) => self.flags(&name, &emitted::flags(&item.generics), &flags),
        }
        let started = emitted::functions(self.file.impls(None, record))
            .find(|(_, function)| function.sig.ident == "builder");
        let started = started.map(|(_, function)| emitted::returned(function));
        let wanted = instance(&name, &vec!["false".to_owned(); flags.len()]);
        if started.as_ref() != Some(&wanted) {
            self.differ(
                record,
                format!("`builder` returns {started:?}, not {wanted}"),
            );
        }
        let functions: Vec<_> = emitted::functions(self.file.impls(None, &name)).collect();
        for (block, _) in &functions {
            self.flags(&name, &emitted::flags(&block.generics), &flags);
        }
        for row in rows {
            let at = format!("{name}.{}", row.field.name);
            let mut setters = functions
                .iter()
                .filter(|(_, function)| emitted::plain(&function.sig.ident) == row.rust);
            match (setters.next(), setters.next()) {
                (Some(setter), None) => self.setter(&at, record, row, *setter, &flags),
                (None, _) => self.differ(at, "it has no setter"),
                _ => self.differ(at, "it has several setters"),
            }
        }
        for (_, function) in &functions {
            let found = emitted::plain(&function.sig.ident);
            if found != "build" && !rows.iter().any(|row| row.rust == found) {
                self.differ(
                    format!("{name}.{found}"),
                    "this setter is of no documented field",
                );
            }
        }
        match functions
            .iter()
            .find(|(_, function)| function.sig.ident == "build")
        {
            None => self.differ(&name, "there is no `build`"),
            Some((_, build)) => self.build(&name, build, &required),
        }
    }

    /// What `build` asks for.
    fn build(&mut self, name: &str, build: &ImplItemFn, required: &[&str]) {
        let found: BTreeSet<_> = emitted::bounds(&build.sig.generics)
            .iter()
            .map(|bound| bound.to_lowercase())
            .collect();
        let wanted: BTreeSet<_> = required
            .iter()
            .map(|rust| format!("is<{rust}>:required::has{}", squeezed(rust)))
            .collect();
        for missing in wanted.difference(&found) {
            self.differ(name, format!("`build` doesn't ask for {missing}"));
        }
        for extra in found.difference(&wanted) {
            self.differ(
                name,
                format!("`build` asks for {extra}, which isn't required"),
            );
        }
    }

    fn flags(&mut self, name: &str, found: &[String], wanted: &[String]) {
        for flag in wanted.iter().filter(|flag| !found.contains(flag)) {
            self.differ(
                format!("{name}.{}", flag.to_lowercase()),
                "the builder has no flag for this required field",
            );
        }
        for flag in found.iter().filter(|flag| !wanted.contains(flag)) {
            self.differ(
                format!("{name}.{}", flag.to_lowercase()),
                "the builder has a flag for what isn't required",
            );
        }
        if found != wanted {
            self.differ(name, format!("the flags are {found:?}, not {wanted:?}"));
        }
    }

    fn setter(
        &mut self,
        at: &str,
        record: &str,
        row: &Row<'_>,
        (_, setter): (&ItemImpl, &ImplItemFn),
        flags: &[String],
    ) {
        let declared = self.file.record(record).map(emitted::fields);
        let ty = declared
            .into_iter()
            .flatten()
            .find(|field| field.rust == row.rust);
        let ty = ty.map(|field| field.ty).unwrap_or_default();
        let ty = match ty.strip_prefix("Option<") {
            Some(inner) => inner.strip_suffix('>').unwrap_or(inner),
            None => &ty,
        };
        let wanted = taken(&row.field.ty, ty);
        let parameters = emitted::parameters(&setter.sig.inputs);
        if parameters != [wanted.clone()] {
            self.differ(at, format!("its setter takes {parameters:?}, not {wanted}"));
        }
        let returned = emitted::returned(setter);
        let wanted = if row.field.required {
            let own = row.rust.to_uppercase();
            let after = flags.iter().map(|flag| {
                if *flag == own {
                    "true".to_owned()
                } else {
                    flag.clone()
                }
            });
            instance(&format!("{record}Builder"), &after.collect::<Vec<_>>())
        } else {
            "Self".to_owned()
        };
        if returned != wanted {
            self.differ(at, format!("its setter returns {returned}, not {wanted}"));
        }
        let touched = emitted::touched(setter, "self.built");
        if touched != [row.rust.clone()] {
            self.differ(at, format!("its setter sets {touched:?}"));
        }
    }
}

/// What a setter takes for a field of that type.
fn taken(documented: &Type, emitted: &str) -> String {
    let inner = |prefix: &str| {
        let inner = emitted.strip_prefix(prefix);
        inner
            .and_then(|inner| inner.strip_suffix('>'))
            .unwrap_or_default()
    };
    let element = |ty: &Type, emitted: &str| match ty {
        Type::Array(_) | Type::Map(_) => emitted.to_owned(),
        other => taken(other, emitted),
    };
    match documented {
        Type::Boolean | Type::Int32 | Type::Int64 | Type::Float | Type::Double => {
            emitted.to_owned()
        }
        Type::String | Type::Json | Type::Object(_) => format!("implInto<{emitted}>"),
        Type::Array(items) => {
            format!("implIntoIterator<Item={}>", element(items, inner("Vec<")))
        }
        Type::Map(values) => format!(
            "implIntoIterator<Item=(implInto<String>,{})>",
            element(values, inner("BTreeMap<String,"))
        ),
    }
}

/// A type with its constant arguments; without any, where there are none.
fn instance(name: &str, arguments: &[String]) -> String {
    if arguments.is_empty() {
        return name.to_owned();
    }
    format!("{name}<{}>", arguments.join(","))
}
