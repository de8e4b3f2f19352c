//! Slips of the hand: small random changes of a text.

/// Numbers that look random, and are the same each time (xorshift64*).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        number as usize % limit.max(1)
    }

    /// One of several.
    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// What a scalar may become.
pub const SCALARS: &[&str] = &[
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
pub fn mutate(text: &str, dice: &mut Dice) -> String {
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
