//! Changes of trees, and of the texts that they are written as.

use std::collections::BTreeMap;

use cams_tests::slips::{Dice, mutate};

use crate::tree::{Style, Tree, map, plain, text};
use crate::words::Words;

/// Around the bounds of schemas, of levels, and far beyond.
const DEPTHS: &[usize] = &[1, 2, 5, 22, 23, 24, 25, 94, 95, 96, 97, 130, 1_000];

/// What changes are made of.
#[derive(Debug)]
pub(crate) struct Changes {
    words: Words,
    /// Values of real documents, with the keys they stand under.
    pool: BTreeMap<String, Vec<Tree>>,
}

impl Changes {
    pub(crate) fn new<'t>(from: impl Iterator<Item = &'t Tree>) -> Self {
        let mut pool: BTreeMap<String, Vec<Tree>> = BTreeMap::new();
        for tree in from {
            tree.visit(None, &mut |key, value| {
                if let Some(key) = key
                    && value.size() < 200
                {
                    let values = pool.entry(key.to_owned()).or_default();
                    if values.len() < 200 {
                        values.push(value.clone());
                    }
                }
            });
        }
        Self {
            words: Words::new(),
            pool,
        }
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// A value that stands under this key somewhere, or a scalar.
    fn value(&self, key: &str, dice: &mut Dice) -> Tree {
        match self.pool.get(key) {
            Some(values) => values[dice.below(values.len())].clone(),
            None => self.words.scalar(dice),
        }
    }

    /// A key and a value, of any real document.
    fn member(&self, dice: &mut Dice) -> (String, Tree) {
        let at = dice.below(self.pool.len());
        let (key, values) = self.pool.iter().nth(at).expect("below the length");
        (key.clone(), values[dice.below(values.len())].clone())
    }

    /// Changes one thing.
    pub(crate) fn change(&self, tree: &mut Tree, dice: &mut Dice) {
        let kind = dice.below(16);
        if kind == 15 {
            return self.alias(tree, dice);
        }
        let other = tree.any(dice).clone();
        let at = tree.any(dice);
        match kind {
            0 => cut(at, dice),
            1 => duplicate(at, dice),
            2 => swap(at, dice),
            3 => *at = other,
            4 => *at = self.words.scalar(dice),
            5 => *at = retyped(at, dice),
            6 => self.deepen(at, dice),
            7 => self.rename(at, dice),
            8 => self.splice(at, dice),
            9 => self.add(at, dice),
            10 => *at = map([("$ref", text(self.reference(dice)))]),
            11 => self.respell(at, dice),
            12 => multiply(at, dice),
            13 => at_values(at, dice, |value, dice| *value = self.words.scalar(dice)),
            _ => {
                let tags = ["!!str", "!!int", "!x", "!<a>", "!!binary", "!!map", "&a &b"];
                let value = std::mem::replace(at, plain(""));
                *at = Tree::Marked(dice.pick(&tags).to_owned(), Box::new(value));
            }
        }
    }

    /// Wraps a value in many others.
    fn deepen(&self, at: &mut Tree, dice: &mut Dice) {
        let depth = DEPTHS[dice.below(DEPTHS.len())];
        let kind = dice.below(5);
        let mut value = std::mem::replace(at, plain(""));
        for _ in 0..depth {
            value = match kind {
                0 => Tree::List(vec![value]),
                1 => map([("a", value)]),
                2 => map([("type", text("array")), ("items", value)]),
                3 => map([("allOf", Tree::List(vec![value]))]),
                _ => map([
                    ("type", text("object")),
                    ("properties", map([("Deep", value)])),
                ]),
            };
        }
        *at = value;
    }

    fn rename(&self, at: &mut Tree, dice: &mut Dice) {
        let Tree::Map(members) = at else {
            return;
        };
        let (from, to) = (dice.below(members.len()), dice.below(members.len()));
        if members.is_empty() {
            return;
        }
        members[from].0 = match dice.below(6) {
            0 => members[to].0.clone(),
            1 => misspelt(&members[to].0, dice),
            2 => members[from].0.to_uppercase(),
            3 => self.words.key(dice),
            _ => self.words.name(dice),
        };
    }

    /// Puts values of other documents in the place of the values here, under the same keys.
    fn splice(&self, at: &mut Tree, dice: &mut Dice) {
        let Tree::Map(members) = at else {
            return;
        };
        if !members.is_empty() {
            let member = dice.below(members.len());
            members[member].1 = self.value(&members[member].0, dice);
        }
    }

    fn add(&self, at: &mut Tree, dice: &mut Dice) {
        let (key, value) = match dice.below(3) {
            0 => {
                let key = self.words.key(dice);
                let value = self.value(&key, dice);
                (key, value)
            }
            1 => (self.words.name(dice), self.words.scalar(dice)),
            _ => self.member(dice),
        };
        match at {
            Tree::Map(members) => members.insert(dice.below(members.len() + 1), (key, value)),
            Tree::List(items) => items.insert(dice.below(items.len() + 1), value),
            _ => *at = map([(&key, value)]),
        }
    }

    fn reference(&self, dice: &mut Dice) -> String {
        let file = [
            "",
            "../openapi.yaml",
            "openapi.yaml",
            "operations/DoThing.yaml",
            "DoThing.yaml",
            ".",
            "..",
            "a%",
        ];
        let pointer = [
            "",
            "#",
            "#/",
            "#/components/schemas/Page",
            "#/components/schemas/Item",
            "#/components/schemas/A0",
            "#/components/schemas/A1",
            "#/components/schemas/A0/properties/A1",
            "#/post/responses/200",
            "#/paths/~1%23DoThing",
            "#/paths/~1%23DoThing/post/parameters/0/schema",
            "#/tags/00",
            "#/%FF",
        ];
        if dice.below(12) == 0 {
            return self.words.name(dice);
        }
        format!("{}{}", dice.pick(&file), dice.pick(&pointer))
    }

    /// A slip in a scalar's text.
    fn respell(&self, at: &mut Tree, dice: &mut Dice) {
        at_values(at, dice, |value, dice| {
            if let Tree::Plain(text) | Tree::Text(text) = value {
                *text = match dice.below(4) {
                    0 => format!("{text}{text}"),
                    1 => format!("{text}{}", self.words.name(dice)),
                    2 => "x".repeat(dice.below(5_000)),
                    _ => misspelt(text, dice),
                };
            }
        });
    }

    /// An anchor here, and aliases of it elsewhere: beside it, within it, or in a key for merging.
    fn alias(&self, tree: &mut Tree, dice: &mut Dice) {
        let name = ["a", "b", "ü"][dice.below(3)];
        let at = tree.any(dice);
        let value = std::mem::replace(at, plain(""));
        *at = Tree::Marked(format!("&{name}"), Box::new(value));
        for _ in 0..1 + dice.below(3) {
            let alias = plain(format!("*{name}"));
            let at = tree.any(dice);
            match (at, dice.below(3)) {
                (Tree::Map(members), 0) => members.push(("<<".to_owned(), alias)),
                (Tree::List(items), 0) => items.extend(vec![alias; 1 + dice.below(200)]),
                (Tree::List(items), 1) => items.push(alias),
                // The anchor itself may get lost, which is fine.
                (at, _) => *at = alias,
            }
        }
    }
}

