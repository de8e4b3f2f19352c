//! Calls that block their thread: the same calls, over another HTTP library and without an async
//! runtime.

#[path = "blocking/connections.rs"]
mod connections;
#[path = "blocking/ended.rs"]
mod ended;
#[path = "blocking/held.rs"]
mod held;
#[path = "credentials/home.rs"]
#[expect(dead_code, reason = "the tests of awaited keys need the rest")]
mod home;
#[path = "blocking/keys.rs"]
mod keys;
#[path = "blocking/listings.rs"]
mod listings;
#[path = "blocking/repeated.rs"]
mod repeated;
#[path = "pages/scene.rs"]
#[expect(dead_code, reason = "the tests of streams need the rest")]
mod scene;
#[path = "blocking/scripted.rs"]
mod scripted;
#[path = "blocking/surroundings.rs"]
mod surroundings;
#[path = "retries/scene.rs"]
#[expect(dead_code, reason = "the tests of awaited calls need the rest")]
mod timed;
#[path = "blocking/tree.rs"]
mod tree;
#[path = "blocking/waits.rs"]
mod waits;
#[path = "blocking/ways.rs"]
mod ways;
#[path = "blocking/wire.rs"]
mod wire;
