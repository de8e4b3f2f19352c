//! Components that nothing refers to.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use super::element::Element;
use crate::problem::Code;
use crate::spec::Loaded;
use crate::spec::grammar::Part;
use crate::spec::report::code;
use crate::spec::tree::{Node, Place};

/// A component: its file, the pointer to its section, its name.
type Component = (String, String);

/// What refers to what, and the components there are.
#[derive(Default)]
pub(super) struct References<'d> {
    /// From components, or from outside of any.
    edges: BTreeMap<Option<Component>, BTreeSet<Component>>,
    declared: Vec<Declared<'d>>,
}

struct Declared<'d> {
    file: &'d str,
    pointer: String,
    node: &'d Node,
    place: Place,
    name: &'d str,
}

impl<'d> References<'d> {
    /// Notes the reference of an object that is one.
    pub(super) fn note(&mut self, loaded: &'d Loaded, element: &Element<'d, '_>) {
        let Some(reference) = element.node.get("$ref").and_then(Node::text) else {
            return;
        };
        let Some((file, pointer)) = loaded.resolve(element.file, reference) else {
            return;
        };
        let from = component(element.file, element.pointer);
        if let Some(to) = component(&file, &pointer) {
            self.edges.entry(from).or_default().insert(to);
        }
    }

    /// Warns of the components that nothing outside of components leads to.
    pub(super) fn unused(self, findings: &mut Findings<'d>) {
        let mut used = BTreeSet::new();
        let mut next: Vec<_> = self.edges.get(&None).into_iter().flatten().collect();
        while let Some(component) = next.pop() {
            if used.insert(component) {
                let further = self.edges.get(&Some(component.clone()));
                next.extend(further.into_iter().flatten());
            }
        }
        for declared in &self.declared {
            let component = component(declared.file, &declared.pointer);
            if !component.is_some_and(|component| used.contains(&component)) {
                let message = format!("nothing refers to the component {}", code(declared.name));
                let help = "remove it, or refer to it where it belongs";
                let lint = Code::UNUSED_COMPONENT;
                findings.warn(&declared.element(), lint, declared.place, message, help);
            }
        }
    }
}

impl<'d> Declared<'d> {
    fn element(&self) -> Element<'d, '_> {
        Element {
            file: self.file,
            node: self.node,
            part: Part::Components,
            pointer: &self.pointer,
            owner: self.pointer.len(),
            place: self.place,
            name: self.name,
            property: None,
        }
    }
}

/// Notes the components of a document. Security schemes are named otherwise than by references.
pub(super) fn check<'d>(element: &Element<'d, '_>, references: &mut References<'d>) {
    if element.part != Part::Components {
        return;
    }
    let sections = element.node.mapping().into_iter().flatten();
    for (section, members) in
        sections.filter(|(name, _)| *name != "securitySchemes" && !name.starts_with("x-"))
    {
        for (name, member) in members.value.mapping().into_iter().flatten() {
            let mut pointer = format!("{}/{section}", element.pointer);
            crate::spec::pointer::push_key(&mut pointer, name);
            references.declared.push(Declared {
                file: element.file,
                pointer,
                node: &member.value,
                place: member.key,
                name,
            });
        }
    }
}

/// The component at or around a pointer.
fn component(file: &str, pointer: &str) -> Option<Component> {
    let below = pointer.strip_prefix("/components/")?;
    let mut steps = below.splitn(3, '/');
    let (section, name) = (steps.next()?, steps.next()?);
    Some((file.to_owned(), format!("{section}/{name}")))
}
