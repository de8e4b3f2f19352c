//! Text to tree, through the event parser. Nothing here recurses, and the bounds
//! hold while the tree grows, so that no text can exhaust the stack or the memory.

use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Span};
use indexmap::map::Entry;

use super::pointer;
use super::report::{self, Report};
use super::syntax;
use super::tree::{Mapping, Member, Node, Place, Scalar, ScalarKind, Value, plain_kind};
use crate::problem::{Code, Location};

/// serde_yaml stops at 128; descriptions stay under 40.
pub(crate) const MOST_LEVELS: usize = 96;

/// Of one file.
pub(crate) const MOST_BYTES: usize = 16 << 20;

/// Of all files together, aliases counted as what they stand for.
const MOST_WEIGHT: usize = 1_000_000;

/// Keys stand in pointers, and pointers in problems.
const LONGEST_KEY: usize = 1_024;

/// YAML 1.1's key for "and all of that too"; readers differ in what they make of it.
pub(crate) const MERGE: &str = "<<";

/// How much may still be read, over all files.
#[derive(Debug)]
pub(crate) struct Budget {
    weight: usize,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self {
            weight: MOST_WEIGHT,
        }
    }

    /// What is left after so much; none where that is too much.
    pub(crate) fn after(spent: usize) -> Option<Self> {
        let weight = MOST_WEIGHT.checked_sub(spent)?;
        Some(Self { weight })
    }

    /// How much has been read.
    pub(crate) fn spent(&self) -> usize {
        MOST_WEIGHT - self.weight
    }
}

/// The tree of a text; `None` where it has none, which is then reported.
pub(crate) fn parse(
    file: &str,
    text: &str,
    budget: &mut Budget,
    report: &mut Report,
) -> Option<Node> {
    let mut builder = Builder {
        file,
        budget,
        report,
        open: Vec::new(),
        anchored: BTreeMap::new(),
        root: None,
        documents: 0,
    };
    match builder.read(text) {
        Ok(()) => {
            let root = builder.root.filter(|root| !root.is_null());
            if root.is_none() {
                let location = report::file_location(file);
                report.add(location, Code::EMPTY_FILE, "the file is empty", EMPTY_HELP);
            }
            root
        }
        Err(Stop {
            location,
            code,
            message,
            help,
        }) => {
            report.add(location, code, message, help);
            None
        }
    }
}

/// What ends the reading of a file.
struct Stop {
    location: Location,
    code: Code,
    message: String,
    help: &'static str,
}

const EMPTY_HELP: &str = "write the description, or remove the file";
const LEVELS_HELP: &str =
    "flatten it: move inner schemas to `components/schemas` and refer to them with `$ref`";
const WEIGHT_HELP: &str = "split the description, and write `$ref` instead of YAML aliases";
const TAG_HELP: &str = "take the tag out; for a string, put the value in quotes";

struct Builder<'a> {
    file: &'a str,
    budget: &'a mut Budget,
    report: &'a mut Report,
    open: Vec<Frame>,
    /// Finished nodes that have an anchor, by the parser's number for it.
    anchored: BTreeMap<usize, Measured>,
    root: Option<Node>,
    documents: usize,
}

/// A node with what it costs.
#[derive(Clone)]
struct Measured {
    node: Node,
    weight: usize,
    levels: usize,
}

/// A collection whose end hasn't come yet.
struct Frame {
    place: Place,
    anchor: usize,
    weight: usize,
    levels: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { members: Mapping, key: Option<Key> },
}

/// A key that waits for its value.
struct Key {
    text: String,
    place: Place,
    kind: ScalarKind,
}

