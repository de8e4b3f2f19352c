//! A bound on the repetitions of all calls of a client together.

use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const COST: u32 = 5;

/// A bucket of tokens: repetitions take some, success brings some back.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Takes the tokens for a repetition, if there are enough.
    pub(super) fn take(&self) -> Option<Permit<'_>> {
        let less = |tokens: u32| tokens.checked_sub(COST);
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        // Not made before it is known: one that is dropped brings tokens.
        taken.is_ok().then(|| Permit(Some(self)))
    }

    /// A call has succeeded by its first attempt.
    pub(super) fn earn(&self) {
        self.put(1);
    }

    fn put(&self, more: u32) {
        let sum = |tokens: u32| Some(tokens.saturating_add(more).min(CAPACITY));
        // It never refuses.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, sum);
    }
}

/// The tokens of one repetition. They go back when this is dropped, so that a call that succeeds or
/// is given up has taken nothing.
pub(super) struct Permit<'a>(Option<&'a Budget>);

impl Permit<'_> {
    /// The repetition has failed.
    pub(super) fn spend(mut self) {
        self.0 = None;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(budget) = self.0 {
            budget.put(COST);
        }
    }
}
