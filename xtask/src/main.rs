//! The project's own commands. `cargo xtask --help` lists them.

use std::process::ExitCode;

use clap::Parser as _;
use xtask::commands::Arguments;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = arguments.output();
    match arguments.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            xtask::messages::tell(&failure, output);
            ExitCode::from(failure.exit() as u8)
        }
    }
}