impl Builder<'_> {
    fn read(&mut self, text: &str) -> Result<(), Stop> {
        let options = granit_parser::options! { emit_comments: false };
        for event in Parser::new_from_str_with_options(text, options) {
            match event {
                Ok((event, span)) => self.event(event, span)?,
                Err(error) => return Err(self.syntax(&error)),
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let place = place(&span.start);
        if let Some(tag) = event.tag() {
            let message = format!(
                "the YAML tag {} isn't supported",
                report::code(&tag.original())
            );
            let location = self.location(span.tag_start().as_ref().map_or(place, self::place));
            self.report
                .add(location, Code::YAML_FEATURE, message, TAG_HELP);
        }
        match event {
            Event::DocumentStart(..) => self.document(place),
            Event::Scalar(text, style, anchor, _) => {
                let kind = match style {
                    ScalarStyle::Plain => plain_kind(&text),
                    _ => ScalarKind::String,
                };
                self.scalar(
                    Scalar {
                        text: text.into_owned(),
                        kind,
                    },
                    place,
                    anchor,
                )
            }
            Event::SequenceStart(_, anchor, _) => {
                self.start(Content::Sequence(Vec::new()), place, anchor)
            }
            Event::MappingStart(_, anchor, _) => self.start(
                Content::Mapping {
                    members: Mapping::new(),
                    key: None,
                },
                place,
                anchor,
            ),
            Event::SequenceEnd | Event::MappingEnd => self.end(place),
            Event::Alias(anchor) => self.alias(anchor, place),
            _ => Ok(()),
        }
    }

    fn document(&mut self, place: Place) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents > 1 {
            let help = "keep one document a file; take the `---` out";
            return Err(self.stop(
                place,
                Code::SECOND_DOCUMENT,
                "a second document begins here",
                help,
            ));
        }
        Ok(())
    }

    fn scalar(&mut self, scalar: Scalar, place: Place, anchor: usize) -> Result<(), Stop> {
        if self.expects_key() {
            return self.key(scalar, place, anchor);
        }
        if scalar.kind == ScalarKind::HugeInt {
            let message = format!("{} doesn't fit in 64 bits", report::code(&scalar.text));
            let help = "write a smaller number, or put it in quotes";
            self.report
                .add(self.location(place), Code::NUMBER_TOO_LARGE, message, help);
        }
        if scalar.kind == ScalarKind::Float && !scalar.text.contains(|c: char| c.is_ascii_digit()) {
            let message = format!("{} is no number in JSON", report::code(&scalar.text));
            let help = "leave it out, or put it in quotes if it is meant as text";
            self.report
                .add(self.location(place), Code::YAML_FEATURE, message, help);
        }
        let weight = 1 + scalar.text.len() / 64;
        self.spend(weight, place)?;
        let node = Node {
            place,
            value: Value::Scalar(scalar),
        };
        self.finish(
            Measured {
                node,
                weight,
                levels: 0,
            },
            anchor,
            place,
        )
    }

    fn key(&mut self, scalar: Scalar, place: Place, anchor: usize) -> Result<(), Stop> {
        let weight = 1 + scalar.text.len() / 64;
        self.spend(weight, place)?;
        if scalar.text.chars().nth(LONGEST_KEY).is_some() {
            let message = format!("a key of more than {LONGEST_KEY} characters");
            return Err(self.stop(place, Code::TOO_LARGE, &message, "shorten the key"));
        }
        if scalar.text == MERGE {
            let help = "write the keys out, or refer to a schema with `$ref`";
            let message = "the YAML merge key `<<` isn't supported";
            self.report
                .add(self.location(place), Code::YAML_FEATURE, message, help);
        }
        if anchor != 0 {
            let node = Node {
                place,
                value: Value::Scalar(scalar.clone()),
            };
            self.anchored.insert(
                anchor,
                Measured {
                    node,
                    weight,
                    levels: 0,
                },
            );
        }
        if let Some(Frame {
            content: Content::Mapping { key, .. },
            weight: total,
            ..
        }) = self.open.last_mut()
        {
            *total += weight;
            *key = Some(Key {
                text: scalar.text,
                place,
                kind: scalar.kind,
            });
        }
        Ok(())
    }

    fn start(&mut self, content: Content, place: Place, anchor: usize) -> Result<(), Stop> {
        if self.expects_key() {
            return Err(self.complex_key(place));
        }
        if self.open.len() >= MOST_LEVELS {
            return Err(self.too_deep(place));
        }
        self.spend(1, place)?;
        self.open.push(Frame {
            place,
            anchor,
            weight: 1,
            levels: 1,
            content,
        });
        Ok(())
    }

    fn end(&mut self, end: Place) -> Result<(), Stop> {
        let Some(Frame {
            place,
            anchor,
            weight,
            levels,
            content,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let value = match content {
            Content::Sequence(items) => Value::Sequence(items),
            Content::Mapping { members, .. } => Value::Mapping(members),
        };
        self.finish(
            Measured {
                node: Node { place, value },
                weight,
                levels,
            },
            anchor,
            end,
        )
    }

    fn alias(&mut self, anchor: usize, place: Place) -> Result<(), Stop> {
        let Some(target) = self.anchored.get(&anchor) else {
            let help = "write the value out; an alias can't stand inside its own anchor";
            return Err(self.stop(
                place,
                Code::CIRCULAR_ALIAS,
                "an alias of what it stands in",
                help,
            ));
        };
        let (weight, levels) = (target.weight, target.levels);
        if self.expects_key() {
            return Err(self.complex_key(place));
        }
        if self.open.len() + levels > MOST_LEVELS {
            return Err(self.too_deep(place));
        }
        // Before the copy is made: aliases of aliases grow by powers.
        self.spend(weight, place)?;
        match self.anchored.get(&anchor).cloned() {
            Some(copy) => self.finish(copy, 0, place),
            None => Ok(()),
        }
    }

    /// Puts a finished node where it belongs.
    fn finish(&mut self, measured: Measured, anchor: usize, place: Place) -> Result<(), Stop> {
        if anchor != 0 {
            self.spend(measured.weight, place)?;
            self.anchored.insert(anchor, measured.clone());
        }
        let twice = self.duplicate();
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(measured.node);
            return Ok(());
        };
        frame.weight += measured.weight;
        frame.levels = frame.levels.max(measured.levels + 1);
        match &mut frame.content {
            Content::Sequence(items) => items.push(measured.node),
            Content::Mapping { members, key } => {
                if let Some(Key { text, place, kind }) = key.take()
                    && text != MERGE
                    && let Entry::Vacant(entry) = members.entry(text)
                {
                    entry.insert(Member {
                        key: place,
                        key_kind: kind,
                        value: measured.node,
                    });
                }
            }
        }
        if let Some((location, message)) = twice {
            let help = "keep one of the two";
            self.report
                .add(location, Code::DUPLICATE_KEY, message, help);
        }
        Ok(())
    }

    /// The problem of the current key, if its mapping has it already.
    fn duplicate(&self) -> Option<(Location, String)> {
        let Content::Mapping {
            members,
            key: Some(key),
        } = &self.open.last()?.content
        else {
            return None;
        };
        let first = members.get(&key.text)?.key;
        let message = format!(
            "the key {} stands here twice: first in line {}, again in line {}",
            report::code(&key.text),
            first.line,
            key.place.line,
        );
        Some((self.location(key.place), message))
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Frame {
                content: Content::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn spend(&mut self, weight: usize, place: Place) -> Result<(), Stop> {
        match self.budget.weight.checked_sub(weight) {
            Some(left) => {
                self.budget.weight = left;
                Ok(())
            }
            None => {
                let message = format!(
                    "the description has more than {MOST_WEIGHT} values, with YAML aliases counted \
                     as what they stand for"
                );
                Err(self.stop(place, Code::TOO_LARGE, &message, WEIGHT_HELP))
            }
        }
    }

    fn too_deep(&self, place: Place) -> Stop {
        let message = format!("nested more than {MOST_LEVELS} levels deep");
        self.stop(place, Code::TOO_DEEP, &message, LEVELS_HELP)
    }

    fn complex_key(&self, place: Place) -> Stop {
        let help = "write a plain string as the key";
        self.stop(place, Code::KEY_NOT_TEXT, "a key must be a string", help)
    }

    fn syntax(&self, error: &ScanError) -> Stop {
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return self.too_deep(place(error.marker()));
        }
        let message = format!("not valid YAML: {}", syntax::message(error.kind()));
        self.stop(
            place(error.marker()),
            Code::SYNTAX,
            &message,
            syntax::help(error.kind()),
        )
    }

    fn stop(&self, place: Place, code: Code, message: &str, help: &'static str) -> Stop {
        Stop {
            location: self.location(place),
            code,
            message: message.to_owned(),
            help,
        }
    }

    /// A place, with the pointer to the value that is being read.
    fn location(&self, place: Place) -> Location {
        let mut pointer = String::new();
        for frame in &self.open {
            match &frame.content {
                Content::Sequence(items) => pointer::push_index(&mut pointer, items.len()),
                Content::Mapping { key: Some(key), .. } => {
                    pointer::push_key(&mut pointer, &key.text);
                }
                Content::Mapping { key: None, .. } => {}
            }
        }
        report::location(self.file, place, &pointer)
    }
}

fn place(marker: &Marker) -> Place {
    Place {
        line: marker.line(),
        column: marker.col() + 1,
    }
}
