//! All that observe a client.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::Observe;

/// The observers of a client or a source of keys, in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Observers(Vec<Arc<dyn Observe>>);

impl Observers {
    pub(crate) fn add(&mut self, observer: impl Observe + 'static) {
        self.0.push(Arc::new(observer));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells each of them. What one of them does must neither end a call, whose request may be on its
    /// way, nor the process, where a call is dropped by a panic.
    pub(super) fn tell(&self, tell: impl Fn(&dyn Observe)) {
        for observer in &self.0 {
            // Its own state may be broken afterwards; ours isn't.
            let _ = catch_unwind(AssertUnwindSafe(|| tell(&**observer)));
        }
    }
}
