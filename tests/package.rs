//! What is published: the files of each package, and what registries show of it.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use cams_tests::copy::{tree, workspace};
use serde_json::Value as Json;

/// The packages that are published, and their folders.
const PUBLISHED: [(&str, &str); 2] = [
    ("alibabacloud-cams", "generated"),
    ("alibabacloud-runtime", "runtime"),
];

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args(arguments)
        .arg("--offline")
        .current_dir(workspace())
        .output()
        .expect("cargo can be started");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {told}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

#[test]
fn packages_hold_their_code_and_nothing_else() {
    for (package, folder) in PUBLISHED {
        let listed = cargo(&["package", "--list", "--allow-dirty", "--package", package]);
        let mut listed: BTreeSet<String> =
            listed.lines().map(|line| line.replace('\\', "/")).collect();
        // Only where there is a repository of git's.
        listed.remove(".cargo_vcs_info.json");

        let mut wanted: BTreeSet<String> = [
            "Cargo.lock",
            "Cargo.toml",
            "Cargo.toml.orig",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
        ]
        .map(str::to_owned)
        .into();
        for below in ["src", "examples"] {
            let root = workspace().join(folder).join(below);
            if root.exists() {
                let files = tree(&root).into_keys();
                wanted.extend(
                    files.map(|path| format!("{below}/{}", path.display()).replace('\\', "/")),
                );
            }
        }
        assert_eq!(listed, wanted, "{package}");
    }
}

#[test]
fn licences_are_those_of_the_workspace() {
    for (_, folder) in PUBLISHED {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let read = |path| fs::read_to_string(path).expect("a text");
            let own = read(workspace().join(folder).join(licence));
            assert!(own == read(workspace().join(licence)), "{folder}/{licence}");
        }
    }
}

#[test]
fn registries_are_told_what_they_show() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version=1"]);
    let metadata: Json = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let mut published = Vec::new();
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        // An empty list of registries is `publish = false`.
        if package["publish"].is_array() {
            continue;
        }
        published.push(name);
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(text("license"), "MIT OR Apache-2.0", "{name}");
        assert_eq!(text("readme"), "README.md", "{name}");
        assert_eq!(
            text("documentation"),
            format!("https://docs.rs/{name}"),
            "{name}"
        );
        assert_ne!(text("rust_version"), "", "{name}");
        assert!(text("description").contains("unofficial"), "{name}");
        assert_eq!(
            package["metadata"]["docs"]["rs"]["all-features"], true,
            "{name}"
        );

        let list = |key: &str| package[key].as_array().expect("a list").clone();
        assert!(!list("categories").is_empty(), "{name}");
        // What crates.io takes.
        let keywords = list("keywords");
        assert!((1..=5).contains(&keywords.len()), "{name}: {keywords:?}");
        for keyword in keywords {
            assert!(
                keyword.as_str().is_some_and(|word| word.len() <= 20),
                "{name}: {keyword}"
            );
        }
    }
    published.sort_unstable();
    assert_eq!(published, PUBLISHED.map(|(package, _)| package));
}
