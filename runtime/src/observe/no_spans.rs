//! What stands in for `spans` without the feature `tracing`: nothing, at no cost.

use super::{AttemptEnded, AttemptStarted, CallEnded, CallInfo, KeysRenewed, RetryScheduled};

#[derive(Clone)]
pub(super) struct Trace;

impl Trace {
    pub(super) fn of_call(_: &CallInfo<'_>) -> Self {
        Self
    }

    pub(super) fn of_attempt(&self, _: &AttemptStarted<'_>) -> Self {
        Self
    }

    pub(super) fn is_on(&self) -> bool {
        false
    }

    pub(super) fn within<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn attempt_ended(&self, _: &AttemptEnded<'_>) {}

    pub(super) fn call_ended(&self, _: &CallEnded<'_>) {}

    pub(super) fn retry_scheduled(&self, _: &RetryScheduled<'_>) {}
}

pub(super) fn keys_renewed(_: &KeysRenewed<'_>) {}
