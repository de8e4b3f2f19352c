//! Whether the trees of dependencies are as `deny.toml` and `fuzz/deny.toml` want them: licences,
//! versions, sources.

use std::process::{Command, Stdio};

use super::{in_ci, run_cargo};
use crate::{Failure, say};

/// Runs cargo-deny. Where it isn't installed, that is left to CI.
pub(super) fn run() -> Result<(), Failure> {
    if is_installed() {
        // A skip that skips nothing is as wrong as a version that stands beside another.
        for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
            let check = "check --deny unmatched-skip licenses bans sources";
            run_cargo(
                &format!("deny --manifest-path {manifest} --locked {check}"),
                &[],
            )?;
        }
        return Ok(());
    }
    let why = "error: cargo-deny isn't installed";
    if in_ci() {
        return Err(Failure::environment(format!(
            "{why}\n  help: `.ci/run` installs the version that CI uses"
        )));
    }
    say(&format_args!("{why}\n  skipped here; CI does it"));
    Ok(())
}

fn is_installed() -> bool {
    let mut version = Command::new("cargo-deny");
    version.arg("--version").stdout(Stdio::null());
    version
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
