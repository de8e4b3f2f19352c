//! `cargo xtask diff`: what it says of a change, and where it finds the two sides.

#[path = "diff/history.rs"]
mod history;
#[path = "diff/output.rs"]
mod output;
#[path = "diff/planted.rs"]
mod planted;
#[path = "diff/rewritten.rs"]
mod rewritten;
#[path = "diff/sides.rs"]
mod sides;
#[path = "diff/table.rs"]
mod table;
