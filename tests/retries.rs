//! What becomes of a call whose attempts fail: which are repeated, after what wait, and for how long.
//!
//! The time is the tests' own: it passes by waiting, and nothing here waits for it.

#[path = "retries/budget.rs"]
mod budget;
#[path = "retries/classes.rs"]
mod classes;
#[path = "retries/scene.rs"]
mod scene;
#[path = "retries/skew.rs"]
mod skew;
#[path = "retries/waits.rs"]
mod waits;
