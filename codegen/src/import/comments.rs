//! Puts the comments of a text before the keys and items that they stand at.

use std::collections::VecDeque;

use super::tree::{Map, Tree, Value};
use crate::spec::comments::Comment;
use crate::spec::tree::{Node, Value as Positioned};

/// The tree of a text with its comments; those after its last key or item are set apart.
///
/// A comment at the end of a line comes to stand before what begins in that line.
pub(crate) fn attach(root: &Node, comments: Vec<Comment>) -> (Tree, Vec<String>) {
    let mut waiting = VecDeque::from(comments);
    let tree = tree(root, &mut waiting);
    let trailing = waiting.into_iter().map(|comment| comment.text).collect();
    (tree, trailing)
}

fn tree(node: &Node, waiting: &mut VecDeque<Comment>) -> Tree {
    match &node.value {
        Positioned::Scalar(_) => Tree::from(node),
        Positioned::Sequence(items) => {
            let mut trees = Vec::with_capacity(items.len());
            for item in items {
                let comments = until(item.place.line, waiting);
                let mut item = tree(item, waiting);
                item.comments = comments;
                trees.push(item);
            }
            Value::List(trees).into()
        }
        Positioned::Mapping(members) => {
            let mut trees = Map::with_capacity(members.len());
            for (name, member) in members {
                let comments = until(member.key.line, waiting);
                let mut value = tree(&member.value, waiting);
                value.comments = comments;
                trees.insert(name.clone(), value);
            }
            trees.into()
        }
    }
}

/// Takes the comments up to the end of a line.
fn until(line: usize, waiting: &mut VecDeque<Comment>) -> Vec<String> {
    let mut taken = Vec::new();
    while waiting.front().is_some_and(|comment| comment.line <= line) {
        taken.extend(waiting.pop_front().map(|comment| comment.text));
    }
    taken
}
