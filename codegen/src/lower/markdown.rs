//! Markdown as it stands in a description, made safe for rustdoc.
//!
//! What would be an intra-doc link, an HTML tag, a bare URL or a doctest is escaped or named, and
//! characters that don't show are taken out. Simple Markdown stays as it is.

use std::fmt::Write;

use crate::model::Docs;

/// Languages that a fence may name; anything else would be compiled as Rust.
const LANGUAGES: &[&str] = &[
    "console", "http", "json", "sh", "text", "toml", "xml", "yaml",
];

/// How long a line of documentation may become.
const WIDTH: usize = 100;

/// The lines of a description.
pub(super) fn markdown(text: &str) -> Docs {
    let text: String = text.chars().map(plain).collect();
    let mut fence = None;
    let mut list = 0;
    let mut blank = false;
    let mut docs = Docs::new();
    for line in text.trim().lines() {
        let line = line.trim_end();
        match (fence, opening(line)) {
            (None, Some((mark, language))) => {
                docs.push(format!("{mark}{language}"));
                fence = Some(mark);
            }
            (None, None) => {
                let line = indented(line, blank, &mut list);
                blank = line.is_empty();
                docs.extend(wrap(&prose(&line)));
            }
            (Some(mark), _) if line.trim() == mark => {
                docs.push(mark.to_owned());
                fence = None;
            }
            (Some(_), _) => docs.push(line.to_owned()),
        }
    }
    docs.extend(fence.map(str::to_owned));
    docs
}

/// A character that shows as itself: controls become blanks, and what changes the direction of text
/// goes, since the compiler refuses it.
pub(super) fn plain(c: char) -> char {
    match c {
        '\n' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
        _ if c.is_control() => ' ',
        _ => c,
    }
}

/// The mark and language of the fence that a line opens.
fn opening(line: &str) -> Option<(&'static str, &'static str)> {
    let line = line.trim_start();
    let mark = ["```", "~~~"]
        .into_iter()
        .find(|mark| line.starts_with(mark))?;
    let rest = line[mark.len()..].trim();
    // All on one line it is a code span.
    if rest.contains(mark) {
        return None;
    }
    let language = LANGUAGES.iter().find(|language| rest == **language);
    Some((mark, language.unwrap_or(&"text")))
}

/// A line with the indentation that its place gives a meaning to, no more: four blanks would make a
/// doctest of it. `list` is how far the text of the last item is indented, 0 outside of lists.
fn indented(line: &str, after_blank: bool, list: &mut usize) -> String {
    let text = line.trim_start();
    let lead = line.len() - text.len();
    let blanks = match (marker(text), *list) {
        (Some(marker), outer) => {
            let blanks = if outer > 0 { lead.min(5) } else { 0 };
            *list = blanks + marker;
            blanks
        }
        (None, _) if text.is_empty() => 0,
        (None, _) if after_blank && lead == 0 => {
            *list = 0;
            0
        }
        (None, outer) => outer,
    };
    format!("{:blanks$}{text}", "")
}

/// The length of the mark that makes a text an item of a list.
fn marker(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks: &[&str] = if digits > 0 {
        &[". ", ") "]
    } else {
        &["- ", "* ", "+ "]
    };
    let marked = marks.iter().any(|mark| text[digits..].starts_with(mark));
    marked.then_some(digits + 2)
}

/// Breaks a long line between words, so that the difference of a later change is small.
fn wrap(line: &str) -> Docs {
    // Tables and headings must stay whole.
    if line.starts_with(['|', '#']) {
        return vec![line.to_owned()];
    }
    let text = line.trim_start();
    let lead = line.len() - text.len();
    let mark = marker(text).unwrap_or_default();
    let mut words = text.split(' ');
    let mut line = " ".repeat(lead) + words.next().unwrap_or_default();
    let mut width = line.chars().count();
    let mut lines = Docs::new();
    for word in words {
        let more = word.chars().count();
        if width + 1 + more <= WIDTH || begins_block(word) {
            line.push(' ');
            line.push_str(word);
            width += 1 + more;
        } else {
            let next = format!("{:1$}{word}", "", lead + mark);
            lines.push(std::mem::replace(&mut line, next));
            width = lead + mark + more;
        }
    }
    lines.push(line);
    lines
}

/// Whether a word would begin a list, a heading, a quotation or a fence if it stood first in a line.
fn begins_block(word: &str) -> bool {
    let marked = word.starts_with(['#', '>', '|', '=']);
    let fenced = word.starts_with("```") || word.starts_with("~~~");
    marked || fenced || marker(&format!("{word} ")).is_some()
}

