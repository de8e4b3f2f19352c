//! What the features bring along: no async runtime with calls that block.

use std::collections::BTreeSet;
use std::process::Command;

use cams_tests::copy::workspace;

/// What has no place where nothing is awaited.
const ASYNC: [&str; 8] = [
    "async-std",
    "futures-executor",
    "futures-util",
    "hyper",
    "hyper-util",
    "reqwest",
    "smol",
    "tokio",
];

/// The packages that the client is built of with these features.
fn tree(features: &str) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args([
            "tree",
            "--offline",
            "--package=alibabacloud-cams",
            "--edges=normal",
        ])
        .args([
            "--prefix=none",
            "--format={p}",
            "--no-default-features",
            "--features",
        ])
        .arg(features)
        .current_dir(workspace())
        .output()
        .expect("cargo can be started");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}");
    let listed = String::from_utf8(done.stdout).expect("UTF-8");
    let names = listed.lines().filter_map(|line| line.split(' ').next());
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn calls_that_block_bring_no_async_runtime() {
    let blocking = tree("blocking,chat-groups");
    assert!(blocking.contains("ureq"), "{blocking:?}");
    let unwanted: Vec<_> = ASYNC
        .iter()
        .filter(|name| blocking.contains(**name))
        .collect();
    assert!(unwanted.is_empty(), "{unwanted:?}");
    // The list is worth something: they are there where calls are awaited.
    let awaited = tree("reqwest,chat-groups");
    for name in ["hyper", "reqwest", "tokio"] {
        assert!(awaited.contains(name), "{name}");
    }
}

#[test]
fn plain_types_bring_neither() {
    let plain = tree("chat-groups");
    for name in ASYNC.iter().chain(&["rustls", "ureq"]) {
        assert!(!plain.contains(*name), "{name}");
    }
}
