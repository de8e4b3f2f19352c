//! What several tests share.

pub mod act;
pub mod client;
pub mod condensed;
pub mod copy;
pub mod description;
pub mod emitted;
pub mod failure;
pub mod fixtures;
pub mod formal;
pub mod hush;
pub mod json;
pub mod operations;
pub mod portal;
pub mod problems;
pub mod proxy;
pub mod rewritten;
pub mod sample;
pub mod scratch;
pub mod server;
pub mod setting;
pub mod signature;
pub mod slips;
pub mod table;
pub mod tls;
pub mod wire;
