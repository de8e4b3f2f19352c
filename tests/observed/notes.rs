//! An observer that writes down what it is told.

use std::sync::{Arc, Mutex};

use alibabacloud_cams::runtime::observe::{
    AttemptEnded, AttemptStarted, CallEnded, KeysRenewed, Observe, RetryScheduled,
};

/// What was told, a line each; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    /// What was told since this was asked last.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no panic"))
    }

    fn note(&self, line: String) {
        self.0.lock().expect("no panic").push(line);
    }
}

/// What is known of an answer, each part with a blank before it; of its ID the end.
fn answer(status: Option<u16>, code: Option<&str>, id: Option<&str>) -> String {
    let parts = [
        status.map(|status| status.to_string()),
        code.map(str::to_owned),
        id.map(|id| format!("…{}", &id[id.len() - 1..])),
    ];
    let parts = parts.into_iter().flatten();
    parts.map(|part| format!(" {part}")).collect()
}

impl Observe for Notes {
    fn attempt_started(&self, started: &AttemptStarted<'_>) {
        self.note(format!("{}: begins", started.attempt));
    }

    fn attempt_ended(&self, ended: &AttemptEnded<'_>) {
        let parts = answer(ended.status, ended.code, ended.request_id);
        let (attempt, outcome, took) = (ended.attempt, ended.outcome, ended.latency);
        self.note(format!("{attempt}: {outcome}{parts} in {took:?}"));
    }

    fn retry_scheduled(&self, retry: &RetryScheduled<'_>) {
        let code = answer(None, retry.code, None);
        let (attempt, reason, wait) = (retry.attempt, retry.reason, retry.wait);
        self.note(format!(
            "{attempt}: again for {reason}{code} after {wait:?}"
        ));
    }

    fn call_ended(&self, ended: &CallEnded<'_>) {
        let parts = answer(ended.status, ended.code, ended.request_id);
        let (name, attempts) = (ended.call.operation, ended.attempts);
        let (outcome, took) = (ended.outcome, ended.latency);
        self.note(format!(
            "{name}: {outcome}{parts} by {attempts} in {took:?}"
        ));
    }

    fn keys_renewed(&self, renewed: &KeysRenewed<'_>) {
        let KeysRenewed {
            provider,
            error,
            latency,
            ..
        } = renewed;
        let outcome = error.map_or("new keys".to_owned(), ToString::to_string);
        self.note(format!("{provider}: {outcome} in {latency:?}"));
    }
}
