//! Goes through the objects of a file, along the tables of OpenAPI.

use super::element::Element;
use crate::spec::grammar::{Part, Shape};
use crate::spec::openapi::object;
use crate::spec::pointer;
use crate::spec::tree::{Node, Place, Value};

/// Gives each object of a file; what is free, such as an example, isn't looked into.
pub(super) fn walk<'d>(
    file: &'d str,
    root: &'d Node,
    part: Part,
    each: &mut impl FnMut(&Element<'d, '_>),
) {
    let mut walk = Walk {
        file,
        pointer: String::new(),
        each,
    };
    walk.value(root, Shape::Part(part), &Around::root(root.place));
}

/// What is known of a value from outside.
#[derive(Clone, Copy)]
struct Around<'d> {
    /// The key or the item's place.
    place: Place,
    /// The key under which it stands.
    name: &'d str,
    /// Whether it is a property, and then whether it is required.
    property: Option<bool>,
    /// The element that it is a part of: a parameter's schema is one with it.
    owner: Option<usize>,
}

struct Walk<'d, 'e, F: FnMut(&Element<'d, '_>)> {
    file: &'d str,
    pointer: String,
    each: &'e mut F,
}

impl Around<'_> {
    fn root(place: Place) -> Self {
        Self {
            place,
            name: "",
            property: None,
            owner: None,
        }
    }
}

impl<'d, F: FnMut(&Element<'d, '_>)> Walk<'d, '_, F> {
    fn value(&mut self, node: &'d Node, shape: Shape, around: &Around<'d>) {
        match (shape, &node.value) {
            (Shape::Part(part) | Shape::PartOrRef(part), Value::Mapping(_)) => {
                self.part(node, part, around)
            }
            (Shape::FlagOrSchema, Value::Mapping(_)) => self.part(node, Part::Schema, around),
            (Shape::List(shape), Value::Sequence(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let length = self.pointer.len();
                    pointer::push_index(&mut self.pointer, index);
                    self.value(item, *shape, &Around::root(item.place));
                    self.pointer.truncate(length);
                }
            }
            (Shape::Map(shape) | Shape::Components(shape), Value::Mapping(members)) => {
                for (name, member) in members {
                    let around = Around {
                        name,
                        owner: around.owner,
                        ..Around::root(member.key)
                    };
                    self.member(name, &member.value, *shape, &around);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, name: &str, node: &'d Node, shape: Shape, around: &Around<'d>) {
        let length = self.pointer.len();
        pointer::push_key(&mut self.pointer, name);
        self.value(node, shape, around);
        self.pointer.truncate(length);
    }

    fn part(&mut self, node: &'d Node, part: Part, around: &Around<'d>) {
        let owner = around.owner.unwrap_or(self.pointer.len());
        let element = Element {
            file: self.file,
            node,
            part,
            pointer: &self.pointer,
            owner,
            place: around.place,
            name: around.name,
            property: around.property,
        };
        (self.each)(&element);
        let table = object(part);
        let members = node.mapping().into_iter().flatten();
        for (key, member) in members.filter(|(_, member)| member.value.scalar().is_none()) {
            let Some(shape) = table.shape_of(key) else {
                continue;
            };
            if part == Part::Schema && key == "properties" {
                self.properties(node, &member.value);
                continue;
            }
            // A parameter is one with its schema.
            let inner = match (part, &**key) {
                (Part::Parameter, "schema" | "content") => Some(owner),
                (Part::MediaType, "schema") => around.owner,
                _ => None,
            };
            let around = Around {
                name: key,
                owner: inner,
                ..Around::root(member.key)
            };
            self.member(key, &member.value, shape, &around);
        }
    }

    fn properties(&mut self, schema: &'d Node, properties: &'d Node) {
        let required = schema.get("required").and_then(Node::sequence);
        let required = required.unwrap_or_default();
        let length = self.pointer.len();
        pointer::push_key(&mut self.pointer, "properties");
        for (name, member) in properties.mapping().into_iter().flatten() {
            let around = Around {
                name,
                property: Some(required.iter().any(|listed| listed.text() == Some(name))),
                ..Around::root(member.key)
            };
            self.member(name, &member.value, Shape::PartOrRef(Part::Schema), &around);
        }
        self.pointer.truncate(length);
    }
}
