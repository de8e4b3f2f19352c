//! Problems for people: what and where it is, its line with the place underlined, what to do.

use std::fmt::{self, Write};

use unicode_width::UnicodeWidthChar;

use super::excerpt::{Excerpt, excerpt};
use super::{Level, Problem};
use crate::Sources;

/// How many blanks a tab is shown as.
const TAB: usize = 4;

/// The escape sequences of a style, both empty where there is none.
#[derive(Clone, Copy)]
struct Style {
    on: &'static str,
    off: &'static str,
}

const PLAIN: Style = Style { on: "", off: "" };
const BOLD: Style = colour("\x1b[1m");
const RED: Style = colour("\x1b[1;31m");
const YELLOW: Style = colour("\x1b[1;33m");
const BLUE: Style = colour("\x1b[1;34m");

const fn colour(on: &'static str) -> Style {
    Style { on, off: "\x1b[0m" }
}

impl Style {
    fn paint(self, text: impl fmt::Display) -> String {
        format!("{}{text}{}", self.on, self.off)
    }
}

/// A problem in the texts it is about, coloured for a terminal or plain. `path` names its file as the
/// reader can open it.
pub fn render(problem: &Problem, sources: &Sources, path: &str, styled: bool) -> String {
    let style = |style| if styled { style } else { PLAIN };
    let level = style(match problem.level() {
        Level::Error => RED,
        Level::Warning => YELLOW,
    });
    let frame = style(BLUE);
    let location = &problem.location;
    let number = location.line.to_string();
    let gutter = " ".repeat(number.len());
    let mut text = level.paint(format_args!("{}[{}]", problem.level(), problem.code));
    text.push_str(&style(BOLD).paint(format_args!(": {}", problem.message)));
    let path: String = path.chars().map(|shown| shown_as(shown).0).collect();
    let arrow = frame.paint(format_args!("{gutter}-->"));
    let (line, column) = (location.line, location.column);
    let _ = write!(text, "\n{arrow} {path}:{line}:{column}");
    let shown = excerpt(problem, sources).filter(|shown| !shown.text.trim().is_empty());
    if let Some(shown) = shown {
        let bar = frame.paint(format_args!("{gutter} |"));
        let number = frame.paint(format_args!("{number} |"));
        let (source, before, under) = drawn(&shown);
        let carets = level.paint("^".repeat(under));
        let _ = write!(
            text,
            "\n{bar}\n{number} {source}\n{bar} {:before$}{carets}",
            ""
        );
    }
    let note = frame.paint(format_args!("{gutter} ="));
    if !location.pointer.is_empty() {
        let at = style(BOLD).paint("at");
        let _ = write!(text, "\n{note} {at}: {}", location.pointer);
    }
    let help = style(BOLD).paint("help");
    let _ = write!(text, "\n{note} {help}: {}", problem.help);
    text
}

/// The line as it is shown, and how many cells are before the place and below it.
fn drawn(excerpt: &Excerpt) -> (String, usize, usize) {
    let (mut source, mut before, mut under) = (String::new(), 0, 0);
    if excerpt.first > 1 {
        source.push('…');
        before = 1;
    }
    for (column, character) in (excerpt.first..).zip(excerpt.text.chars()) {
        let (shown, width) = shown_as(character);
        if column < excerpt.column {
            before += width;
        } else if column < excerpt.end {
            under += width;
        }
        if character == '\t' {
            source.push_str(&" ".repeat(TAB));
        } else {
            source.push(shown);
        }
    }
    if excerpt.is_cut {
        source.push('…');
    }
    (source.trim_end().to_owned(), before, under.max(1))
}

/// What stands for a character, and its width in cells: nothing may move the cursor or turn the text.
fn shown_as(character: char) -> (char, usize) {
    match character {
        '\t' => (' ', TAB),
        '\0'..='\u{1f}' => {
            let picture = char::from_u32(0x2400 + u32::from(character));
            (picture.unwrap_or('\u{fffd}'), 1)
        }
        '\u{7f}' => ('\u{2421}', 1),
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => ('\u{fffd}', 1),
        _ => (character, character.width().unwrap_or(1)),
    }
}
