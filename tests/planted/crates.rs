//! Every planted change as crates, checked by one run of cargo: the one that is generated, and the
//! clients that use it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use alibabacloud_codegen::{Diff, Sources, generate, model};
use cams_tests::scratch::{Message, Scratch, quoted};
use serde_json::json;

use crate::clients::{CLIENTS, Client, EVERYTHING};
use crate::table::{Planted, TABLE, base, compared, edited, of};

/// The crate without any change.
const BASE: &str = "base";
/// The binary of everything that must compile before a change.
const BEFORE: &str = "before";

/// A change in one direction, judged by the comparison and by the compiler.
pub(crate) struct Judged {
    /// The name of the change; one that is taken back ends with `_back`.
    pub(crate) name: String,
    /// What is said of it.
    pub(crate) diff: Diff,
    /// Whether its client was written for it.
    pub(crate) has_client: bool,
    /// Why its client doesn't compile.
    pub(crate) errors: Vec<Message>,
    /// How many uses of what is deprecated the client has.
    pub(crate) warnings: usize,
}

/// What has come of all changes.
pub(crate) struct Checked {
    pub(crate) judged: Vec<Judged>,
    /// Errors of clients that meet no change.
    pub(crate) before: Vec<Message>,
    /// The uses of what is deprecated where everything is used.
    pub(crate) warnings: usize,
}

/// Compiles all clients before and after their changes.
pub(crate) fn check() -> Checked {
    let scratch = Scratch::new(env!("CARGO_TARGET_TMPDIR"), "planted");
    let mut clients = Clients::new(&scratch);
    generated(&scratch, BASE, &of(&base()));
    clients.binary(&format!("{BEFORE}_everything"), BASE, EVERYTHING);
    let mut judged = Vec::new();
    for Planted { name, edits, .. } in TABLE {
        let changed = edited(&base(), edits);
        generated(&scratch, name, &of(&changed));
        clients.depends(name);
        let client = CLIENTS.iter().find(|client| client.name == *name);
        let (there, back) = client.map_or(("", ""), |Client { there, back, .. }| (there, back));
        clients.binary(
            name,
            name,
            if there.is_empty() { EVERYTHING } else { there },
        );
        if !there.is_empty() {
            clients.binary(&format!("{BEFORE}_{name}"), BASE, there);
        }
        let name_back = format!("{name}_back");
        // What leaves everything alone does so both ways; `everything` compiles before and after.
        if back.is_empty() {
            clients.binary(&name_back, BASE, EVERYTHING);
        } else {
            clients.binary(&name_back, BASE, back);
            clients.binary(&format!("{BEFORE}_{name_back}"), name, back);
        }
        for (name, diff, has_client) in [
            (
                (*name).to_owned(),
                compared(&base(), &changed),
                !there.is_empty(),
            ),
            (name_back, compared(&changed, &base()), !back.is_empty()),
        ] {
            judged.push(Judged {
                name,
                diff,
                has_client,
                errors: Vec::new(),
                warnings: 0,
            });
        }
    }
    clients.manifest();
    sorted(&scratch, judged)
}

/// Runs cargo, and gives everybody their messages.
fn sorted(scratch: &Scratch, mut judged: Vec<Judged>) -> Checked {
    let mut before = Vec::new();
    let mut warnings = 0;
    let at: BTreeMap<_, _> = judged
        .iter()
        .map(|judged| judged.name.clone())
        .zip(0..)
        .collect();
    for message in scratch.cargo(&["check", "--workspace"]) {
        let is_deprecated = message.text.contains("use of deprecated");
        match at.get(&message.target) {
            _ if message.level != "error" && !is_deprecated => {}
            Some(&at) if is_deprecated => judged[at].warnings += 1,
            Some(&at) => judged[at].errors.push(message),
            None if message.level == "error" => before.push(message),
            None if message.target.ends_with("_everything") => warnings += 1,
            None => {}
        }
    }
    // For `benches/semver.py`, which judges the same crates by another tool.
    let rows = judged.iter().map(|judged| {
        json!({
            "name": judged.name,
            "step": judged.diff.step().map(|step| step.name()),
            "breaks": !judged.errors.is_empty(),
        })
    });
    let rows: Vec<_> = rows.collect();
    scratch.write("judged.json", &format!("{:#}\n", json!(rows)));
    Checked {
        judged,
        before,
        warnings,
    }
}

/// Writes a generated crate.
fn generated(scratch: &Scratch, name: &str, sources: &Sources) {
    let files = generate(sources).unwrap_or_else(|problems| panic!("{name}: {problems}"));
    for (path, text) in files {
        scratch.write(&format!("{name}/src/{path}"), &text);
    }
    let api = model(sources).unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let features: Vec<_> = api
        .groups
        .iter()
        .map(|group| group.feature.as_str())
        .collect();
    let mut manifest = format!(
        "[package]\nname = {name:?}\nversion = \"1.0.0\"\nedition = \"2024\"\n\n\
         [features]\ndefault = {features:?}\n"
    );
    for feature in features {
        let _ = writeln!(manifest, "{feature} = []");
    }
    let _ = write!(
        manifest,
        "\n[dependencies]\nserde = \"1\"\nalibabacloud-runtime.path = {}\n",
        quoted("runtime")
    );
    scratch.write(&format!("{name}/README.md"), "A planted change.\n");
    scratch.write(&format!("{name}/Cargo.toml"), &manifest);
}

/// The crate of all clients, a binary each.
struct Clients<'s> {
    scratch: &'s Scratch,
    crates: Vec<String>,
}

impl<'s> Clients<'s> {
    fn new(scratch: &'s Scratch) -> Self {
        let crates = vec![BASE.to_owned()];
        Self { scratch, crates }
    }

    fn depends(&mut self, name: &str) {
        self.crates.push(name.to_owned());
    }

    /// A client of a crate.
    fn binary(&self, name: &str, of: &str, body: &str) {
        let text = format!(
            "#![allow(unused)]\n\nextern crate {of} as example;\nuse example::*;\n\n\
             pub fn client(client: &Client) {{\n    {}\n}}\n\nfn main() {{}}\n",
            body.trim()
        );
        self.scratch
            .write(&format!("clients/src/bin/{name}.rs"), &text);
    }

    fn manifest(&self) {
        let mut manifest =
            "[package]\nname = \"clients\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n\
                            [dependencies]\n"
                .to_owned();
        for name in &self.crates {
            let _ = writeln!(manifest, "{name}.path = \"../{name}\"");
        }
        self.scratch.write("clients/Cargo.toml", &manifest);
        let members = format!(
            "{:?}",
            [&["clients".to_owned()], self.crates.as_slice()].concat()
        );
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {members}\n");
        self.scratch.write("Cargo.toml", &workspace);
    }
}
