//! The bounds on descriptions, which ARCHITECTURE.md lists: what reaches one is taken, one more is a
//! problem with a place.

use std::fmt::Write;

use alibabacloud_codegen::import::Metadata;
use alibabacloud_codegen::{Kind, Problem, Problems, Sources, model};
use cams_tests::fixtures::{ENTRY, sources};
use cams_tests::problems::placed;

/// The problems of a description; none where it is taken.
fn found(sources: &Sources) -> Vec<Problem> {
    let Err(problems) = model(sources) else {
        return Vec::new();
    };
    placed(&problems, sources);
    listed(&problems)
}

fn listed(problems: &Problems) -> Vec<Problem> {
    problems.into_iter().cloned().collect()
}

fn entry(text: impl Into<Vec<u8>>) -> Sources {
    Sources::from([(ENTRY.to_owned(), text.into())])
}

/// Whether the problems say that something is too large, in these words.
fn too_large(problems: &[Problem], words: &str) -> bool {
    let mut problems = problems.iter();
    problems.any(|found| found.kind() == Kind::TooLarge && found.message.contains(words))
}

/// A description whose operation answers with these properties.
fn answering(properties: &str) -> Sources {
    sources(&format!(
        r#"post:
  operationId: DoThing
  tags: [Things]
  summary: Does it.
  x-acs-retry: read
  responses:
    "200":
      description: Done.
      content:
        application/json:
          schema:
            type: object
            properties: {properties}
"#
    ))
}

/// A description with a member in its entry.
fn with(member: &str) -> Sources {
    let mut sources = answering("{Id: {type: string}}");
    let text = sources.get_mut(ENTRY).expect("it is there");
    text.extend(member.bytes());
    sources
}

#[test]
fn bytes_of_a_file() {
    const MOST: usize = 16 << 20;
    let mut sources = with("x-filler: \"\"\n");
    let text = String::from_utf8_lossy(&sources[ENTRY]).into_owned();
    for (length, fits) in [(MOST, true), (MOST + 1, false)] {
        let filler = "x".repeat(length - text.len());
        let text = text.replace("\"\"", &format!("\"{filler}\""));
        sources.insert(ENTRY.to_owned(), text.into_bytes());
        let found = found(&sources);
        assert_eq!(found.is_empty(), fits, "{length}");
        assert_eq!(too_large(&found, "more than 16 MiB"), !fits, "{length}");
    }
}

#[test]
fn values_with_aliases_as_what_they_stand_for() {
    // A list of 10,000, which counts twice since it is kept, 97 aliases of it, and some more.
    let list = |more: usize| {
        let kept = format!("&a [{}]", ["1"; 9_999].join(","));
        let aliases = ["*a"; 97].join(",");
        let more = vec!["1"; more].join(",");
        format!("[{kept},{aliases},{more}]\n")
    };
    for (more, fits) in [(9_999, true), (10_000, false)] {
        let found = found(&entry(list(more)));
        assert_eq!(
            too_large(&found, "more than 1000000 values"),
            !fits,
            "{found:#?}"
        );
    }
    // Of all files together.
    let mut both = entry(list(0));
    for (more, fits) in [(0, true), (9_999, false)] {
        both.insert(
            "other.yaml".to_owned(),
            format!("[{}]\n", vec!["1"; more].join(",")).into_bytes(),
        );
        let found = found(&both);
        assert_eq!(
            too_large(&found, "more than 1000000 values"),
            !fits,
            "{found:#?}"
        );
    }
}

#[test]
fn levels_in_every_style() {
    let flow = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    let json = |levels: usize| "{\"a\":".repeat(levels) + "1" + &"}".repeat(levels);
    let lists = |levels: usize| "- ".repeat(levels) + "1";
    let block = |levels: usize| {
        let mut text = String::new();
        for level in 0..levels {
            let _ = writeln!(text, "{:level$}a:", "");
        }
        text
    };
    let alias = |levels: usize| {
        let half = levels / 2;
        let within = "[".repeat(half) + &"]".repeat(half);
        let around = levels - half - 1;
        format!(
            "[&a {within}, {}*a{}]",
            "[".repeat(around),
            "]".repeat(around)
        )
    };
    let styles: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("flow", &flow),
        ("JSON", &json),
        ("lists", &lists),
        ("block", &block),
        ("alias", &alias),
    ];
    for (style, text) in styles {
        for (levels, fits) in [(96, true), (97, false)] {
            for file in [ENTRY, "openapi.json"] {
                let sources = Sources::from([(file.to_owned(), text(levels).into_bytes())]);
                let found = found(&sources);
                let deep = too_large(&found, "more than 96 levels deep");
                assert_eq!(deep, !fits, "{style}, {levels}: {found:#?}");
            }
        }
    }
}

