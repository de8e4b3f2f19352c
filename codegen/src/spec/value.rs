//! A tree as serde_yaml's value, so that the document is made of what the checks have seen.

use serde_yaml::{Mapping, Number, Value};

use super::tree::{Node, Scalar, ScalarKind, Value as Tree};

/// The value of a node; keys are strings, whatever they read as.
pub(crate) fn value(node: &Node) -> Value {
    match &node.value {
        Tree::Scalar(scalar) => scalar_value(scalar),
        Tree::Sequence(items) => Value::Sequence(items.iter().map(value).collect()),
        Tree::Mapping(members) => {
            let pairs = members
                .iter()
                .map(|(name, member)| (name.as_str().into(), value(&member.value)));
            Value::Mapping(pairs.collect::<Mapping>())
        }
    }
}

fn scalar_value(scalar: &Scalar) -> Value {
    let number = || match scalar.kind {
        ScalarKind::Int | ScalarKind::Float => serde_yaml::from_str::<Number>(&scalar.text).ok(),
        _ => None,
    };
    match scalar.kind {
        ScalarKind::Null => Value::Null,
        ScalarKind::Bool => Value::Bool(scalar.text.starts_with(['t', 'T'])),
        _ => number().map_or_else(|| Value::String(scalar.text.clone()), Value::Number),
    }
}
