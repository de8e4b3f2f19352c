//! Crates outside of the workspace, checked by one run of cargo that needs no network.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value as Json;

use crate::fixtures::folder;

/// A folder of crates. What is built in it stays for the next time.
#[derive(Debug)]
pub struct Scratch(PathBuf);

/// What the compiler says.
#[derive(Debug)]
pub struct Message {
    /// The library or binary that it is about.
    pub target: String,
    /// `error` or `warning`.
    pub level: String,
    /// The message as a terminal would show it.
    pub text: String,
}

impl Scratch {
    /// An empty folder of that name below `root`, a test's `CARGO_TARGET_TMPDIR`.
    pub fn new(root: &str, name: &str) -> Self {
        let scratch = Self(PathBuf::from(root).join(name));
        for entry in fs::read_dir(&scratch.0).into_iter().flatten().flatten() {
            // What is left of earlier cases must not linger.
            if entry.file_name() != "target" {
                let path = entry.path();
                let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
            }
        }
        fs::create_dir_all(&scratch.0).expect("a folder can be made");
        // With the workspace's choice of versions, everything is already downloaded.
        let lock = folder().join("../Cargo.lock");
        fs::copy(lock, scratch.0.join("Cargo.lock")).expect("copied");
        scratch
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("writable");
    }

    /// Runs a command of cargo's, such as `check`, and gives what the compiler says.
    pub fn cargo(&self, command: &[&str]) -> Vec<Message> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let done = Command::new(cargo)
            .args(command)
            .args(["--offline", "--keep-going", "--quiet"])
            .args(["--message-format=json", "--target-dir", "target"])
            .current_dir(&self.0)
            .output()
            .expect("cargo can be started");
        let told = String::from_utf8_lossy(&done.stderr);
        let mut messages = Vec::new();
        let mut finished = false;
        for line in String::from_utf8_lossy(&done.stdout).lines() {
            let message: Json = serde_json::from_str(line).expect("cargo writes JSON");
            finished |= message["reason"] == "build-finished";
            let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
            if message["reason"] == "compiler-message" {
                messages.push(Message {
                    target: text(&message["target"]["name"]),
                    level: text(&message["message"]["level"]),
                    text: text(&message["message"]["rendered"]),
                });
            }
        }
        assert!(finished, "cargo gave up: {told}");
        messages
    }
}

/// Whether cargo has a command: a minimal toolchain lacks `fmt` and `clippy`.
pub fn has(command: &str) -> bool {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = Command::new(cargo).args([command, "--version"]).output();
    asked.is_ok_and(|answer| answer.status.success())
}

/// A path of the workspace, as a manifest may name it.
pub fn quoted(path: &str) -> String {
    let path = folder().join("..").join(path);
    let path = fs::canonicalize(path).expect("it is there");
    format!("{:?}", path.display().to_string())
}
