//! Commands in a copy of the repository, as a person types them.

use std::path::Path;
use std::process::Command;

/// `cargo xtask` as it is built already, instead of by cargo; both streams are one, as on a terminal.
const BEFORE: &str = r#"exec 2>&1
cargo() { if [ "$1" = xtask ]; then shift; "$XTASK" "$@"; else command cargo "$@"; fi; }
"#;

/// What commands print, and how the last of them ends.
pub(crate) fn shell(root: &Path, commands: &str) -> (String, i32) {
    let people = ["AUTHOR", "COMMITTER"];
    let done = Command::new("sh")
        .arg("-c")
        .arg(format!("{BEFORE}{commands}"))
        .current_dir(root)
        .env("CARGO_MANIFEST_DIR", root.join("xtask"))
        .env("XTASK", env!("CARGO_BIN_EXE_xtask-in-tests"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs(people.map(|who| (format!("GIT_{who}_NAME"), "A. N. Other")))
        .envs(people.map(|who| (format!("GIT_{who}_EMAIL"), "a@example.com")))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell can be started");
    let printed = String::from_utf8(done.stdout).expect("UTF-8");
    (printed, done.status.code().expect("no signal"))
}
