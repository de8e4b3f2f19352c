//! JSON pointers (RFC 6901): written while the tree is walked, read to find a node.

use std::borrow::Cow;

use super::tree::{Node, Place, Value};

/// Appends a key, escaped.
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Appends the index of an item.
pub(crate) fn push_index(pointer: &mut String, index: usize) {
    push_key(pointer, &index.to_string());
}

/// The steps of a pointer, unescaped; none for the root.
pub(crate) fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|token| {
        if token.contains('~') {
            Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(token)
        }
    })
}

/// What one step leads to, with the place that a reader should look at: the key or the item.
pub(crate) fn step<'n>(node: &'n Node, token: &str) -> Option<(Place, &'n Node)> {
    match &node.value {
        Value::Mapping(members) => members.get(token).map(|member| (member.key, &member.value)),
        Value::Sequence(items) => {
            let item = items.get(index(token)?)?;
            Some((item.place, item))
        }
        Value::Scalar(_) => None,
    }
}

/// Only the canonical spelling of an index counts: `01` is none.
fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || token.starts_with(|first: char| matches!(first, '1'..='9'));
    if canonical { token.parse().ok() } else { None }
}

/// The node at a pointer.
pub(crate) fn find<'n>(root: &'n Node, pointer: &str) -> Option<&'n Node> {
    tokens(pointer).try_fold(root, |node, token| step(node, &token).map(|(_, next)| next))
}

/// The place of the node at a pointer, or of its nearest ancestor that exists.
pub(crate) fn place(root: &Node, pointer: &str) -> Place {
    let mut node = root;
    let mut place = root.place;
    for token in tokens(pointer) {
        let Some((next_place, next)) = step(node, &token) else {
            break;
        };
        (place, node) = (next_place, next);
    }
    place
}

/// Whether `inner` is `outer` or lies below it.
pub(crate) fn within(inner: &str, outer: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
