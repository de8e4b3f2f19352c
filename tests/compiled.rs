//! What is emitted compiles, for every kind of description: each valid fixture makes a crate, and
//! rustdoc and, where it is there, clippy have nothing to say about any of them.

use alibabacloud_codegen::generate;
use cams_tests::fixtures::{fixtures, sources};
use cams_tests::scratch::{Scratch, has, quoted};

const LINTS: &str = r#"
[workspace.lints.rust]
unsafe_code = "forbid"
missing_docs = "warn"
missing_debug_implementations = "warn"
unreachable_pub = "warn"

[workspace.lints.rustdoc]
all = { level = "warn", priority = -1 }
missing_crate_level_docs = "allow"
private_doc_tests = "allow"

[workspace.lints.clippy]
all = { level = "warn", priority = -1 }
allow_attributes_without_reason = "warn"
"#;

#[test]
fn every_valid_fixture_compiles_without_a_warning() {
    let scratch = Scratch::new(env!("CARGO_TARGET_TMPDIR"), "compiled");
    let mut members = Vec::new();
    for (name, text) in fixtures("valid") {
        let files =
            generate(&sources(&text)).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        for (path, text) in files {
            scratch.write(&format!("{name}/src/{path}"), &text);
        }
        scratch.write(&format!("{name}/README.md"), "A fixture.\n");
        scratch.write(&format!("{name}/Cargo.toml"), &manifest(&name));
        members.push(format!("{name:?}"));
    }
    let members = members.join(", ");
    scratch.write(
        "Cargo.toml",
        &format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n{LINTS}"),
    );
    let messages = scratch.cargo(&[
        if has("clippy") { "clippy" } else { "check" },
        "--workspace",
    ]);
    let documented = scratch.cargo(&["doc", "--workspace", "--no-deps"]);
    let said: Vec<_> = messages
        .iter()
        .chain(&documented)
        .map(|message| format!("{}: {}", message.target, message.text))
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

fn manifest(name: &str) -> String {
    let runtime = quoted("runtime");
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [features]\ndefault = [\"things\"]\nthings = []\n\n\
         [dependencies]\nserde = \"1\"\nalibabacloud-runtime.path = {runtime}\n\n\
         [lints]\nworkspace = true\n"
    )
}
