//! Descriptions broken anywhere: cut short, and thousands of random slips. Each ends in problems with
//! places, or in files that parse; none in a panic.

use alibabacloud_codegen::{Files, Problems, Sources, generate};
use cams_tests::fixtures::{ENTRY, OPERATION, cams};
use cams_tests::problems::placed;

/// Either files that are Rust, or problems that have places.
fn settled(sources: &Sources) -> Result<Files, Problems> {
    let settled = generate(sources);
    match &settled {
        Err(problems) => placed(problems, sources),
        Ok(files) => {
            assert!(files.contains_key("lib.rs"));
            for (path, text) in files {
                let parsed = syn::parse_file(text);
                assert!(parsed.is_ok(), "{path} isn't Rust:\n{text}");
            }
        }
    }
    settled
}

#[test]
fn truncated_anywhere() {
    for file in [ENTRY, OPERATION] {
        let whole = cams()[file].clone();
        for length in (0..whole.len()).step_by(97) {
            let mut sources = cams();
            sources.insert(file.to_owned(), whole[..length].to_vec());
            let _ = settled(&sources);
        }
    }
}

/// Numbers that look random, and are the same each time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        number as usize % limit.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// What a scalar may become.
const SCALARS: &[&str] = &[
    "",
    "null",
    "~",
    "true",
    "0",
    "-1",
    "1e999",
    "18446744073709551616",
    "0x1F",
    ".nan",
    "'",
    "\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[",
    "}",
    "- a",
    "a: b",
    "&a",
    "*a",
    "!!str x",
    "|",
    ">-",
    "string",
    "integer",
    "object",
    "array",
    "int64",
    "type",
    "self",
    "crate",
    "Self",
    "1st",
    "r#type",
    "ü",
    "🎉",
    "a b",
    "a/b",
    "*/",
    "//",
    "`",
    "\\",
    "#",
    "${x}",
    "{region}",
    "{",
    "\"{{}}\"",
    "query",
    "header",
    "2020-06-06",
    "send",
    "personal",
    "Client",
    "Unlisted",
    "required",
    "build",
    "new",
];

/// Changes a text at a few places, as a slip of the hand would.
fn mutate(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..1 + dice.below(3) {
        if lines.is_empty() {
            break;
        }
        let at = dice.below(lines.len());
        let other = dice.below(lines.len());
        match dice.below(8) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => lines[at].insert_str(0, dice.pick(&[" ", "  ", "    ", "\t", "- "])),
            4 => lines[at] = lines[at].chars().skip(1 + dice.below(3)).collect(),
            5 | 6 => {
                // The value of a key, or of an item.
                let line = &lines[at];
                let value = line.find(": ").map(|at| at + 2);
                let value = value.or_else(|| line.find("- ").map(|at| at + 2));
                let kept = value.map_or(line.len(), |value| value);
                lines[at] = format!("{}{}", &line[..kept], dice.pick(SCALARS));
            }
            _ => {
                // A word of the line becomes another line's.
                let word = |line: &str, dice: &mut Dice| {
                    let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
                    words
                        .get(dice.below(words.len()))
                        .cloned()
                        .unwrap_or_default()
                };
                let (from, to) = (word(&lines[at], dice), word(&lines[other], dice));
                if !from.is_empty() {
                    lines[at] = lines[at].replacen(&from, &to, 1);
                }
            }
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn two_thousand_slips_of_the_hand() {
    let mut dice = Dice(0x5EED_CA35_2020_0606);
    let (mut passed, mut refused) = (0, 0);
    let whole = cams();
    for round in 0..2_000 {
        // The operation is larger, and most of what can be wrong is wrong there.
        let file = if round % 4 == 0 { ENTRY } else { OPERATION };
        let text = String::from_utf8(whole[file].clone()).expect("it is UTF-8");
        let mut sources = whole.clone();
        let mutated = mutate(&text, &mut dice);
        sources.insert(file.to_owned(), mutated.clone().into_bytes());
        let settled = std::panic::catch_unwind(|| settled(&sources));
        match settled {
            Ok(Ok(_)) => passed += 1,
            Ok(Err(_)) => refused += 1,
            Err(_) => panic!("round {round} panics; {file} is:\n{mutated}"),
        }
    }
    // Otherwise the mutations say little.
    assert!(
        passed > 100 && refused > 1_000,
        "{passed} pass, {refused} don't"
    );
}
