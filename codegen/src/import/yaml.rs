//! Prints a tree as YAML in one canonical layout: block style, two blanks a level, lists indented
//! under their key, lines of at most a hundred characters where text can be folded without loss.

mod plain;

use super::tree::{Map, Scalar, ScalarKind, Tree, Value};

const WIDTH: usize = 100;
const STEP: usize = 2;

/// Prints a document; `trailing` are the comments after its last line.
pub(crate) fn print(root: &Tree, trailing: &[String]) -> String {
    let mut printer = Printer(String::new());
    printer.comments(&root.comments, 0);
    match &root.value {
        Value::Map(members) if !members.is_empty() => printer.map(members, 0, false),
        Value::List(items) if !items.is_empty() => printer.list(items, 0),
        Value::Map(_) => printer.0.push_str("{}\n"),
        Value::List(_) => printer.0.push_str("[]\n"),
        Value::Scalar(scalar) => {
            printer.0.push_str(&inline(scalar));
            printer.0.push('\n');
        }
    }
    printer.comments(trailing, 0);
    printer.0
}

struct Printer(String);

impl Printer {
    fn indent(&mut self, indent: usize) {
        self.0.extend(std::iter::repeat_n(' ', indent));
    }

    fn comments(&mut self, comments: &[String], indent: usize) {
        for comment in comments {
            self.indent(indent);
            self.0.push('#');
            self.0.push_str(comment.trim_end());
            self.0.push('\n');
        }
    }

    /// The members of a map; the first may stand behind a dash, its comments above it.
    fn map(&mut self, members: &Map, indent: usize, mut dashed: bool) {
        for (name, tree) in members {
            if !dashed {
                self.comments(&tree.comments, indent);
                self.indent(indent);
            }
            dashed = false;
            let key = string(name);
            self.0.push_str(&key);
            self.0.push(':');
            self.value(&tree.value, indent, indent + key.chars().count() + 2);
        }
    }

    fn list(&mut self, items: &[Tree], indent: usize) {
        for item in items {
            self.comments(&item.comments, indent);
            if let Value::Map(members) = &item.value
                && let Some((_, first)) = members.first()
            {
                self.comments(&first.comments, indent);
                self.indent(indent);
                self.0.push_str("- ");
                self.map(members, indent + STEP, true);
                continue;
            }
            self.indent(indent);
            self.0.push('-');
            self.value(&item.value, indent, indent + STEP);
        }
    }

    /// What stands behind a colon or a dash, up to the end of its last line.
    fn value(&mut self, value: &Value, indent: usize, column: usize) {
        match value {
            Value::Map(members) if members.is_empty() => self.0.push_str(" {}\n"),
            Value::List(items) if items.is_empty() => self.0.push_str(" []\n"),
            Value::Map(members) => {
                self.0.push('\n');
                self.map(members, indent + STEP, false);
            }
            Value::List(items) => {
                self.0.push('\n');
                self.list(items, indent + STEP);
            }
            Value::Scalar(scalar) => self.scalar(scalar, indent + STEP, column),
        }
    }

    fn scalar(&mut self, scalar: &Scalar, indent: usize, column: usize) {
        self.0.push(' ');
        let text = &*scalar.text;
        if scalar.kind == ScalarKind::String && literal(text) {
            self.0
                .push_str(if text.ends_with('\n') { "|\n" } else { "|-\n" });
            for line in text.lines() {
                if !line.is_empty() {
                    self.indent(indent);
                    self.0.push_str(line);
                }
                self.0.push('\n');
            }
            return;
        }
        let inline = inline(scalar);
        let fits = column + inline.chars().count() <= WIDTH;
        if fits || scalar.kind != ScalarKind::String || !foldable(text) {
            self.0.push_str(&inline);
            self.0.push('\n');
            return;
        }
        self.0.push_str(">-");
        let mut at = WIDTH + 1;
        for word in text.split(' ') {
            let length = word.chars().count();
            if at + 1 + length > WIDTH {
                self.0.push('\n');
                self.indent(indent);
                at = indent + length;
            } else {
                self.0.push(' ');
                at += 1 + length;
            }
            self.0.push_str(word);
        }
        self.0.push('\n');
    }
}

/// A scalar on one line.
fn inline(scalar: &Scalar) -> String {
    match scalar.kind {
        ScalarKind::String => string(&scalar.text),
        ScalarKind::Null => "null".to_owned(),
        _ => scalar.text.clone(),
    }
}

fn string(text: &str) -> String {
    if plain::is_safe(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if plain::is_printable(other) => quoted.push(other),
            other => match u32::from(other) {
                code @ ..=0xff => quoted.push_str(&format!("\\x{code:02x}")),
                code @ ..=0xffff => quoted.push_str(&format!("\\u{code:04x}")),
                code => quoted.push_str(&format!("\\U{code:08x}")),
            },
        }
    }
    quoted.push('"');
    quoted
}

/// Whether text with line breaks can be written as it is.
fn literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    text.contains('\n')
        && !body.is_empty()
        && !body.starts_with([' ', '\n'])
        && !body.ends_with('\n')
        && body.split('\n').all(|line| !line.ends_with(' '))
        && body
            .chars()
            .all(|character| character == '\n' || plain::is_printable(character))
}

/// Whether text of one line can be broken at its blanks and read back.
fn foldable(text: &str) -> bool {
    text.contains(' ')
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
        && text.chars().all(plain::is_printable)
}
