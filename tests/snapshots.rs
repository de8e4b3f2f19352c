//! What the generator makes of small descriptions, and what it says of broken ones.
//!
//! Each snapshot has its input above its output. `INSTA_UPDATE=always cargo test` or `cargo insta
//! review` take a change over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;

use alibabacloud_codegen::model::Field;
use alibabacloud_codegen::problem::render;
use alibabacloud_codegen::{Files, Problem, bundle, description, generate, model};
use cams_tests::condensed::condensed;
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

/// The fixtures that show builders as a whole.
const BUILDERS: &str = "no_parameters nothing_required answers shadowing_names \
     names_apart_by_a_digit";

/// The fixtures that show what sets a field, for each kind of value and of name.
const SETTERS: &str = "nothing_required shadowing_names names_apart_by_a_digit names \
     deprecated_parameter scalars open_enum json_object json_lists json_maps json_of_any_kind \
     nested_containers shared_record shared_enum";

/// What is alike in every file, and the fixtures that show it.
const ALIKE: &[(&str, &str)] = &[
    ("use ", "no_parameters"),
    (
        "impl Client",
        "documented_facts operation_renamed deprecated_operation markdown_in_errors",
    ),
    ("impl Operation", "documented_facts operation_renamed"),
    ("fn builder", BUILDERS),
    ("/// Builds a", BUILDERS),
    ("/// Sets", SETTERS),
    ("/// The finished value", BUILDERS),
    (
        "struct DoThingResponse",
        "answers answers_with_lists_and_maps shared_enum undescribed markdown_code_spans \
         pagination_of_objects",
    ),
    (
        "Record for DoThingResponse",
        "answers answers_with_lists_and_maps",
    ),
    ("model::record!(DoThingResponse", "answers"),
    ("fn as_str", "open_enum shadowing_values markdown_in_enums"),
    (
        "impl From<&str>",
        "open_enum shadowing_values markdown_in_enums",
    ),
    (
        "fn blank",
        "blanks no_parameters nothing_required answers_with_lists_and_maps",
    ),
    ("fn get", "blanks no_parameters nothing_required"),
];

/// What has a snapshot of its own: the fixture, what it is called, what its items have in them.
const ASPECTS: &[(&str, &str, &str)] = &[
    ("all_required", "builder", "DoThingRequestBuilder"),
    ("json_object", "builder", "DoThingPageBuilder"),
    ("shared_record", "builder", "PageBuilder"),
    ("pagination_by_number", "method", "impl Client"),
    ("pagination_in_json", "method", "impl Client"),
];

/// The emitted code that a fixture is about: items are set apart by blank lines, as members are.
fn telling(fixture: &str, files: &Files) -> String {
    let shown = |part: &str| {
        let mut alike = ALIKE
            .iter()
            .filter(|(text, _)| part.lines().any(|line| starts(line, text)));
        alike.all(|(_, by)| by.split_whitespace().any(|by| by == fixture))
    };
    told(files, |item| {
        let parts = item.split("\n\n");
        let shown = parts
            .clone()
            .next()
            .is_some_and(shown)
            .then(|| parts.filter(|part| shown(part)));
        shown.map(|parts| parts.collect::<Vec<_>>().join("\n\n"))
    })
}

/// The emitted code that an aspect of a fixture is about, whole.
fn aspect(text: &str, files: &Files) -> String {
    told(files, |item| item.contains(text).then(|| item.to_owned()))
}

/// The items of all modules of operations and shared types, as they are shown.
fn told(files: &Files, shown: impl Fn(&str) -> Option<String>) -> String {
    let mut told = String::new();
    for (path, text) in files.iter().filter(|(path, _)| path.contains('/')) {
        let items: Vec<_> = items(text).filter_map(|item| shown(&item)).collect();
        if !items.is_empty() {
            told.push_str(&format!("// {path}\n"));
        }
        for item in items {
            told.push_str(&format!("\n{}\n", item.trim_end()));
        }
    }
    told
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
        for (_, called, about) in ASPECTS.iter().filter(|(fixture, ..)| *fixture == name) {
            compare(
                &format!("emitted__{name}__{called}"),
                &text,
                &aspect(about, &files),
            );
        }
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
        let shown = condensed(&parts.join("\n"), AT_REST);
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
fn what_is_alike_is_shown_by_the_fixtures_that_say_so() {
    let fixtures = BTreeMap::from_iter(fixtures("valid"));
    let emitted = |name: &str| {
        let text = fixtures.get(name);
        let text = text.unwrap_or_else(|| panic!("no fixture is called {name}"));
        generate(&sources(text)).expect("it is sound")
    };
    for (text, by) in ALIKE {
        for name in by.split_whitespace() {
            let shown = telling(name, &emitted(name));
            let found = shown.lines().any(|line| starts(line, text));
            assert!(found, "{name} shows nothing that begins with {text:?}");
        }
    }
    for (name, called, text) in ASPECTS {
        let shown = aspect(text, &emitted(name));
        assert!(!shown.is_empty(), "{name} has nothing of its {called}");
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
    wanted.extend(
        ASPECTS
            .iter()
            .map(|(fixture, called, _)| format!("emitted__{fixture}__{called}.snap")),
    );
    for entry in fs::read_dir(folder().join("snapshots")).expect("snapshots are there") {
        let name = entry
            .expect("readable")
            .file_name()
            .to_string_lossy()
            .into_owned();
        assert!(wanted.contains(&name), "{name} is left over: remove it");
    }
}