fn cut(at: &mut Tree, dice: &mut Dice) {
    match at {
        Tree::Map(members) if !members.is_empty() => {
            drop(members.remove(dice.below(members.len())))
        }
        Tree::List(items) if !items.is_empty() => drop(items.remove(dice.below(items.len()))),
        _ => *at = plain(""),
    }
}

fn duplicate(at: &mut Tree, dice: &mut Dice) {
    match at {
        Tree::Map(members) if !members.is_empty() => {
            let member = members[dice.below(members.len())].clone();
            members.push(member);
        }
        Tree::List(items) if !items.is_empty() => {
            let item = items[dice.below(items.len())].clone();
            items.push(item);
        }
        other => *other = Tree::List(vec![other.clone(), other.clone()]),
    }
}

/// Keys keep their places, and get each other's values.
fn swap(at: &mut Tree, dice: &mut Dice) {
    match at {
        Tree::Map(members) if members.len() > 1 => {
            let (one, other) = (dice.below(members.len()), dice.below(members.len()));
            let value = members[one].1.clone();
            members[one].1 = std::mem::replace(&mut members[other].1, value);
        }
        Tree::List(items) if items.len() > 1 => {
            let (one, other) = (dice.below(items.len()), dice.below(items.len()));
            items.swap(one, other);
        }
        _ => {}
    }
}

