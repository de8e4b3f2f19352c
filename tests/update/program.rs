//! `cargo xtask` itself, built beside the tests that start it.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::commands::main()
}
