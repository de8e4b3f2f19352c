//! The printer, through an extension that may hold anything: what was read is what is read back.

use alibabacloud_codegen::Sources;
use alibabacloud_codegen::import::import;
use cams_tests::fixtures::again;
use cams_tests::slips::Dice;
use serde_json::{Map, Value as Json, json};

/// What is hard to print, each by itself and in parts of texts.
const HARD: &[&str] = &[
    "",
    " ",
    "no",
    "Yes",
    "y",
    "N",
    "on",
    "OFF",
    "null",
    "Null",
    "~",
    "true",
    "FALSE",
    "1",
    "-1",
    "+1",
    "0",
    "012",
    "0o17",
    "0x1F",
    "0b11",
    "1_000",
    "1:20",
    "1:20:30.5",
    "1e3",
    "1.5",
    ".5",
    "1.",
    "-.5e-3",
    ".inf",
    "-.INF",
    ".NaN",
    "2020-06-06",
    "2020-06-06T10:00:00Z",
    "2020-6-6 10:00",
    "3.0.3",
    "=",
    "<<",
    "-",
    "- a",
    "-a",
    "--- a",
    "---",
    "...",
    "?",
    "? a",
    ":",
    ":a",
    "a:",
    "a: b",
    "a:b",
    "a #b",
    "a#b",
    "#a",
    "&a",
    "*a",
    "!a",
    "|",
    "|-",
    ">",
    ">-",
    "%a",
    "@a",
    "`a`",
    "'a'",
    "\"a\"",
    "a'b",
    "a\"b",
    "[a]",
    "{a}",
    "a, b",
    ",a",
    "]",
    "}",
    "\\",
    "\\n",
    "\t",
    "a\tb",
    "\n",
    "a\n",
    "a\nb",
    "a\nb\n",
    "a\n\n",
    "\na",
    " a\nb",
    "a\n b",
    "a\n\nb",
    "a \nb",
    "a\r\nb",
    "\r",
    "a\n#b",
    "a\n- b",
    "a\n\tb",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "a\u{85}b",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "é",
    "示例",
    "😀",
    " a",
    "a ",
    "a  b",
    "None",
    "90E63D28-E31D",
    "8613800***",
    "18446744073709551616",
    "1e999",
    "x-y",
    "/#A",
];

const WORDS: &[&str] = &[
    "a", "word", "of", "some", "more", "letters,", "and:", "#", "-", "then", "it's", "ends.",
];

/// Random texts and trees.
struct Trees(Dice);

impl Trees {
    fn below(&mut self, limit: usize) -> usize {
        self.0.below(limit)
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        self.0.pick(from)
    }

    fn text(&mut self) -> String {
        match self.below(4) {
            0 => self.pick(HARD).to_owned(),
            1 => {
                let between = self.pick(&["", " ", "\n", ": "]);
                format!("{}{between}{}", self.pick(HARD), self.pick(HARD))
            }
            2 => {
                let words = (0..self.below(60)).map(|_| self.pick(WORDS));
                words.collect::<Vec<_>>().join(" ")
            }
            _ => (0..self.below(200)).map(|_| self.letter()).collect(),
        }
    }

    fn letter(&mut self) -> char {
        let any = u32::try_from(self.below(0x3_0000)).expect("small");
        match self.below(8) {
            0 => char::from_u32(any).unwrap_or(' '),
            1 => ' ',
            2 => '\n',
            _ => char::from(b' ' + u8::try_from(self.below(95)).expect("small")),
        }
    }

    fn tree(&mut self, levels: usize) -> Json {
        match self.below(if levels == 0 { 5 } else { 8 }) {
            0 => Json::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.below(usize::MAX) as i64 - 1_000_000_000),
            3 | 4 => Json::String(self.text()),
            5 => {
                let items = (0..self.below(5)).map(|_| self.tree(levels - 1));
                Json::Array(items.collect())
            }
            _ => {
                let members = (0..self.below(5)).map(|_| {
                    // The key for merging isn't read.
                    let key = self.text().replace("<<", "< <");
                    (key, self.tree(levels - 1))
                });
                Json::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

const METADATA: &str =
    r#"{"info": {"style": "RPC", "product": "parcel", "version": "1"}, "apis": {}}"#;

/// JSON whose characters may stand in YAML, which takes fewer of them as they are.
fn escaped(json: &str) -> String {
    let mut escaped = String::new();
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    escaped
}

/// The tree as it comes out of an import, and the file that it comes out of.
fn printed(tree: &Json) -> (Json, String) {
    let entry = json!({
        "openapi": "3.0.3",
        "info": {"title": "Parcels", "version": "1"},
        "paths": {},
        "x-tree": tree,
    });
    let entry = escaped(&entry.to_string());
    let description = Sources::from([("openapi.yaml".to_owned(), entry.clone().into_bytes())]);
    let metadata = [("api-docs.json".to_owned(), METADATA.as_bytes().to_vec())];
    let once = import(&description, &metadata, false)
        .unwrap_or_else(|problems| panic!("{problems}\n{entry}"));
    let text = once.files["openapi.yaml"].clone();
    let twice = import(&again(&once), &metadata, false)
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(twice.files["openapi.yaml"], text, "of {entry}");
    let read: Json = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    (read["x-tree"].clone(), text)
}

#[test]
fn hard_texts_alone_in_lists_and_as_keys() {
    for text in HARD {
        let mut trees = vec![json!(text), json!([text]), json!([[text]])];
        if *text != "<<" {
            trees.push(json!({*text: [{*text: text}]}));
        }
        for tree in trees {
            let (read, printed) = printed(&tree);
            assert_eq!(read, tree, "{printed}");
        }
    }
}

#[test]
fn a_thousand_trees_are_read_back() {
    let mut trees = Trees(Dice::new(0x0110_2024));
    for _ in 0..1_000 {
        let tree = trees.tree(4);
        let (read, printed) = printed(&tree);
        assert_eq!(read, tree, "{printed}");
    }
}

#[test]
fn lines_keep_to_the_width_where_text_can_be_folded() {
    let sentence = "Words of some length, one behind the other, ".repeat(10);
    let (_, text) = printed(&json!({"deep": [{"deeper": sentence.trim()}]}));
    let longest = text.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(100), "{text}");
    assert!(text.contains(">-\n"), "{text}");
}
