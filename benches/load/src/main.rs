//! One side of the load bench: the server, or a client that calls it. `benches/load.py` starts them
//! as processes of their own.

mod by_hand;
mod client;
mod ours;
mod server;
mod usage;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// What fails is told to whoever started this.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers every call, and prints its address first.
    Server,
    /// Makes calls and prints what they cost, as JSON.
    Client(client::Arguments),
}

/// What is called.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Operation {
    DeleteChatGroup,
    SendChatappMessage,
    ListChatappTemplate,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Server => server::run(),
        Command::Client(arguments) => client::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}
