//! `cargo xtask update`: from the vendor's metadata to generated code and a draft of the changelog.

#[path = "update/command.rs"]
mod command;
#[path = "update/published.rs"]
mod published;
#[path = "update/shell.rs"]
mod shell;
#[path = "update/walk.rs"]
mod walk;
