//! What the environment says about a run of tests.

use std::env;

/// The number in a variable of the environment, or the usual one.
///
/// # Panics
///
/// When there is something else in it.
pub fn setting(name: &str, usual: u64) -> u64 {
    given(name).unwrap_or(usual)
}

/// The number in a variable of the environment, if it is set.
///
/// # Panics
///
/// When there is something else in it.
pub fn given(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|_| panic!("{name} must be a number")))
}