fn retyped(at: &Tree, dice: &mut Dice) -> Tree {
    match (at, dice.below(3)) {
        (Tree::Plain(value), _) => text(value),
        (Tree::Text(value), 0) => plain(value),
        (Tree::Map(members), 0) => Tree::List(members.iter().map(|(_, it)| it.clone()).collect()),
        (Tree::Map(members), 1) => Tree::List(members.iter().map(|(key, _)| text(key)).collect()),
        (Tree::List(items), 0) => {
            let members = items.iter().enumerate();
            Tree::Map(
                members
                    .map(|(at, it)| (at.to_string(), it.clone()))
                    .collect(),
            )
        }
        (at, 1) => map([("value", at.clone())]),
        (at, _) => Tree::List(vec![at.clone()]),
    }
}

/// The same thing many times, under other names.
fn multiply(at: &mut Tree, dice: &mut Dice) {
    let many = [2, 10, 100, 1_100][dice.below(4)];
    match at {
        Tree::Map(members) if !members.is_empty() => {
            let (key, value) = members[dice.below(members.len())].clone();
            if value.size() * many < 20_000 {
                members.extend((0..many).map(|at| (format!("{key}{at}"), value.clone())));
            }
        }
        Tree::List(items) if !items.is_empty() => {
            let item = items[dice.below(items.len())].clone();
            if item.size() * many < 20_000 {
                items.extend(vec![item; many]);
            }
        }
        _ => {}
    }
}

/// A scalar, or those directly within.
fn at_values(at: &mut Tree, dice: &mut Dice, change: impl Fn(&mut Tree, &mut Dice)) {
    match at {
        Tree::List(items) if !items.is_empty() => {
            let at = dice.below(items.len());
            change(&mut items[at], dice);
        }
        Tree::Map(members) if !members.is_empty() => {
            let at = dice.below(members.len());
            change(&mut members[at].1, dice);
        }
        at => change(at, dice),
    }
}

fn misspelt(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.below(letters.len());
    match dice.below(4) {
        _ if letters.is_empty() => letters.push('a'),
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(0, at),
        _ => letters[at] = if letters[at].is_uppercase() { 'a' } else { 'A' },
    }
    letters.into_iter().collect()
}

/// The text of a tree, in any style.
pub(crate) fn written(tree: &Tree, json: bool, dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => tree.write(Style::Flow),
        1 => tree.write(Style::Json),
        _ if json => tree.write(Style::Json),
        _ => tree.write(Style::Block),
    }
}

/// Changes bytes, knowing nothing of trees.
pub(crate) fn smeared(text: &str, dice: &mut Dice) -> Vec<u8> {
    const BYTES: &[&[u8]] = &[
        b"\0",
        b"\xFF",
        b"\xC3",
        b"\xEF\xBB\xBF",
        b"\xED\xA0\x80",
        b"\r",
        b"\t",
        b"\x1B[31m",
        b"\x85",
        "\u{2028}".as_bytes(),
        "\u{202E}".as_bytes(),
        b"---\n",
        b"...\n",
        b"%YAML 1.1\n---\n",
        b"? ",
        b"#",
        b"\n",
        b"\"",
        b"'",
        b"{",
        b"]",
        b": ",
        b"- ",
        b"&a ",
        b"*a ",
        b"<<: *a\n",
        b"|\n",
    ];
    let mut bytes = text.as_bytes().to_vec();
    match dice.below(8) {
        0 => bytes.truncate(dice.below(bytes.len() + 1)),
        1 => drop(bytes.drain(..dice.below(bytes.len() + 1))),
        2 => bytes = text.replace('\n', "\r\n").into_bytes(),
        3 => bytes = text.replace('\n', "\r").into_bytes(),
        4 => bytes.splice(..0, *b"\xEF\xBB\xBF").for_each(drop),
        5 => {
            for _ in 0..1 + dice.below(4) {
                let at = dice.below(bytes.len() + 1);
                let piece = BYTES[dice.below(BYTES.len())];
                bytes.splice(at..at, piece.iter().copied()).for_each(drop);
            }
        }
        _ => bytes = mutate(text, dice).into_bytes(),
    }
    bytes
}
