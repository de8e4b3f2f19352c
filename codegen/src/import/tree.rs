//! A YAML tree with its comments: what is woven and printed.

use indexmap::IndexMap;

use crate::spec::tree::{Node, Value as Positioned};
pub(crate) use crate::spec::tree::{Scalar, ScalarKind};

/// A value, and the comments that stand before its key or its dash.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    /// Each without its `#`.
    pub(crate) comments: Vec<String>,
    pub(crate) value: Value,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Scalar(Scalar),
    List(Vec<Tree>),
    Map(Map),
}

/// In the order in which it is printed.
pub(crate) type Map = IndexMap<String, Tree>;

impl Tree {
    pub(crate) fn string(text: impl Into<String>) -> Self {
        Self::scalar(text, ScalarKind::String)
    }

    pub(crate) fn flag(flag: bool) -> Self {
        Self::scalar(flag.to_string(), ScalarKind::Bool)
    }

    pub(crate) fn whole(number: impl ToString) -> Self {
        Self::scalar(number.to_string(), ScalarKind::Int)
    }

    pub(crate) fn scalar(text: impl Into<String>, kind: ScalarKind) -> Self {
        let text = text.into();
        Value::Scalar(Scalar { text, kind }).into()
    }

    pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Value::List(texts.into_iter().map(Self::string).collect()).into()
    }

    pub(crate) fn map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(members) => Some(members),
            Value::Scalar(_) | Value::List(_) => None,
        }
    }

    pub(crate) fn map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.value {
            Value::Map(members) => Some(members),
            Value::Scalar(_) | Value::List(_) => None,
        }
    }

    pub(crate) fn list(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            Value::Scalar(_) | Value::Map(_) => &[],
        }
    }

    /// The text, where this is a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) if scalar.kind == ScalarKind::String => Some(&scalar.text),
            _ => None,
        }
    }

    /// The text of any scalar.
    pub(crate) fn written(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.map()?.get(key)
    }

    /// What stands at the end of a path of keys.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, key| tree.get(key))
    }

    pub(crate) fn is_true(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar)
            if scalar.kind == ScalarKind::Bool && scalar.text.starts_with(['t', 'T']))
    }

    /// Takes over the comments at items of a list that are here too.
    pub(crate) fn keep_item_comments(&mut self, before: &Self) {
        if let Value::List(items) = &mut self.value {
            for item in items {
                if let Some(same) = before.list().iter().find(|old| *old == item) {
                    item.comments.clone_from(&same.comments);
                }
            }
        }
    }

    /// The same with other comments.
    pub(crate) fn with_comments(mut self, comments: &[String]) -> Self {
        self.comments = comments.to_vec();
        self
    }
}

/// Comments and the order of keys don't count.
impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Scalar(a), Value::Scalar(b)) => {
                a.kind == b.kind && (a.text == b.text || a.kind == ScalarKind::Null)
            }
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Map(a), Value::Map(b)) => a == b,
            _ => false,
        }
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        Self {
            comments: Vec::new(),
            value,
        }
    }
}

impl From<Map> for Tree {
    fn from(members: Map) -> Self {
        Value::Map(members).into()
    }
}

impl From<&Node> for Tree {
    fn from(node: &Node) -> Self {
        match &node.value {
            Positioned::Scalar(scalar) => Value::Scalar(scalar.clone()).into(),
            Positioned::Sequence(items) => {
                Value::List(items.iter().map(Self::from).collect()).into()
            }
            Positioned::Mapping(members) => {
                let members = members.iter();
                members
                    .map(|(name, member)| (name.clone(), Self::from(&member.value)))
                    .collect::<Map>()
                    .into()
            }
        }
    }
}

/// A map of a few known keys.
pub(crate) fn map<const N: usize>(members: [(&str, Tree); N]) -> Map {
    members
        .into_iter()
        .map(|(name, tree)| (name.to_owned(), tree))
        .collect()
}

/// Puts a member where a sorted map would have it.
pub(crate) fn insert_sorted<T>(members: &mut IndexMap<String, T>, name: &str, value: T) {
    let position = members.keys().position(|other| other.as_str() > name);
    let position = position.unwrap_or(members.len());
    members.shift_insert(position, name.to_owned(), value);
}
