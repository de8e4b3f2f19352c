//! An object of a description, and what stands in it or where it refers to.

use std::borrow::Cow;

use crate::spec::Loaded;
use crate::spec::grammar::Part;
use crate::spec::tree::{Mapping, Node, Place};

/// More hops than any sound chain of references has.
const MOST_HOPS: usize = 32;

/// An object.
pub(super) struct Element<'d, 'w> {
    pub(super) file: &'d str,
    pub(super) node: &'d Node,
    pub(super) part: Part,
    pub(super) pointer: &'w str,
    /// How much of the pointer leads to the element whose allowances count.
    pub(super) owner: usize,
    /// The place of its key, or of itself in a list.
    pub(super) place: Place,
    /// The key under which it stands, if any.
    pub(super) name: &'d str,
    /// Of a property, whether it is required.
    pub(super) property: Option<bool>,
}

impl<'d> Element<'d, '_> {
    /// The pointer of the element whose allowances count.
    pub(super) fn owner(&self) -> &str {
        self.pointer.get(..self.owner).unwrap_or(self.pointer)
    }

    /// The place of a key of it; its own, where there is no such key.
    pub(super) fn place_of(&self, key: &str) -> Place {
        let member = self.node.mapping().and_then(|members| members.get(key));
        member.map_or(self.place, |member| member.key)
    }

    /// The name under which a value is sent or answered: of a parameter or a property.
    pub(super) fn field(&self) -> Option<&'d str> {
        match self.part {
            Part::Parameter => self.node.get("name").and_then(Node::text),
            Part::Schema if self.property.is_some() => Some(self.name),
            _ => None,
        }
    }

    /// The name of a shared schema that is a type of its own.
    pub(super) fn shared_type(&self) -> Option<&'d str> {
        let below = self.pointer.strip_prefix("/components/schemas/")?;
        let makes_type = |key| self.node.get(key).is_some();
        let is_type = makes_type("properties") || makes_type("enum");
        (is_type && !below.contains('/')).then_some(self.name)
    }

    /// What describes it, from itself to what it refers to.
    pub(super) fn layers(&self, loaded: &'d Loaded) -> Layers<'d> {
        Layers::of(loaded, self.file, self.node)
    }
}

/// What describes a value: an object, the schema of a parameter, and what they refer to.
pub(super) struct Layers<'d>(Vec<(Cow<'d, str>, &'d Node)>);

impl<'d> Layers<'d> {
    pub(super) fn of(loaded: &'d Loaded, file: impl Into<Cow<'d, str>>, node: &'d Node) -> Self {
        let mut layers = vec![(file.into(), node)];
        for _ in 0..MOST_HOPS {
            let next = layers
                .last()
                .and_then(|(file, node)| next(loaded, file, node));
            match next {
                Some(next) => layers.push(next),
                None => break,
            }
        }
        Self(layers)
    }

    /// What stands under a key in the first of them that has it.
    pub(super) fn get(&self, key: &str) -> Option<&'d Node> {
        self.0.iter().find_map(|(_, node)| node.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.get(key).and_then(Node::text)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        let flag = self.get(key).and_then(Node::scalar);
        flag.is_some_and(|flag| flag.text.eq_ignore_ascii_case("true"))
    }

    /// The layers of the items of a list.
    pub(super) fn items(&self, loaded: &'d Loaded) -> Option<Self> {
        let within = self
            .0
            .iter()
            .find_map(|(file, node)| Some((file, node.get("items")?)));
        within.map(|(file, items)| Self::of(loaded, file.clone(), items))
    }

    /// The properties of an object, and the file in which they stand.
    pub(super) fn properties(&self) -> Option<(&Cow<'d, str>, &'d Mapping)> {
        self.0.iter().find_map(|(file, node)| {
            let properties = node.get("properties").and_then(Node::mapping)?;
            Some((file, properties))
        })
    }
}

fn next<'d>(
    loaded: &'d Loaded,
    file: &Cow<'d, str>,
    node: &'d Node,
) -> Option<(Cow<'d, str>, &'d Node)> {
    if let Some(reference) = node.get("$ref").and_then(Node::text) {
        let (file, pointer) = loaded.resolve(file, reference)?;
        let node = loaded.node(&file, &pointer)?;
        return Some((file.into(), node));
    }
    if let Some([one]) = node.get("allOf").and_then(Node::sequence) {
        return Some((file.clone(), one));
    }
    // A parameter's, be it sent as text or as JSON; a schema has neither key.
    let schema = node.get("schema").or_else(|| {
        let (_, media) = node.get("content")?.mapping()?.first()?;
        media.value.get("schema")
    })?;
    Some((file.clone(), schema))
}
