//! What is emitted compiles, for every kind of description: rustdoc and, where it is there, clippy
//! have nothing to say about what any valid fixture makes. Each is a module of one crate, since a
//! crate of its own for each takes several times as long.

use alibabacloud_codegen::generate;
use cams_tests::fixtures::{fixtures, sources};
use cams_tests::scratch::{Scratch, has, quoted};

const LINTS: &str = r#"
[lints.rust]
unsafe_code = "forbid"
missing_docs = "warn"
missing_debug_implementations = "warn"
unreachable_pub = "warn"

[lints.rustdoc]
all = { level = "warn", priority = -1 }
missing_crate_level_docs = "allow"
private_doc_tests = "allow"

[lints.clippy]
all = { level = "warn", priority = -1 }
allow_attributes_without_reason = "warn"
"#;

#[test]
fn every_valid_fixture_compiles_without_a_warning() {
    let scratch = Scratch::new(env!("CARGO_TARGET_TMPDIR"), "compiled");
    let mut library = "//! All fixtures.\n".to_owned();
    for (name, text) in fixtures("valid") {
        let files =
            generate(&sources(&text)).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        for (path, text) in files {
            let text = text.replace("crate::", &format!("crate::{name}::"));
            scratch.write(&format!("src/{name}/{path}"), &text);
        }
        library.push_str(&format!("#[path = \"{name}/lib.rs\"]\npub mod {name};\n"));
    }
    scratch.write("src/lib.rs", &library);
    // The front page of each, as it names it.
    scratch.write("src/README.md", "A fixture.\n");
    scratch.write("Cargo.toml", &manifest());
    let messages = scratch.cargo(&[if has("clippy") { "clippy" } else { "check" }]);
    let documented = scratch.cargo(&["doc", "--no-deps"]);
    let said: Vec<_> = messages
        .iter()
        .chain(&documented)
        .map(|message| message.text.as_str())
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

fn manifest() -> String {
    let runtime = quoted("runtime");
    format!(
        "[package]\nname = \"compiled\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [workspace]\n\n\
         [features]\ndefault = [\"things\"]\nthings = []\n\n\
         [dependencies]\nserde = \"1\"\nalibabacloud-runtime.path = {runtime}\n\
         {LINTS}"
    )
}
