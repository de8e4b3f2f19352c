//! How problems are shown: the line with the place underlined, for people, programs and pull requests.

use std::fs;

use alibabacloud_codegen::problem::{excerpt, render};
use alibabacloud_codegen::{Code, Level, Problem, Sources};
use cams_tests::copy::Copy;
use cams_tests::fixtures::sources;
use cams_tests::problems::problems;
use serde_json::Value as Json;
use xtask::codegen::{Mode, sync};
use xtask::messages::{Format, Output, text};
use xtask::{Exit, Failure};

const FILE: &str = "operations/DoThing.yaml";

/// A description whose one problem is a key, behind what stands before it in its line.
fn misspelt(before: &str, key: &str, after: &str, end: &str) -> (Problem, Sources) {
    let mut sources = sources("post:\n");
    let text = format!(
        "post:{end}  operationId: DoThing{end}  tags: [Things]{end}  summary: Repairs it.{end}  \
         x-acs-retry: send{end}  externalDocs: {{{before}{key}: 1, url: a{after}}}{end}  \
         responses:{end}    \"200\":{end}      description: Done.{end}      content: \
         {{application/json: {{schema: {{type: object, properties: {{}}}}}}}}{end}"
    );
    sources.insert(FILE.to_owned(), text.into_bytes());
    let found = problems(&sources);
    let unknown = |found: &&Problem| found.code == Code::UNKNOWN_KEY;
    let problem = found.iter().find(unknown).expect("it is misspelt").clone();
    (problem, sources)
}

/// The line and the one with the carets, as they are shown.
fn lines(problem: &Problem, sources: &Sources) -> (String, String) {
    let shown = render(problem, sources, FILE, false);
    let lines: Vec<&str> = shown.lines().collect();
    let line = lines.iter().position(|line| line.starts_with("6 | "));
    let line = line.unwrap_or_else(|| panic!("{shown}"));
    let strip = |line: &str| line.chars().skip(4).collect::<String>();
    (strip(lines[line]), strip(lines[line + 1]))
}

/// What stands above the carets, counted in cells: all that is shown before them takes one each.
fn underlined(line: &str, carets: &str) -> String {
    let from = carets.chars().take_while(|cell| *cell == ' ').count();
    let cells = carets.chars().filter(|cell| *cell == '^').count();
    line.chars().skip(from).take(cells).collect()
}

#[test]
fn a_problem_is_shown_as_rustc_does() {
    let (problem, sources) = misspelt("", "ulr", "", "\n");
    assert_eq!(
        render(&problem, &sources, "specs/x/operations/DoThing.yaml", false),
        "error[unknown-key]: `ulr` is not a key of `externalDocs`\n \
         --> specs/x/operations/DoThing.yaml:6:18\n  \
         |\n\
         6 |   externalDocs: {ulr: 1, url: a}\n  \
         |                  ^^^\n  \
         = at: /post/externalDocs/ulr\n  \
         = help: did you mean `url`?"
    );
}

#[test]
fn keys_and_values_are_underlined_whole() {
    for key in ["ulr", "'u l r'", "\"u\\\"lr\"", "u l r", "ülr"] {
        let (problem, sources) = misspelt("", key, "", "\n");
        let (line, carets) = lines(&problem, &sources);
        assert_eq!(underlined(&line, &carets), key, "{line}\n{carets}");
    }
}

#[test]
fn lines_may_end_as_they_like() {
    for end in ["\n", "\r\n"] {
        let (problem, sources) = misspelt("", "ulr", "", end);
        let (line, carets) = lines(&problem, &sources);
        assert_eq!(line, "  externalDocs: {ulr: 1, url: a}");
        assert_eq!(underlined(&line, &carets), "ulr");
    }
    let (problem, mut sources) = misspelt("", "ulr", "", "\n");
    let text = [b"\xEF\xBB\xBF", &*sources[FILE]].concat();
    sources.insert(FILE.to_owned(), text);
    assert_eq!(underlined_of(&problem, &sources), "ulr");
}

fn underlined_of(problem: &Problem, sources: &Sources) -> String {
    let (line, carets) = lines(problem, sources);
    underlined(&line, &carets)
}