#[test]
fn schemas_within_each_other() {
    // The answer is one, the innermost another.
    for (lists, fits) in [(22, true), (23, false)] {
        let schema = "{type: array, items: ".repeat(lists) + "{type: string}" + &"}".repeat(lists);
        let found = found(&answering(&format!("{{Deep: {schema}}}")));
        assert_eq!(found.is_empty(), fits, "{found:#?}");
        assert_eq!(too_large(&found, "schemas nested more than 24 deep"), !fits);
    }
}

#[test]
fn references_in_a_row() {
    for (schemas, fits) in [(16, true), (17, false)] {
        let mut sources = answering("{First: {$ref: '../openapi.yaml#/components/schemas/Step1'}}");
        let text = sources.get_mut(ENTRY).expect("it is there");
        text.extend(b"components:\n  schemas:\n");
        for number in 1..schemas {
            let next = format!(
                "{{Next: {{$ref: '#/components/schemas/Step{}'}}}}",
                number + 1
            );
            text.extend(
                format!("    Step{number}: {{type: object, properties: {next}}}\n").bytes(),
            );
        }
        text.extend(format!("    Step{schemas}: {{type: string, enum: [a]}}\n").bytes());
        let found = found(&sources);
        assert_eq!(found.is_empty(), fits, "{found:#?}");
        assert_eq!(
            too_large(&found, "more than 16 `$ref`s"),
            !fits,
            "{found:#?}"
        );
    }
}

#[test]
fn fields_that_are_made() {
    // 50 objects of 999 fields, each of them a field itself.
    let fields: Vec<_> = (0..999).map(|number| format!("F{number}: *s")).collect();
    let inner = format!("&o {{type: object, properties: {{{}}}}}", fields.join(", "));
    let inner = inner.replacen("*s", "&s {type: string}", 1);
    for (more, fits) in [("", true), (", One: *s", false)] {
        let others: Vec<_> = (1..50).map(|number| format!("O{number}: *o")).collect();
        let properties = format!("{{O: {inner}, {}{more}}}", others.join(", "));
        let found = found(&answering(&properties));
        assert_eq!(found.is_empty(), fits, "{found:#?}");
        assert_eq!(
            too_large(&found, "more than 50000 fields"),
            !fits,
            "{found:#?}"
        );
    }
}

#[test]
fn characters_of_a_key() {
    for (length, fits) in [(1_024, true), (1_025, false)] {
        for letter in ["x", "漢"] {
            // YAML itself takes no longer key without the mark of one.
            let key = format!("x-{}", letter.repeat(length - 2));
            let found = found(&with(&format!("? {key}\n: 1\n")));
            assert_eq!(found.is_empty(), fits, "{found:#?}");
            assert_eq!(
                too_large(&found, "a key of more than 1024 characters"),
                !fits
            );
        }
    }
}

/// So many problems are listed; of more, that there are more.
fn capped(problems: &[Problem], count: usize) {
    let more = too_large(problems, "more than 1000 problems");
    assert_eq!((problems.len(), more), (count.min(1_001), count > 1_000));
    // What isn't listed comes last.
    let last = problems.last().expect("there are some");
    assert_eq!(last.kind() == Kind::TooLarge, more, "{last}");
}

#[test]
fn problems_that_are_listed() {
    for count in [1_000, 1_001] {
        let members = |member: &dyn Fn(usize) -> String| -> String {
            (0..count).map(member).collect::<Vec<_>>().join(", ")
        };
        // Of the form: keys that OpenAPI doesn't have.
        let unknown = members(&|number| format!("k{number}: 1"));
        let form = answering(&format!("{{A: {{type: string, {unknown}}}}}"));
        capped(&found(&form), count);
        // Of the lowering: names that are none.
        let nameless = members(&|number| format!("1x{number}: {{type: string}}"));
        capped(&found(&answering(&format!("{{{nameless}}}"))), count);
        // Of what isn't carried, which is found with the former.
        let lost = members(&|number| format!("k{number}: {{type: string, nullable: true}}"));
        let lost = found(&answering(&format!("{{{lost}}}")));
        assert_eq!(lost.len(), count.min(1_001), "{}", lost[0]);
        // Of metadata.
        let apis = members(&|number| format!("\"a {number}\": {{}}"));
        let info = r#""info": {"style": "RPC", "product": "A", "version": "1"}"#;
        let file = (
            "api-docs.json".to_owned(),
            format!("{{{info}, \"apis\": {{{apis}}}}}").into_bytes(),
        );
        let problems =
            Metadata::read(std::slice::from_ref(&file), false).expect_err("no names of actions");
        placed(&problems, &Sources::from([file]));
        capped(&listed(&problems), count);
    }
}

#[test]
fn files_that_nothing_refers_to() {
    let mut sources = answering("{}");
    for number in 0..3_000 {
        sources.insert(format!("operations/A{number}.yaml"), b"a: 1\n".to_vec());
    }
    capped(&found(&sources), 3_000);
}
