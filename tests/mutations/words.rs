//! What a change may put into a document: keys of OpenAPI and of our extensions, odd scalars, odd
//! names.

use cams_tests::fixtures::folder;
use cams_tests::slips::{Dice, SCALARS};
use cams_tests::words::{FORM, words};

use crate::tree::{Tree, plain, text};

/// Names that are words of Rust, of the emitted code, or no names at all.
const NAMES: &[&str] = &[
    "type",
    "Type",
    "self",
    "Self",
    "crate",
    "super",
    "async",
    "gen",
    "_",
    "__",
    "a",
    "A",
    "A_",
    "aB",
    "AB",
    "a-b",
    "a.b",
    "a b",
    "A1",
    "1a",
    "1",
    "-",
    "",
    " ",
    "\n",
    "\0",
    "\u{FEFF}",
    "\u{202E}x",
    "ü",
    "Ünï",
    "漢字",
    "🎉",
    "e\u{301}",
    "ß",
    "İ",
    "ﬁ",
    "ǅ",
    "required",
    "build",
    "builder",
    "new",
    "send",
    "clone",
    "Client",
    "Request",
    "Response",
    "Option",
    "String",
    "Vec",
    "Unlisted",
    "Value",
    "mod",
    "types",
    "main",
    "con",
    "aux",
    "nul",
    "..",
    "../x",
    "a/b",
    "a~b",
    "a%2Fb",
    "a#b",
    "<<",
    "$ref",
    "x-acs-x",
    "x-",
    "r#type",
    "r#",
    "union",
    "macro_rules",
    "'a",
    "`",
    "```",
    "*/",
    "\\",
    "\"",
    "{",
    "}",
    "[0]",
];

/// Beyond what a 64-bit number, a date or a flag can be.
const HUGE: &[&str] = &[
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "1e308",
    "1e309",
    "-1e999999999999",
    "5e-324",
    "-0",
    "-0.0",
    "0.1",
    "1.0",
    "1_000",
    "0o7",
    "0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    ".inf",
    "-.inf",
    ".NaN",
    "NaN",
    "2020-06-06",
    "12:30:45",
    "yes",
    "No",
    "null",
    "Null",
];

/// Words to put into documents.
#[derive(Debug)]
pub(crate) struct Words {
    keys: Vec<String>,
}

impl Words {
    pub(crate) fn new() -> Self {
        let keys = words(&folder().join("../codegen"), FORM);
        assert!(keys.iter().any(|key| key == "additionalProperties"));
        Self { keys }
    }

    pub(crate) fn key(&self, dice: &mut Dice) -> String {
        self.keys[dice.below(self.keys.len())].clone()
    }

    pub(crate) fn name(&self, dice: &mut Dice) -> String {
        match dice.below(8) {
            0 => dice.pick(NAMES).repeat(2),
            1 => format!("{}{}", dice.pick(NAMES), dice.pick(NAMES)),
            2 => self.key(dice),
            3 if dice.below(20) == 0 => "long".repeat(1 + dice.below(500)),
            _ => dice.pick(NAMES).to_owned(),
        }
    }

    pub(crate) fn scalar(&self, dice: &mut Dice) -> Tree {
        match dice.below(8) {
            0 => text(self.name(dice)),
            1 => plain(dice.pick(HUGE)),
            2 => text(dice.pick(HUGE)),
            3 => text(self.key(dice)),
            4 => plain(dice.below(200).to_string()),
            5 => text(letters(dice)),
            6 => plain(["true", "false", "null"][dice.below(3)]),
            _ => plain(dice.pick(SCALARS)),
        }
    }
}

/// Text of any characters.
pub(crate) fn letters(dice: &mut Dice) -> String {
    let length = dice.below(24);
    let letter = |dice: &mut Dice| match dice.below(4) {
        0 => char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('\u{FFFD}'),
        1 => [
            '\0', '\t', '\n', '\r', '\u{85}', '\u{2028}', '\u{FEFF}', '\u{7F}',
        ][dice.below(8)],
        _ => char::from(b' ' + dice.below(95) as u8),
    };
    (0..length).map(|_| letter(dice)).collect()
}
