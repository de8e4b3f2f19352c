//! Broken descriptions that can't be fixture files: bytes, depths, sizes. Each ends in problems with
//! places; none in a panic.

use std::fmt::Write;
use std::time::{Duration, Instant};

use alibabacloud_codegen::{Code, Kind, Sources, generate};
use cams_tests::fixtures::{ENTRY, OPERATION, small, sources};
use cams_tests::problems::{assert_place, placed, problem, problems};

/// A description that is plain but for its one operation.
const PLAIN: &str = r#"post:
  operationId: DoThing
  tags: [Things]
  summary: Does it.
  x-acs-retry: send
  responses:
    "200":
      description: Done.
      content:
        application/json:
          schema: {type: object}
"#;

fn entry(text: impl Into<Vec<u8>>) -> Sources {
    Sources::from([(ENTRY.to_owned(), text.into())])
}

/// The small description of CAMS with one file changed.
fn changed(file: &str, change: impl FnOnce(&str) -> String) -> Sources {
    let mut sources = small();
    let text = String::from_utf8(sources[file].clone()).expect("it is UTF-8");
    let changed = change(&text);
    assert_ne!(changed, text, "nothing is changed");
    sources.insert(file.to_owned(), changed.into_bytes());
    sources
}

#[test]
fn invalid_utf8() {
    let mut sources = small();
    let mut bytes = sources[OPERATION].clone();
    let at = bytes
        .iter()
        .position(|byte| *byte == b':')
        .expect("a colon");
    bytes.splice(at + 2..at + 2, "  # ü".bytes().chain([0xFF]));
    sources.insert(OPERATION.to_owned(), bytes);
    let problem = problem(&sources);
    assert_eq!(problem.kind(), Kind::Syntax);
    assert!(problem.message.contains("UTF-8"), "{problem}");
    // After `post:`, a line break, two spaces, `# ` and `ü`, which is one character.
    assert_place(&problem, OPERATION, 2, 6);
}

#[test]
fn invalid_utf8_behind_line_ends_of_any_kind() {
    for (text, line, column) in [
        ("a: 1\nb: \u{1}", 2, 4),
        ("a: 1\r\nb: \u{1}", 2, 4),
        ("a: 1\rb: \u{1}", 2, 4),
        ("a: 1\r\r\nbü: \u{1}", 3, 5),
    ] {
        let bytes = text.bytes().map(|byte| if byte == 1 { 0xFF } else { byte });
        let found = problems(&entry(bytes.collect::<Vec<_>>()));
        assert_place(&found[0], ENTRY, line, column);
    }
}

#[test]
fn other_encodings() {
    for bytes in [
        "openapi: 3.0.3"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>(),
        [0xFE, 0xFF]
            .into_iter()
            .chain("openapi: 3.0.3".encode_utf16().flat_map(u16::to_be_bytes))
            .collect(),
        vec![0; 100],
        (0..=255).collect(),
    ] {
        let found = problems(&entry(bytes));
        assert_eq!(found[0].kind(), Kind::Syntax, "{found:#?}");
    }
}

#[test]
fn ten_thousand_levels() {
    const DEEP: usize = 10_000;
    let mut block = String::new();
    for level in 0..2_000 {
        let _ = writeln!(block, "{:level$}a:", "");
    }
    for text in [
        "[".repeat(DEEP),
        "[".repeat(DEEP) + &"]".repeat(DEEP),
        "{a: ".repeat(DEEP) + &"}".repeat(DEEP),
        "{\"a\":".repeat(DEEP) + "1" + &"}".repeat(DEEP),
        "{".repeat(DEEP),
        "- ".repeat(DEEP),
        "? ".repeat(DEEP),
        block,
    ] {
        for (file, sources) in [
            (ENTRY, entry(text.clone())),
            (ENTRY, entry(format!("openapi: 3.0.3\nx-acs-style: {text}"))),
            (OPERATION, changed(OPERATION, |_| text.clone())),
        ] {
            let found = problems(&sources);
            let here: Vec<_> = found
                .iter()
                .filter(|found| found.location.file == file)
                .collect();
            assert!(
                here.iter().any(|found| matches!(
                    found.kind(),
                    Kind::TooLarge | Kind::Syntax | Kind::Form
                )),
                "{found:#?}"
            );
        }
    }
    let flow = problem(&entry("[".repeat(DEEP) + &"]".repeat(DEEP)));
    assert_eq!(flow.kind(), Kind::TooLarge);
    assert_eq!(flow.location.line, 1);
}

#[test]
fn deep_schemas() {
    for levels in [20, 60, 90, 100, 1_000] {
        let schema =
            "{type: array, items: ".repeat(levels) + "{type: string}" + &"}".repeat(levels);
        let sources = sources(&PLAIN.replace(
            "{type: object}",
            &format!("{{type: object, properties: {{Deep: {schema}}}}}"),
        ));
        match generate(&sources) {
            Ok(files) => assert!(levels <= 90 && !files.is_empty()),
            Err(problems) => {
                placed(&problems, &sources);
                assert!(levels > 20, "{problems}");
            }
        }
    }
}

#[test]
fn aliases_that_expand_to_millions() {
    let mut text = String::from("x0: &x0 [one, two, three, four, five, six, seven, eight]\n");
    for level in 1..12 {
        let items = vec![format!("*x{}", level - 1); 8].join(", ");
        let _ = writeln!(text, "x{level}: &x{level} [{items}]");
    }
    let start = Instant::now();
    let problem = problem(&entry(text));
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(problem.kind(), Kind::TooLarge);
    assert!(problem.message.contains("aliases"), "{problem}");
    assert!((4..12).contains(&problem.location.line), "{problem}");
}