/// One line outside of a fence. It may be as long as a file, so nothing in it is looked for from
/// each of its characters anew.
fn prose(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut runs = Runs::new(line);
    let mut labels = Next::new(line, |c| c == ']');
    let mut targets = Next::new(line, |c| c == ')' || c.is_whitespace());
    let mut rest = line;
    loop {
        // Nothing but these, and the `h` of a URL, is looked at.
        let plain = rest.find(['`', '[', ']', '<', '\\', 'h']);
        let (before, from) = rest.split_at(plain.unwrap_or(rest.len()));
        out.push_str(before);
        rest = from;
        let Some(c) = rest.chars().next() else {
            break;
        };
        let at = line.len() - rest.len();
        let taken = match c {
            '`' => {
                let (run, ticks) = runs.span(at);
                // Others close nothing, and could open a fence.
                out.push_str(&"\\`".repeat(run - ticks));
                rest = &rest[run - ticks..];
                Some(code_span(rest, ticks))
            }
            '[' => link(line, at, &mut labels, &mut targets),
            '<' => autolink(rest),
            // An escape stays one.
            '\\' => rest[1..]
                .starts_with(|c: char| c.is_ascii_punctuation())
                .then_some(2),
            _ => None,
        };
        if let Some(length) = taken {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if let Some(length) = url(rest) {
            let _ = write!(out, "<{}>", &rest[..length]);
            rest = &rest[length..];
        } else {
            if matches!(c, '[' | ']' | '<') {
                out.push('\\');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Where the next character of a kind is. Who asks goes forward only, so a line is gone through once.
struct Next<'l> {
    line: &'l str,
    is: fn(char) -> bool,
    at: Option<usize>,
}

impl<'l> Next<'l> {
    fn new(line: &'l str, is: fn(char) -> bool) -> Self {
        let at = line.find(is);
        Self { line, is, at }
    }

    fn from(&mut self, place: usize) -> Option<usize> {
        if self.at? < place {
            let ahead = self.line[place..].find(self.is);
            self.at = ahead.map(|ahead| place + ahead);
        }
        self.at
    }
}

/// The runs of backticks that are longer than any after them, with their places, the first on top.
struct Runs<'l> {
    line: &'l str,
    longest: Vec<(usize, usize)>,
}

impl<'l> Runs<'l> {
    fn new(line: &'l str) -> Self {
        let mut longest: Vec<(usize, usize)> = Vec::new();
        let mut end = line.len();
        while let Some(last) = line[..end].rfind('`') {
            let start = line[..last].trim_end_matches('`').len();
            let length = last + 1 - start;
            if longest.last().is_none_or(|(_, most)| *most < length) {
                longest.push((start, length));
            }
            end = start;
        }
        Self { line, longest }
    }

    /// The length of the run at a place, and how many of its backticks a later one closes.
    fn span(&mut self, place: usize) -> (usize, usize) {
        let rest = &self.line[place..];
        let run = rest.len() - rest.trim_start_matches('`').len();
        while self.longest.last().is_some_and(|(at, _)| *at < place + run) {
            self.longest.pop();
        }
        let most = self.longest.last().map_or(0, |(_, length)| *length);
        (run, run.min(most))
    }
}

/// The length of the code span that `text` begins with, with so many backticks at both ends.
fn code_span(text: &str, ticks: usize) -> usize {
    let close = text[ticks..].find(&text[..ticks]);
    close.map_or(ticks, |close| ticks + close + ticks)
}

/// The length of the link to the web at a place.
fn link(line: &str, at: usize, labels: &mut Next<'_>, targets: &mut Next<'_>) -> Option<usize> {
    let label = labels.from(at)?;
    let target = line[label..].strip_prefix("](")?;
    if !target.starts_with("https://") && !target.starts_with("http://") {
        return None;
    }
    let end = targets.from(label + 2)?;
    line[end..].starts_with(')').then_some(end + 1 - at)
}

/// The length of the link in angle brackets that `text` begins with.
fn autolink(text: &str) -> Option<usize> {
    let length = url(&text[1..])?;
    text[1 + length..].starts_with('>').then_some(length + 2)
}

/// The length of the bare URL that `text` begins with; closing punctuation isn't part of it.
fn url(text: &str) -> Option<usize> {
    let host = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"))?;
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>()[]`\"\\".contains(c));
    let url = &text[..end.unwrap_or(text.len())];
    Some(url.trim_end_matches(['.', ',', ';', ':', '!', '?']).len())
}
