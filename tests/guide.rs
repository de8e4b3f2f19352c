//! The front page of the crate: what it says can't go stale, and its links lead somewhere, in
//! rustdoc as well as outside of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use cams_tests::copy::workspace;

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).expect("a text")
}

/// The definitions `[label]: target` of a text, each line without what is before it.
fn definitions(text: &str, before: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| line.strip_prefix(before)?.strip_prefix('['))
        .filter_map(|line| line.split_once("]: "))
        .map(|(label, target)| (label.to_owned(), target.to_owned()))
        .collect()
}

/// Where docs.rs has an item.
fn url(path: &str) -> Option<String> {
    let base = |krate: &str| {
        format!(
            "https://docs.rs/{}/latest/{krate}/",
            krate.replace('_', "-")
        )
    };
    if path.starts_with('#') {
        return Some(base("alibabacloud_cams") + path);
    }
    let path = path.strip_prefix("crate::")?;
    match path.strip_prefix("runtime::") {
        None => Some(format!("{}struct.{path}.html", base("alibabacloud_cams"))),
        Some(path) => {
            let (module, name) = path.rsplit_once("::")?;
            Some(format!(
                "{}{module}/trait.{name}.html",
                base("alibabacloud_runtime")
            ))
        }
    }
}

#[test]
fn links_lead_to_the_same_place_everywhere() {
    // Those of lib.rs come first, so rustdoc takes and checks them.
    let inside = definitions(&read("generated/src/lib.rs"), "//! ");
    let outside = definitions(&read("generated/README.md"), "");
    for (label, target) in &outside {
        let path = inside
            .get(label)
            .unwrap_or_else(|| panic!("[{label}] in lib.rs"));
        assert_eq!(url(path).as_ref(), Some(target), "{label}");
    }
}

#[test]
fn every_link_is_defined_for_readers_outside_of_rustdoc() {
    let text = read("generated/README.md");
    let defined = definitions(&text, "");
    let used: BTreeSet<&str> = text
        .split("[`")
        .skip(1)
        .filter_map(|rest| rest.split_once("`]"))
        .map(|(name, _)| name)
        .collect();
    assert!(!used.is_empty());
    for name in used {
        assert!(
            defined.contains_key(&format!("`{name}`")),
            "{name} is a link to nowhere"
        );
    }
}

#[test]
fn the_number_of_operations_is_right() {
    let operations = fs::read_dir(workspace().join("specs/cams/operations"))
        .expect("the description is there")
        .count();
    for page in ["README.md", "generated/README.md"] {
        let says = format!("all {operations} operations");
        let text = read(page).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&says), "{page} doesn't say `{says}`");
    }
}
