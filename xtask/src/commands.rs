//! The command line: which commands there are.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::messages::{self, Output};
use crate::{Failure, bundle, ci, codegen, diff, explain, import, tidy, update};

/// How a process of this program ends.
const EXITS: &str = "\
Exit status:
  0  done, nothing to say against it
  1  something must be mended: problems, a difference, a step of CI that fails
  2  called wrongly
  3  a file, a program or a stream that can't be used";

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXITS)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make generated/src anew from the descriptions in specs/
    Codegen(codegen::Arguments),
    /// Bring specs/ up to date with the vendor's metadata, api-docs.json
    Import(import::Arguments),
    /// Say what a change of specs/ does on the wire, to Rust users and to the version
    Diff(diff::Arguments),
    /// Bring specs/, generated/ and a draft of the changelog up to date with the vendor's metadata
    Update(update::Arguments),
    /// Look for what no compiler checks: file sizes, rooms, unreviewed snapshots, stray blanks
    Tidy(tidy::Arguments),
    /// Print the description as one OpenAPI document, for other tools
    Bundle(bundle::Arguments),
    /// Explain the code of a problem, or list all codes
    Explain(explain::Arguments),
    /// Run all that CI runs, in CI's order
    Ci,
}

/// The whole program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = arguments.output();
    match arguments.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            messages::tell(&failure, output);
            ExitCode::from(failure.exit() as u8)
        }
    }
}

impl Arguments {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// As the command says.
    pub fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Codegen(arguments) => codegen::run(&arguments),
            Command::Import(arguments) => import::run(&arguments),
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Update(arguments) => update::run(&arguments),
            Command::Tidy(arguments) => tidy::run(&arguments),
            Command::Bundle(arguments) => bundle::run(&arguments),
            Command::Explain(arguments) => explain::run(&arguments),
            Command::Ci => ci::run(),
        }
    }

    /// How the command tells problems.
    pub fn output(&self) -> Output {
        match &self.command {
            Command::Codegen(arguments) => arguments.output,
            Command::Import(arguments) => arguments.output,
            Command::Update(arguments) => arguments.output,
            Command::Bundle(arguments) => arguments.output,
            Command::Diff(arguments) => arguments.output,
            Command::Tidy(_) | Command::Explain(_) | Command::Ci => Output::default(),
        }
    }
}