#[test]
fn wide_characters_take_two_cells() {
    let (problem, sources) = misspelt("description: 漢字, ", "ulr", "", "\n");
    let (line, carets) = lines(&problem, &sources);
    assert!(line.contains("{description: 漢字, ulr: 1"), "{line}");
    let before = line.split("ulr").next().expect("it is there");
    // Two characters of two cells.
    assert_eq!(
        carets,
        format!("{}^^^", " ".repeat(before.chars().count() + 2))
    );
    let (problem, sources) = misspelt("", "漢字", "", "\n");
    let (_, carets) = lines(&problem, &sources);
    assert_eq!(carets.trim(), "^^^^");
}

#[test]
fn tabs_are_blanks_and_control_characters_pictures() {
    let (problem, sources) = misspelt("description: a\tb, ", "ulr", "", "\n");
    let (line, carets) = lines(&problem, &sources);
    assert!(line.contains("{description: a    b, ulr: 1"), "{line}");
    assert_eq!(underlined(&line, &carets), "ulr");
    // What turns or hides text would mislead.
    let (problem, sources) = misspelt("description: \"a\u{202e}b\", ", "ulr", "", "\n");
    let (line, _) = lines(&problem, &sources);
    assert!(line.contains("\"a\u{fffd}b\""), "{line}");
    // No valid description has others, but an invalid one is shown as well.
    let (problem, mut sources) = misspelt("", "ulr", "", "\n");
    let text = String::from_utf8_lossy(&sources[FILE]).replace("url: a", "\u{1b}[31m\u{7f}");
    sources.insert(FILE.to_owned(), text.into_bytes());
    let (line, _) = lines(&problem, &sources);
    assert!(line.ends_with("{ulr: 1, ␛[31m␡}"), "{line}");
}

#[test]
fn of_a_long_line_only_the_part_around_the_place_is_shown() {
    let long = "x".repeat(1 << 20);
    let (problem, sources) = misspelt(&format!("description: {long}, "), "ulr", &long, "\n");
    let shown = render(&problem, &sources, FILE, false);
    assert!(shown.len() < 1_000, "{} bytes", shown.len());
    let (line, carets) = lines(&problem, &sources);
    assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
    assert_eq!(underlined(&line, &carets), "ulr");
    let excerpt = excerpt(&problem, &sources).expect("it has a line");
    assert_eq!(excerpt.column, problem.location.column);
    assert!(excerpt.first > 1_000_000 && excerpt.is_cut);
}

#[test]
fn what_cannot_be_shown_is_left_out() {
    let (mut problem, sources) = misspelt("", "ulr", "", "\n");
    for (file, line, column) in [("gone.yaml", 1, 1), (FILE, 99, 1), (FILE, 13, 7)] {
        problem.location.file = file.to_owned();
        problem.location.line = line;
        problem.location.column = column;
        let shown = render(&problem, &sources, file, false);
        assert!(!shown.contains('^'), "{shown}");
        assert!(
            shown.contains(&format!("--> {file}:{line}:{column}\n")),
            "{shown}"
        );
    }
    // Past the end of a line one cell is underlined.
    problem.location.line = 1;
    problem.location.column = 6;
    let shown = render(&problem, &sources, FILE, false);
    assert!(shown.contains("1 | post:\n  |      ^\n"), "{shown}");
}

#[test]
fn colours_change_nothing_but_colours() {
    let (problem, sources) = misspelt("", "ulr", "", "\n");
    let styled = render(&problem, &sources, FILE, true);
    assert!(
        styled.starts_with("\u{1b}[1;31merror[unknown-key]\u{1b}[0m"),
        "{styled}"
    );
    let mut plain = String::new();
    for (index, part) in styled.split("\u{1b}[").enumerate() {
        let (_, text) = part
            .split_once('m')
            .filter(|_| index > 0)
            .unwrap_or(("", part));
        plain.push_str(text);
    }
    assert_eq!(plain, render(&problem, &sources, FILE, false));
}

/// The failure of a description in which so many operations have two misspelt keys.
fn rejected() -> (Copy, Failure) {
    let copy = Copy::take();
    let file = "specs/cams/operations/DeleteChatGroup.yaml";
    copy.edit(file, "operationId:", "operationID:");
    copy.edit(file, "in: query", "in: qeury");
    let failure = sync(
        &copy.path("specs/cams"),
        &copy.path("generated"),
        Mode::Write,
    );
    (copy, failure.expect_err("it is broken"))
}

