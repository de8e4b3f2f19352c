//! Documents as trees that can hold what a sound one can't: keys twice, anchors, aliases, tags,
//! scalars of any spelling. Read from YAML, changed, written in several styles.

use cams_tests::slips::Dice;
use serde_yaml::Value as Yaml;

/// A value.
#[derive(Debug, Clone)]
pub(crate) enum Tree {
    /// A scalar that is written as it stands: a number, a word, `*alias`, or rubbish.
    Plain(String),
    /// A scalar that is written in quotes.
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
    /// A value with something before it: `&anchor` or `!tag`.
    Marked(String, Box<Tree>),
}

/// How a tree is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Block,
    Flow,
    Json,
}

/// A string that YAML 1.2 and JSON read alike.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

pub(crate) fn text(text: impl Into<String>) -> Tree {
    Tree::Text(text.into())
}

pub(crate) fn plain(text: impl Into<String>) -> Tree {
    Tree::Plain(text.into())
}

pub(crate) fn map<const N: usize>(members: [(&str, Tree); N]) -> Tree {
    let members = members.into_iter();
    Tree::Map(
        members
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

impl Tree {
    /// The tree of a sound text.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_yaml::from_str::<Yaml>(text).ok().map(Self::from)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(members) = self else {
            return None;
        };
        members
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Map(members) = self else {
            return None;
        };
        let found = members.iter_mut().find(|(name, _)| name == key);
        found.map(|(_, value)| value)
    }

    /// Puts a member at the end of a map.
    pub(crate) fn push(&mut self, key: &str, value: Self) {
        if let Self::Map(members) = self {
            members.push((key.to_owned(), value));
        }
    }

    /// How many values there are, this one included.
    pub(crate) fn size(&self) -> usize {
        1 + match self {
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Map(members) => members.iter().map(|(_, value)| value.size()).sum(),
            Self::Marked(_, value) => value.size(),
            Self::Plain(_) | Self::Text(_) => 0,
        }
    }

    /// The value of a number, in the order in which they are written.
    pub(crate) fn nth(&mut self, number: &mut usize) -> Option<&mut Self> {
        if *number == 0 {
            return Some(self);
        }
        *number -= 1;
        match self {
            Self::List(items) => items.iter_mut().find_map(|item| item.nth(number)),
            Self::Map(members) => members.iter_mut().find_map(|(_, value)| value.nth(number)),
            Self::Marked(_, value) => value.nth(number),
            Self::Plain(_) | Self::Text(_) => None,
        }
    }

    /// Any value.
    pub(crate) fn any(&mut self, dice: &mut Dice) -> &mut Self {
        let mut number = dice.below(self.size());
        self.nth(&mut number).expect("below the size")
    }

    /// All values with the keys they stand under; none for items.
    pub(crate) fn visit<'t>(
        &'t self,
        key: Option<&'t str>,
        to: &mut impl FnMut(Option<&'t str>, &'t Self),
    ) {
        to(key, self);
        match self {
            Self::List(items) => items.iter().for_each(|item| item.visit(None, to)),
            Self::Map(members) => {
                for (key, value) in members {
                    value.visit(Some(key), to);
                }
            }
            Self::Marked(_, value) => value.visit(key, to),
            Self::Plain(_) | Self::Text(_) => {}
        }
    }

    pub(crate) fn write(&self, style: Style) -> String {
        let mut to = String::new();
        match style {
            Style::Block => self.block(0, &mut to),
            Style::Flow => self.flow(false, &mut to),
            Style::Json => self.flow(true, &mut to),
        }
        to + "\n"
    }

    fn is_flat(&self) -> bool {
        match self {
            Self::List(items) => items.is_empty(),
            Self::Map(members) => members.is_empty(),
            Self::Marked(..) => false,
            Self::Plain(_) | Self::Text(_) => true,
        }
    }

    fn block(&self, level: usize, to: &mut String) {
        match self {
            Self::Marked(mark, value) => {
                to.push_str(mark);
                if value.is_flat() {
                    to.push(' ');
                } else {
                    to.push_str(&format!("\n{:1$}", "", 2 * level));
                }
                value.block(level, to);
            }
            Self::List(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        to.push_str(&format!("\n{:1$}", "", 2 * level));
                    }
                    to.push_str("- ");
                    item.block(level + 1, to);
                }
            }
            Self::Map(members) if !members.is_empty() => {
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        to.push_str(&format!("\n{:1$}", "", 2 * level));
                    }
                    to.push_str(&spelt(key));
                    to.push_str(": ");
                    if !value.is_flat() && !matches!(value, Self::Marked(..)) {
                        to.pop();
                        to.push_str(&format!("\n{:1$}", "", 2 * level + 2));
                    }
                    value.block(level + 1, to);
                }
            }
            _ => self.flow(false, to),
        }
    }

    /// On one line.
    fn flow(&self, json: bool, to: &mut String) {
        match self {
            Self::Plain(text) => {
                if !json || serde_json::from_str::<serde_json::Value>(text).is_ok() {
                    to.push_str(text);
                } else {
                    to.push_str(&quoted(text));
                }
            }
            Self::Text(text) => to.push_str(&quoted(text)),
            Self::List(items) => {
                to.push('[');
                for (index, item) in items.iter().enumerate() {
                    to.push_str(if index > 0 { ", " } else { "" });
                    item.flow(json, to);
                }
                to.push(']');
            }
            Self::Map(members) => {
                to.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    to.push_str(if index > 0 { ", " } else { "" });
                    to.push_str(&if json { quoted(key) } else { spelt(key) });
                    to.push_str(": ");
                    value.flow(json, to);
                }
                to.push('}');
            }
            Self::Marked(mark, value) => {
                if !json {
                    to.push_str(mark);
                    to.push(' ');
                }
                value.flow(json, to);
            }
        }
    }
}

/// A key, in quotes unless it is a word or the key for merging.
fn spelt(key: &str) -> String {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'$');
    let begins = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$');
    if key == "<<" || begins && key.bytes().all(word) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

impl From<Yaml> for Tree {
    fn from(yaml: Yaml) -> Self {
        match yaml {
            Yaml::Null => plain("null"),
            Yaml::Bool(flag) => plain(flag.to_string()),
            Yaml::Number(number) => plain(number.to_string()),
            Yaml::String(text) => Self::Text(text),
            Yaml::Sequence(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Yaml::Mapping(members) => {
                let member = |(key, value): (Yaml, Yaml)| {
                    let key = match key {
                        Yaml::String(key) => key,
                        other => Self::from(other).write(Style::Flow).trim_end().to_owned(),
                    };
                    (key, Self::from(value))
                };
                Self::Map(members.into_iter().map(member).collect())
            }
            Yaml::Tagged(tagged) => {
                let tag = tagged.tag.to_string();
                Self::Marked(tag, Box::new(Self::from(tagged.value)))
            }
        }
    }
}
