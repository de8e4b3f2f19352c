//! Where keys come from, against stand-ins on this machine: files in a home of their own, and
//! loopback servers.

#[path = "credentials/cached.rs"]
mod cached;
#[path = "credentials/chain.rs"]
mod chain;
#[path = "credentials/files.rs"]
mod files;
#[path = "credentials/home.rs"]
mod home;
#[path = "credentials/metadata.rs"]
mod metadata;
#[path = "credentials/patience.rs"]
mod patience;
#[path = "credentials/programs.rs"]
mod programs;
#[path = "credentials/refused.rs"]
mod refused;
#[path = "credentials/roles.rs"]
mod roles;
#[path = "credentials/sessions.rs"]
mod sessions;
#[path = "credentials/slow.rs"]
mod slow;