fn output(message_format: Format) -> Output {
    Output {
        message_format,
        all: false,
    }
}

#[test]
fn programs_get_an_object_a_line() {
    let (copy, failure) = rejected();
    let told = text(&failure, output(Format::Json), true);
    let objects: Vec<Json> = told
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect();
    let file = copy.path("specs/cams/operations/DeleteChatGroup.yaml");
    let wanted = serde_json::json!({
        "level": "error", "code": "unknown-key", "kind": "form",
        "file": file.display().to_string(), "line": 2, "column": 3, "end": 14,
        "pointer": "/post/operationID", "message": "`operationID` is not a key of an operation",
        "help": "did you mean `operationId`?", "excerpt": "  operationID: DeleteChatGroup",
    });
    assert_eq!(objects[0], wanted);
    assert_eq!(objects[1]["code"], "wrong-value");
    assert!(
        objects[1]["line"].as_u64() > Some(2),
        "in the order of the file"
    );
    assert_eq!(objects[2]["message"], "2 problem(s); nothing was written");
    assert_eq!(objects.len(), 3);
}

#[test]
fn pull_requests_get_annotations() {
    let (_copy, failure) = rejected();
    let told = text(&failure, output(Format::Github), true);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("::error file="), "{told}");
    let end = "operations/DeleteChatGroup.yaml,line=2,col=3,endColumn=14,title=unknown-key::\
               `operationID` is not a key of an operation%0Ahelp: did you mean `operationId`?";
    assert!(lines[0].ends_with(end), "{told}");
    assert_eq!(lines[2], "::error::2 problem(s); nothing was written");
    assert_eq!(lines.len(), 3);
}

#[test]
fn what_annotations_are_made_of_is_escaped() {
    let copy = Copy::take();
    fs::create_dir(copy.path("specs/cams/a,b:c%d")).expect("writable");
    let path = "specs/cams/a,b:c%d/x.yaml";
    fs::write(copy.path(path), "a: 100%\n").expect("writable");
    let failure = sync(
        &copy.path("specs/cams"),
        &copy.path("generated"),
        Mode::Write,
    );
    let told = text(
        &failure.expect_err("it is unused"),
        output(Format::Github),
        false,
    );
    assert!(told.contains("a%2Cb%3Ac%25d/x.yaml,line=1"), "{told}");
    assert!(
        !told.trim_end().replace("\n::error", "").contains('\n'),
        "{told}"
    );
}

#[test]
fn failures_without_a_place_have_a_format_too() {
    let copy = Copy::take();
    let nowhere = copy.path("nowhere");
    let failure = sync(&nowhere, &copy.path("generated"), Mode::Write).expect_err("not there");
    let told: Json =
        serde_json::from_str(&text(&failure, output(Format::Json), false)).expect("one");
    assert_eq!(told["level"], "error");
    let message = told["message"].as_str().expect("a text");
    assert!(message.starts_with("there is no folder"), "{message}");
    assert!(told["help"].as_str().expect("a text").contains("--spec"));
    let told = text(&failure, output(Format::Github), false);
    assert!(told.starts_with("::error::there is no folder"), "{told}");
    assert!(told.contains("%0Ahelp: "), "{told}");

    // A difference comes apart from the message.
    fs::remove_dir_all(copy.path("generated/src")).expect("writable");
    let failure = sync(
        &copy.path("specs/cams"),
        &copy.path("generated"),
        Mode::Check,
    );
    let told = text(&failure.expect_err("stale"), output(Format::Json), false);
    let told: Json = serde_json::from_str(&told).expect("one");
    assert!(told["detail"].as_str().expect("a text").starts_with("--- "));
    assert!(
        told["message"]
            .as_str()
            .expect("a text")
            .contains("file(s) differ")
    );
}

