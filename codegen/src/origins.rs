//! From a model back to the vendor's metadata that its description was imported from.
//!
//! A description that is made in memory has no lines that anybody could look up; the file that it
//! is made of has.

use std::collections::BTreeMap;

use crate::diff::name_of;
use crate::model::{Api, Enum, Field, Operation, Record, Type, TypeDef};
use crate::problem::{Location, Problems};
use crate::spec::pointer::{find, place, push_index, push_key};
use crate::spec::tree::Node;
use crate::spec::{files, parse, report};

/// More hops than any sound chain of references has.
const MOST_HOPS: usize = 32;

/// Puts the places of the metadata where the model has those of the description made of it. What
/// isn't in the metadata gets the place of what it is in.
///
/// # Errors
///
/// When the text can't be read, which an import would have said before.
pub fn locate(api: &mut Api, name: &str, text: &[u8]) -> Result<(), Problems> {
    let mut problems = report::Report::default();
    let mut budget = parse::Budget::new();
    let root = files::text(name, text, &mut problems)
        .and_then(|text| parse::parse(name, text, &mut budget, &mut problems));
    problems.conclude()?;
    let Some(root) = root else {
        return Ok(());
    };
    let mut metadata = Metadata {
        name,
        root: &root,
        types: Vec::new(),
    };
    let mut types: BTreeMap<String, &mut TypeDef> = BTreeMap::new();
    for group in &mut api.groups {
        group.origin = metadata.at("");
        for operation in &mut group.operations {
            metadata.operation(operation);
            let nested = operation.types.iter_mut();
            types.extend(nested.map(|ty| (name_of(ty).to_owned(), ty)));
        }
    }
    for shared in &mut api.types {
        shared.origin = metadata.at("");
        let nested = shared.types.iter_mut();
        types.extend(nested.map(|ty| (name_of(ty).to_owned(), ty)));
    }
    // What is shared is where it is met first.
    metadata.types.reverse();
    while let Some((name, pointer)) = metadata.types.pop() {
        match types.remove(&name) {
            Some(TypeDef::Record(record)) => metadata.record(record, &pointer),
            Some(TypeDef::Enum(open)) => metadata.open_enum(open, &pointer),
            None => {}
        }
    }
    Ok(())
}

struct Metadata<'m> {
    name: &'m str,
    root: &'m Node,
    /// Types that have been met, with pointers to their schemas.
    types: Vec<(String, String)>,
}

impl Metadata<'_> {
    /// A place, or the nearest one around it that is there.
    fn at(&self, pointer: &str) -> Location {
        report::location(self.name, place(self.root, pointer), pointer)
    }

    fn operation(&mut self, operation: &mut Operation) {
        let mut pointer = "/apis".to_owned();
        push_key(&mut pointer, &operation.id);
        operation.origin = self.at(&pointer);
        operation.request.origin = self.at(&pointer);
        let parameters = format!("{pointer}/parameters");
        let listed = find(self.root, &parameters).and_then(Node::sequence);
        for field in &mut operation.request.fields {
            let named = |node: &Node| node.get("name").and_then(Node::text) == Some(&field.wire);
            let index = listed.and_then(|listed| listed.iter().position(named));
            let mut parameter = parameters.clone();
            if let Some(index) = index {
                push_index(&mut parameter, index);
            }
            field.origin = self.at(&parameter);
            self.meet(&field.ty, &format!("{parameter}/schema"));
        }
        self.record(
            &mut operation.response,
            &format!("{pointer}/responses/200/schema"),
        );
    }

    fn record(&mut self, record: &mut Record, schema: &str) {
        record.origin = self.at(schema);
        let properties = format!("{}/properties", self.target(schema));
        for Field {
            wire, ty, origin, ..
        } in &mut record.fields
        {
            let mut property = properties.clone();
            push_key(&mut property, wire);
            *origin = self.at(&property);
            self.meet(ty, &property);
        }
    }

    fn open_enum(&self, open: &mut Enum, schema: &str) {
        open.origin = self.at(schema);
        let schema = self.target(schema);
        for value in &mut open.variants {
            let mut title = format!("{schema}/enumValueTitles");
            push_key(&mut title, &value.wire);
            let titled = find(self.root, &title).is_some();
            value.origin = self.at(&if titled {
                title
            } else {
                format!("{schema}/enum")
            });
        }
    }

    /// Notes the emitted type in a type.
    fn meet(&mut self, ty: &Type, schema: &str) {
        let schema = self.target(schema);
        match ty {
            Type::List(items) => self.meet(items, &format!("{schema}/items")),
            Type::Map(values) => self.meet(values, &format!("{schema}/additionalProperties")),
            Type::Record(reference) | Type::Enum(reference) => {
                self.types.push((reference.name.clone(), schema));
            }
            _ => {}
        }
    }

    /// Where a schema leads that refers to another.
    fn target(&self, schema: &str) -> String {
        let mut schema = schema.to_owned();
        for _ in 0..MOST_HOPS {
            let reference = find(self.root, &schema).and_then(|node| node.get("$ref")?.text());
            match reference.and_then(|reference| reference.strip_prefix('#')) {
                Some(to) => schema = to.to_owned(),
                None => break,
            }
        }
        schema
    }
}
