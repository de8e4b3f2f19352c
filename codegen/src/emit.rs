//! From the model to tokens: one module for each thing that is emitted.

mod builder;
mod client;
mod docs;
mod example;
mod group;
mod ident;
mod imports;
mod library;
mod open_enum;
mod operation;
mod pagination;
mod record;
mod required;
mod ty;

use proc_macro2::TokenStream;

use crate::model::{Api, Direction, Enum, Operation, Record, TypeDef};
use crate::render::File;
pub(crate) use ty::is_optional;

/// The description's entry, as the headers name it.
const ENTRY: &str = "openapi.yaml";

/// The files of a crate, each ready to be emitted.
pub(crate) fn files(api: &Api) -> Vec<File<'_>> {
    let required = required::names(api);
    let requires = !required.is_empty();
    let mut files = vec![
        file("lib.rs", ENTRY, move || library::library(api, requires)),
        file("client.rs", ENTRY, || client::client(api)),
    ];
    if requires {
        files.push(file("required.rs", ENTRY, move || {
            required::required(&required)
        }));
    }
    if !api.types.is_empty() {
        files.push(file("types.rs", ENTRY, || group::types(api)));
    }
    for shared in &api.types {
        let path = format!("types/{}.rs", shared.module);
        files.push(file(path, &shared.origin.file, || {
            let types: Vec<_> = shared.types.iter().map(Ty::from).collect();
            let mut items = imports::imports(&types, None);
            items.extend(type_defs(&types));
            items
        }));
    }
    for group in &api.groups {
        files.push(file(format!("{}.rs", group.module), ENTRY, || {
            group::group(group)
        }));
        for operation in &group.operations {
            let path = format!("{}/{}.rs", group.module, operation.name);
            files.push(file(path, &operation.origin.file, || {
                operation::operation(api, group, operation)
            }));
        }
    }
    files
}

fn file<'a>(
    path: impl Into<String>,
    source: &'a str,
    items: impl Fn() -> Vec<TokenStream> + Sync + 'a,
) -> File<'a> {
    File {
        path: path.into(),
        source,
        items: Box::new(items),
    }
}

/// A type to emit, wherever in the model it stands.
#[derive(Clone, Copy)]
enum Ty<'a> {
    Record(&'a Record),
    Enum(&'a Enum),
}

impl<'a> From<&'a TypeDef> for Ty<'a> {
    fn from(ty: &'a TypeDef) -> Self {
        match ty {
            TypeDef::Record(record) => Self::Record(record),
            TypeDef::Enum(open) => Self::Enum(open),
        }
    }
}

/// The types of an operation's file.
fn types_of(operation: &Operation) -> Vec<Ty<'_>> {
    let mut types = vec![
        Ty::Record(&operation.request),
        Ty::Record(&operation.response),
    ];
    types.extend(operation.types.iter().map(Ty::from));
    types
}

/// Types: first all of their definitions, then what the runtime needs to know of them.
fn type_defs(types: &[Ty<'_>]) -> Vec<TokenStream> {
    let mut definitions = Vec::new();
    let mut declarations = Vec::new();
    for ty in types {
        match ty {
            Ty::Record(record) => {
                definitions.push(record::definition(record));
                if record.direction == Direction::Input {
                    definitions.extend(builder::builder(record));
                }
                declarations.extend(record::declarations(record));
            }
            Ty::Enum(open) => {
                definitions.extend(open_enum::definition(open));
                declarations.push(open_enum::declaration(open));
            }
        }
    }
    definitions.append(&mut declarations);
    definitions
}