#[test]
fn an_alias_inside_of_its_anchor() {
    for text in [
        "a: &a [*a]\n",
        "&a {b: *a}\n",
        "a: &a {b: &b [*a, *b]}\n",
        "a: *nothing\n",
    ] {
        let found = problem(&entry(text));
        assert_eq!(found.kind(), Kind::Syntax, "{found}");
        assert_eq!(found.location.line, 1);
    }
}

#[test]
fn more_than_16_mib() {
    let line = "# a comment that does nothing but take its room\n";
    let long = line.repeat((16 << 20) / line.len() + 1);
    let mut sources = small();
    let text = String::from_utf8(sources[ENTRY].clone()).expect("it is UTF-8");
    sources.insert(ENTRY.to_owned(), (long + &text).into_bytes());
    let found = problems(&sources);
    let large = found.iter().find(|found| found.kind() == Kind::TooLarge);
    let large = large.unwrap_or_else(|| panic!("{found:#?}"));
    assert_place(large, ENTRY, 1, 1);
    assert!(large.message.contains("16 MiB"), "{large}");
}

#[test]
fn one_long_line() {
    // A minified document has one; the place is within it.
    let long = "x".repeat(1 << 20);
    let before = format!("{{\"openapi\": \"3.0.3\", \"a\": \"{long}\", ");
    let found = problem(&entry(format!("{before}\"b\": \"\\q\"}}")));
    assert_eq!(found.kind(), Kind::Syntax);
    assert_eq!(found.location.line, 1);
    assert!(found.location.column > before.len(), "{found}");
    // And problems don't repeat such a line.
    let found = problems(&entry(format!("openapi: {}\n", "x".repeat(1 << 20))));
    for found in found {
        assert!(
            found.to_string().len() < 2_000,
            "{} bytes",
            found.to_string().len()
        );
    }
}

fn same_as_small(sources: &Sources) {
    let wanted = generate(&small()).unwrap_or_else(|problems| panic!("{problems}"));
    let found = generate(sources).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(found == wanted, "other line endings make other files");
}

#[test]
fn line_endings_and_byte_order_marks_say_nothing() {
    let all = |change: fn(&str) -> String| -> Sources {
        let files = small().into_iter().map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("it is UTF-8");
            (path, change(&text).into_bytes())
        });
        files.collect()
    };
    same_as_small(&all(|text| text.replace('\n', "\r\n")));
    same_as_small(&all(|text| format!("\u{FEFF}{text}")));
    same_as_small(&all(|text| {
        format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
    }));
    same_as_small(&all(|text| {
        format!("\n\n# First a comment.\n---\n{text}\n...\n")
    }));
    same_as_small(&all(|text| text.trim_end().to_owned()));
}

#[test]
fn places_with_windows_line_endings_and_a_byte_order_mark() {
    let misspelt = |text: &str| text.replace("operationId", "operationID");
    for change in [
        (|text| text) as fn(String) -> String,
        |text| text.replace('\n', "\r\n"),
        |text| format!("\u{FEFF}{text}"),
    ] {
        let sources = changed(OPERATION, |text| change(misspelt(text)));
        let found = problems(&sources);
        let unknown = found.iter().find(|found| found.code == Code::UNKNOWN_KEY);
        let unknown = unknown.unwrap_or_else(|| panic!("{found:#?}"));
        assert_place(unknown, OPERATION, 2, 3);
        assert!(unknown.to_string().contains("`operationId`"), "{unknown}");
    }
    // On the first line a mark is no column of the text.
    let found = problems(&entry("\u{FEFF}swagger: \"2.0\"\n"));
    assert_eq!((found[0].location.line, found[0].location.column), (1, 1));
}

#[test]
fn columns_count_characters() {
    for text in ["ü", "漢字", "🎉🎉", "e\u{301}"] {
        let sources = sources(&PLAIN.replace(
            "{type: object}",
            &format!("{{description: {text}, typo: 1, type: object}}"),
        ));
        let found = problems(&sources);
        let unknown = found.iter().find(|found| found.code == Code::UNKNOWN_KEY);
        let unknown = unknown.unwrap_or_else(|| panic!("{found:#?}"));
        let before = "          schema: {description: , ".len() + text.chars().count();
        assert_place(unknown, "operations/DoThing.yaml", 11, before + 1);
    }
}

#[test]
fn two_entries() {
    let mut sources = small();
    sources.insert(
        "openapi.json".to_owned(),
        b"{\"openapi\": \"3.0.3\"}".to_vec(),
    );
    let found = problems(&sources);
    let second = found
        .iter()
        .find(|found| found.location.file == "openapi.json");
    let second = second.unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(second.kind(), Kind::File);
    assert!(second.message.contains("openapi.yaml"), "{second}");
}

#[test]
fn no_files() {
    let found = problem(&Sources::new());
    assert_eq!(found.kind(), Kind::File);
    assert_place(&found, ENTRY, 1, 1);
}

#[test]
fn json_with_a_syntax_error() {
    let json = |text: &str| Sources::from([("openapi.json".to_owned(), text.as_bytes().to_vec())]);
    let text =
        "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\"title\": \"A\" \"version\": \"1\"}\n}\n";
    let found = problem(&json(text));
    assert_eq!(found.kind(), Kind::Syntax, "{found}");
    assert_eq!(found.location.line, 3, "{found}");
    for text in [
        "{",
        "{\"openapi\"",
        "{\"openapi\": \"3.0.3",
        "{\"openapi\": \"3.0.3\"}}",
        "[1, 2",
    ] {
        let found = problems(&json(text));
        assert!(
            found.iter().any(|found| found.kind() == Kind::Syntax),
            "{text}: {found:#?}"
        );
    }
}
