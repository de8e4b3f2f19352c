//! The project's own commands. `cargo xtask --help` lists them.

use std::process::ExitCode;

use clap::Parser as _;
use xtask::commands::Arguments;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Arguments::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            xtask::say(&failure);
            ExitCode::FAILURE
        }
    }
}