#[test]
fn the_status_tells_what_to_do_next() {
    let copy = Copy::take();
    let run = |spec: &str, mode| {
        let done = sync(&copy.path(spec), &copy.path("generated"), mode);
        done.expect_err("it fails").exit()
    };
    assert_eq!(run("nowhere", Mode::Write), Exit::Environment);
    copy.edit("generated/src/client.rs", "Client", "Clinet");
    assert_eq!(run("specs/cams", Mode::Check), Exit::Found);
    let (_copy, rejected) = rejected();
    assert_eq!(rejected.exit(), Exit::Found);
    let unknown = xtask::explain::explained("duplicate-kye").expect_err("there is none");
    assert_eq!(unknown.exit(), Exit::Usage);
    assert!(
        unknown
            .to_string()
            .contains("did you mean `duplicate-key`?"),
        "{unknown}"
    );
    assert_eq!(
        [
            Exit::Found as u8,
            Exit::Usage as u8,
            Exit::Environment as u8
        ],
        [1, 2, 3]
    );
}

#[test]
fn people_are_shown_so_many_and_the_number_of_the_rest() {
    let copy = Copy::take();
    let mut many = String::from("post:\n");
    for index in 0..70 {
        many.push_str(&format!("  key{index}: 1\n"));
    }
    fs::write(
        copy.path("specs/cams/operations/DeleteChatGroup.yaml"),
        many,
    )
    .expect("writable");
    let failure = sync(
        &copy.path("specs/cams"),
        &copy.path("generated"),
        Mode::Write,
    );
    let failure = failure.expect_err("it is broken");
    let count = |told: &str| told.matches("error[").count();
    let told = text(&failure, output(Format::Human), false);
    assert_eq!(count(&told), 50);
    let all = Output {
        all: true,
        ..Output::default()
    };
    let whole = text(&failure, all, false);
    let rest = count(&whole) - 50;
    assert!(rest >= 20);
    assert!(
        told.contains(&format!("… and {rest} more; `--all` shows them\n")),
        "{told}"
    );
    let programs = text(&failure, output(Format::Json), false);
    assert_eq!(programs.lines().count(), count(&whole) + 1);
}

#[test]
fn warnings_are_for_check_to_refuse() {
    let copy = Copy::take();
    let file = "specs/cams/operations/DeleteChatGroup.yaml";
    copy.edit(
        file,
        "    - name: GroupId\n",
        "    - name: GroupId\n      deprecated: true\n",
    );
    let done = sync(
        &copy.path("specs/cams"),
        &copy.path("generated"),
        Mode::Write,
    );
    assert!(
        done.expect("it generates")
            .ends_with("1 written, 0 removed")
    );
    let failure = sync(
        &copy.path("specs/cams"),
        &copy.path("generated"),
        Mode::Check,
    );
    let failure = failure.expect_err("it has a warning");
    let told = text(&failure, Output::default(), false);
    assert!(told.starts_with("warning[deprecated-required]: "), "{told}");
    assert!(
        told.contains("1 warning(s), of which `--check` takes none"),
        "{told}"
    );
    assert_eq!(failure.exit(), Exit::Found);
    assert_eq!(Code::DEPRECATED_REQUIRED.level(), Level::Warning);
    let told = text(&failure, output(Format::Github), false);
    assert!(told.starts_with("::warning file="), "{told}");
}

#[test]
fn every_code_can_be_explained() {
    let listed = xtask::explain::listed();
    for code in Code::all() {
        let text = xtask::explain::explained(code.name()).expect("it is one");
        let explanation = code.explanation();
        assert!(text.contains(explanation.title), "{text}");
        assert_eq!(text.contains("\nWrong:\n"), explanation.wrong.is_some());
        assert!(listed.contains(&format!("  {} ", code.name())), "{code}");
    }
}

#[test]
fn metadata_has_places_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("api-docs.json");
    let wrong = Code::METADATA_UNSUPPORTED.explanation().wrong.as_ref();
    let metadata = wrong.expect("an example").sources()["api-docs.json"].clone();
    // As the vendor publishes it: one line.
    let metadata = String::from_utf8_lossy(&metadata).replace('\n', "");
    fs::write(&file, metadata).expect("writable");
    let done = xtask::import::sync(&[file], folder.path(), false, Mode::Write);
    let told = text(
        &done.expect_err("it can't be described"),
        Output::default(),
        false,
    );
    assert!(told.starts_with("error[metadata-unsupported]: "), "{told}");
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[1].contains("api-docs.json:1:"), "{told}");
    let underlined = lines[4].find('^').and_then(|from| lines[3].get(from..));
    assert!(lines[3].starts_with("1 | …"), "{told}");
    assert!(
        underlined.is_some_and(|text| text.contains("\"in\"")),
        "{told}"
    );
}
