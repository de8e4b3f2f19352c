//! Every code has an explanation, whose examples are tried.

use std::collections::BTreeSet;

use alibabacloud_codegen::import::import;
use alibabacloud_codegen::problem::Example;
use alibabacloud_codegen::{Code, Problem, Problems, description};

/// Codes of faults that no text is known to have, or that no example can show.
const WITHOUT_EXAMPLES: &[Code] = &[
    Code::NOT_UTF8,
    Code::NOT_OPENAPI,
    Code::TOO_MANY_PROBLEMS,
    Code::INTERNAL,
];

/// What is said of an example, warnings included.
fn said(example: &Example) -> Vec<Problem> {
    let mut sources = example.sources();
    let all = |problems: Problems| problems.into_iter().cloned().collect();
    if example.is_metadata() {
        let text = sources.remove("api-docs.json").expect("the metadata");
        let metadata = [("api-docs.json".to_owned(), text)];
        return match import(&sources, &metadata, false) {
            Ok(_) => Vec::new(),
            Err(problems) => all(problems),
        };
    }
    match description(&sources) {
        Ok(description) => description.warnings,
        Err(problems) => all(problems),
    }
}

#[test]
fn each_wrong_example_has_the_problem() {
    let mut missing = Vec::new();
    for code in Code::all() {
        let Some(wrong) = &code.explanation().wrong else {
            assert!(WITHOUT_EXAMPLES.contains(&code), "{code} has no example");
            continue;
        };
        let found = said(wrong);
        if !found.iter().any(|found| found.code == code) {
            missing.push(format!("{code} isn't in {found:#?}, of\n{wrong}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn nothing_is_said_of_the_right_ones() {
    let mut said_of = Vec::new();
    for code in Code::all() {
        let explanation = code.explanation();
        assert_eq!(explanation.wrong.is_some(), explanation.right.is_some());
        if let Some(right) = &explanation.right {
            let found = said(right);
            if !found.is_empty() {
                said_of.push(format!("{code}: {found:#?}, of\n{right}"));
            }
        }
    }
    assert!(said_of.is_empty(), "{}", said_of.join("\n"));
}

#[test]
fn names_are_kebab_case_and_differ() {
    let mut names = BTreeSet::new();
    for code in Code::all() {
        let name = code.name();
        let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        assert!(name.bytes().all(kebab) && name.len() < 30, "{name}");
        assert!(names.insert(name), "{name} twice");
        assert_eq!(Code::find(name), Some(code));
        let explanation = code.explanation();
        assert!(
            explanation.title.ends_with('.') && explanation.why.ends_with('.'),
            "{name}"
        );
        assert!(explanation.title.len() < 90, "{name}");
    }
    assert!(names.len() > 60);
}

#[test]
fn a_misspelt_name_is_found() {
    assert_eq!(Code::find("duplicate_key"), None);
    assert_eq!(Code::closest("duplicate_key"), Some(Code::DUPLICATE_KEY));
    assert_eq!(Code::closest("no-descripton"), Some(Code::NO_DESCRIPTION));
    assert_eq!(Code::closest("E0101"), None);
}
