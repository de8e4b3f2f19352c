//! What the generator makes of small descriptions, and what it says of broken ones.
//!
//! Each snapshot has its input above its output. `INSTA_UPDATE=always cargo test` or `cargo insta
//! review` take a change over.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;

use alibabacloud_codegen::model::Field;
use alibabacloud_codegen::problem::render;
use alibabacloud_codegen::{Files, Problem, bundle, description, generate, model};
use cams_tests::fixtures::{fixtures, folder, sources};

/// Puts the input above the output, and compares both with the snapshot of that name.
fn compare(name: &str, input: &str, output: &str) {
    let text = format!(
        "{}\n{}\n{}",
        input.trim_end(),
        "=".repeat(80),
        output.trim_end()
    );
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// What is alike in every file, and shown by one fixture each.
const ALIKE: &[(&str, &str)] = &[
    (
        "impl Client",
        "documented_facts operation_renamed deprecated pagination_by_number",
    ),
    ("impl Operation", "documented_facts operation_renamed"),
    ("struct DoThingResponse", "answers shared_types undescribed"),
    ("Record for DoThingResponse", "answers"),
    ("impl Value", "open_enum"),
    ("impl From<String>", "open_enum"),
    ("impl fmt::", ""),
    ("impl Serialize", ""),
    ("impl<'de> Deserialize", ""),
    ("impl Default", "nothing_required"),
    ("fn get", "scalars"),
    ("fn blank", "scalars"),
    ("use ", ""),
];

/// The emitted code that a fixture is about: items are set apart by blank lines, as members are.
fn telling(fixture: &str, files: &Files) -> String {
    let shown = |part: &str| {
        let alike = ALIKE
            .iter()
            .filter(|(text, _)| part.lines().any(|line| starts(line, text)));
        alike
            .clone()
            .all(|(_, by)| by.split(' ').any(|by| by == fixture))
    };
    let mut telling = String::new();
    for (path, text) in files.iter().filter(|(path, _)| path.contains('/')) {
        telling.push_str(&format!("// {path}\n"));
        for item in items(text).filter(|item| shown(item.split("\n\n").next().unwrap_or(item))) {
            let parts: Vec<_> = item.split("\n\n").filter(|part| shown(part)).collect();
            telling.push_str(&format!("\n{}\n", parts.join("\n\n").trim_end()));
        }
    }
    telling
}

fn starts(line: &str, text: &str) -> bool {
    let line = line.trim_start().trim_start_matches("pub ");
    line.starts_with(text) || line.starts_with("impl ") && line.contains(text)
}

/// The items of a file, each as its text.
fn items(text: &str) -> impl Iterator<Item = String> {
    let mut items = vec![String::new()];
    for part in text.split("\n\n") {
        match items.last_mut() {
            Some(last) if part.starts_with("    ") => *last = format!("{last}\n\n{part}"),
            _ => items.push(part.to_owned()),
        }
    }
    items
        .into_iter()
        .skip(1)
        .filter(|item| !item.starts_with("// "))
}

#[test]
fn emitted() {
    for (name, text) in fixtures("valid") {
        let files =
            generate(&sources(&text)).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        for (path, text) in &files {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
        }
        compare(&format!("emitted__{name}"), &text, &telling(&name, &files));
    }
}

/// What most parts of a model say; shown only where it is otherwise.
const AT_REST: &[&str] = &[
    "id: \"DoThing\",",
    "name: \"do_thing\",",
    "summary: \"Does it.\",",
    "docs: [],",
    "deprecated: false,",
    "documentation: None,",
    "ram: None,",
    "rate_limit: None,",
    "errors: [],",
    "retry: Read,",
    "request: [],",
    "response: [],",
    "types: [],",
    "shared: [],",
    "pagination: None,",
    "facts: [],",
    "sensitivity: Public,",
    "example: None,",
    "shared: false,",
    "required: false,",
    "place: Member,",
    "fill: None,",
    "size: None,",
    "total: None,",
];

/// How long a line may become that was several.
const WIDTH: usize = 100;

/// What `{:#?}` prints, on fewer lines: whatever fits on one stands there, what holds one thing
/// opens and closes with it, and what is at rest isn't shown.
fn condensed(printed: &str) -> String {
    // The lines of what is open, from the outermost inwards.
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    for line in printed.lines() {
        let part = line.trim_start();
        let opens = part.ends_with(['{', '[', '(']);
        if opens {
            open.push(Vec::new());
        }
        let Some(lines) = open.last_mut() else {
            continue;
        };
        if opens || !AT_REST.contains(&part) {
            lines.push(line.to_owned());
        }
        if part.starts_with(['}', ']', ')'])
            && let Some(closed) = open.pop()
        {
            let one = joined(&closed);
            let within = open.last_mut().expect("a block stands in another");
            if AT_REST.contains(&one.trim()) {
                continue;
            }
            if one.chars().count() <= WIDTH {
                within.push(one);
            } else {
                within.extend(hugged(&closed).unwrap_or(closed));
            }
        }
    }
    open.concat().join("\n")
}

/// The lines of a block on one.
fn joined(block: &[String]) -> String {
    let one = block.iter().skip(1).fold(block[0].clone(), |one, part| {
        let blank = if one.ends_with(['[', '(']) || part.trim().starts_with([']', ')']) {
            ""
        } else {
            " "
        };
        format!("{one}{blank}{}", part.trim_start())
    });
    one.replace(",]", "]")
        .replace(",)", ")")
        .replace(", }", " }")
}

/// A block with what holds it, where that holds nothing else: `Some(Pagination {`.
fn hugged(block: &[String]) -> Option<Vec<String>> {
    let [outer, first, middle @ .., last, end] = block else {
        return None;
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let opens = outer.ends_with(['(', '[']) && first.ends_with(['{', '[', '(']);
    let alone = middle.iter().all(|line| indent(line) > indent(first));
    (opens && alone).then(|| {
        let mut lines = vec![format!("{outer}{}", first.trim_start())];
        let shift = indent(first) - indent(outer);
        lines.extend(middle.iter().map(|line| line[shift..].to_owned()));
        let last = last[shift..].trim_end_matches(',');
        lines.push(format!("{last}{}", end.trim_start()));
        lines
    })
}

#[test]
fn models() {
    for (name, text) in fixtures("valid") {
        let api = model(&sources(&text)).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let operation = &api.groups[0].operations[0];
        // What most of them answer, shown by one.
        let plain = |field: &Field| field.docs == ["Identifies the call."];
        let answered = match &operation.response.fields[..] {
            [field] if plain(field) && name != "no_parameters" => &[],
            fields => fields,
        };
        let parts: [(&str, &dyn Debug); 15] = [
            ("id", &operation.id),
            ("name", &operation.name),
            ("summary", &operation.summary),
            ("docs", &operation.docs),
            ("deprecated", &operation.deprecated),
            ("documentation", &operation.documentation),
            ("ram", &operation.ram),
            ("rate_limit", &operation.rate_limit),
            ("errors", &operation.errors),
            ("retry", &operation.retry),
            ("request", &operation.request.fields),
            ("response", &answered),
            ("types", &operation.types),
            ("shared", &api.types),
            ("pagination", &operation.pagination),
        ];
        let parts = parts.map(|(name, part)| format!("{name}: {part:#?},"));
        let shown = condensed(&parts.join("\n"));
        compare(&format!("model__{name}"), &text, &shown);
    }
}

/// The bundle that is shown whole. What the others say before their paths is alike.
const WHOLE: &str = "operation_in_a_file";

#[test]
fn bundled() {
    for (name, text) in fixtures("bundled") {
        let document =
            bundle(&sources(&text)).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let paths = document.find("  \"paths\": {").expect("it has paths");
        let shown = if name == WHOLE { 0 } else { paths };
        compare(&format!("bundled__{name}"), &text, &document[shown..]);
    }
}

#[test]
fn problems() {
    for (name, text) in fixtures("problems") {
        let sources = sources(&text);
        let Err(problems) = generate(&sources) else {
            panic!("{name} gives no problem");
        };
        let shown = |problem: &Problem| render(problem, &sources, &problem.location.file, false);
        let shown: Vec<_> = problems.into_iter().map(shown).collect();
        compare(&format!("problems__{name}"), &text, &shown.join("\n\n"));
    }
}

#[test]
fn lints() {
    for (name, text) in fixtures("lints") {
        let sources = sources(&text);
        let shown = |problem: &Problem| render(problem, &sources, &problem.location.file, false);
        let shown: Vec<_> = match description(&sources) {
            Ok(description) => description.warnings.iter().map(shown).collect(),
            Err(problems) => problems.into_iter().map(shown).collect(),
        };
        assert!(!shown.is_empty(), "{name} gives no warning");
        compare(&format!("lints__{name}"), &text, &shown.join("\n\n"));
    }
}

#[test]
fn every_snapshot_has_its_fixture() {
    let mut wanted = BTreeSet::new();
    for (kind, folder) in [
        ("bundled", "bundled"),
        ("emitted", "valid"),
        ("lints", "lints"),
        ("model", "valid"),
        ("problems", "problems"),
    ] {
        wanted.extend(
            fixtures(folder)
                .iter()
                .map(|(name, _)| format!("{kind}__{name}.snap")),
        );
    }
    for entry in fs::read_dir(folder().join("snapshots")).expect("snapshots are there") {
        let name = entry
            .expect("readable")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(wanted.contains(&name), "{name} is left over: remove it");
    }
}
