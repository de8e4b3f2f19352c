//! `cargo xtask ci`: all that CI runs, in its order. The first step that fails ends it.

mod deny;
mod package;
mod validator;

use std::process::Command;
use std::time::Instant;

use crate::{Failure, codegen, say, tidy, workspace};

/// Runs every step.
///
/// # Errors
///
/// The first step that fails.
pub fn run() -> Result<(), Failure> {
    cargo("fmt --all --check", &[])?;
    step("cargo xtask tidy", || tidy::run(&tidy::Arguments {}))?;
    cargo("clippy --workspace --all-targets -- -D warnings", &[])?;
    // The fuzz targets are a workspace of their own. They are built without what takes C++.
    cargo("fmt --manifest-path fuzz/Cargo.toml --check", &[])?;
    cargo(
        "clippy --manifest-path fuzz/Cargo.toml --all-targets --no-default-features -- -D warnings",
        &[],
    )?;
    // A snapshot that differs fails, and leaves no file behind.
    cargo("test", &[("INSTA_UPDATE", "no")])?;
    // What does TLS is chosen by features: the tests above are about the default.
    cargo(
        "test --package cams-tests --features native-tls --test transport --test faults",
        &[],
    )?;
    cargo(
        "test --package alibabacloud-no-provider --features alone",
        &[],
    )?;
    cargo(
        "test --package alibabacloud-no-provider --features alone,blocking",
        &[],
    )?;
    step("cargo xtask codegen --check", || {
        codegen::run(&codegen::Arguments::checking())
    })?;
    step("openapi-spec-validator", validator::run)?;
    step("cargo deny", deny::run)?;
    cargo(
        "doc --workspace --no-deps",
        &[("RUSTDOCFLAGS", "-D warnings")],
    )?;
    for (package, features) in [
        (
            "alibabacloud-cams",
            codegen::features(&workspace().join("generated"))?,
        ),
        (
            "alibabacloud-runtime",
            codegen::features(&workspace().join("runtime"))?,
        ),
    ] {
        let alone = |feature: &str| {
            let features = format!("--no-default-features --features={feature}");
            cargo(
                &format!("clippy --package {package} {features} -- -D warnings"),
                &[],
            )
        };
        alone("")?;
        // One with an underscore is a part of others.
        let public = |feature: &&String| *feature != "default" && !feature.starts_with('_');
        for feature in features.keys().filter(public) {
            alone(feature)?;
        }
    }
    step("cargo package", package::run)
}

/// Whether nobody is there to read that something was skipped.
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

fn cargo(arguments: &str, environment: &[(&str, &str)]) -> Result<(), Failure> {
    step(&format!("cargo {arguments}"), || {
        run_cargo(arguments, environment)
    })
}

/// Runs cargo with arguments in none of which there is a blank.
fn run_cargo(arguments: &str, environment: &[(&str, &str)]) -> Result<(), Failure> {
    let command = format!("cargo {arguments}");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(arguments.split_whitespace())
        .envs(environment.iter().copied())
        .current_dir(workspace())
        .status()
        .map_err(|error| {
            Failure::environment(format!("error: can't start `{command}`: {error}"))
        })?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::found(format!(
            "error: `{command}` failed: {status}"
        )))
    }
}

fn step(name: &str, run: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    say(&format_args!("==> {name}"));
    let start = Instant::now();
    run()?;
    say(&format_args!("==> {name}: done in {:.0?}", start.elapsed()));
    Ok(())
}
