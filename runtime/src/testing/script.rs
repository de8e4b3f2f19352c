//! A script, as a test writes and finishes it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::state::Entry;
use super::transport::Shared;
use super::{Answer, Expected, Mismatch, Received, ScriptTime, ScriptTransport, Times};
use crate::{Builder, Client, Credentials};

/// The requests that a test expects, and their answers.
///
/// [Finish](Self::finish) it at the end of the test. A script that is dropped before panics with the
/// same report if not all went by it, so that a test can't forget; while a test panics already, it
/// keeps silent.
///
/// Write down all that is expected before the calls are made, or on the way: both work.
#[must_use = "a script is for a client to play"]
pub struct Script {
    shared: Arc<Shared>,
    finished: bool,
}

impl Script {
    /// A script whose expectations are met in the order in which they are written down.
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared::new()),
            finished: false,
        }
    }

    /// A script whose expectations are met in any order: each request by the first that fits it and
    /// isn't met yet. For calls that are made side by side.
    pub fn unordered() -> Self {
        let script = Self::new();
        script.shared.state().unordered = true;
        script
    }

    /// Expects a request, once, and answers it with success; the [`Expectation`] takes other answers
    /// and numbers.
    pub fn expect(&self, expected: Expected) -> Expectation<'_> {
        let mut state = self.shared.state();
        state.entries.push(Entry::new(expected));
        Expectation {
            script: self,
            index: state.entries.len() - 1,
        }
    }

    /// Answers whatever isn't expected like this, instead of failing it.
    pub fn otherwise(&self, answer: impl Into<Answer>) {
        let answer = answer.into();
        self.otherwise_with(move |_| answer.clone());
    }

    /// Answers whatever isn't expected with what this makes of it.
    pub fn otherwise_with(&self, answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) {
        self.shared.state().otherwise = Some(Arc::new(answer));
    }

    /// Sets a client up to play this: with its transport and its time, and with keys that open
    /// nothing. What is set on the builder after this holds.
    pub fn prepare<C: From<Client>>(&self, builder: Builder<C>) -> Builder<C> {
        builder
            .credentials(Credentials::new("scripted-id", "scripted-secret"))
            .transport(self.transport())
            .clock(self.time())
            .jitter(self.time())
    }

    /// The transport that plays this, for a client that is set up in another way.
    pub fn transport(&self) -> ScriptTransport {
        ScriptTransport(Arc::clone(&self.shared))
    }

    /// The time of this script, for a [clock](Builder::clock) that agrees with its waits.
    pub fn time(&self) -> ScriptTime {
        self.shared.time.clone()
    }

    /// The requests so far, the unexpected ones too, one for each attempt.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.state().received.clone()
    }

    /// The waits so far: between attempts, and for a [rate limit](Builder::rate_limit).
    pub fn waits(&self) -> Vec<Duration> {
        self.shared.time.waits()
    }

    /// Ends the script.
    ///
    /// # Errors
    ///
    /// When something came that wasn't expected, or didn't come that was: the text tells all of it.
    pub fn finish(mut self) -> Result<(), Mismatch> {
        self.finished = true;
        self.shared.state().verdict()
    }
}

impl Default for Script {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if self.finished || std::thread::panicking() {
            return;
        }
        let verdict = self.shared.state().verdict();
        if let Err(report) = verdict {
            panic!("{report}");
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.shared.state();
        f.debug_struct("Script")
            .field("expectations", &state.entries.len())
            .field("requests", &state.received)
            .finish_non_exhaustive()
    }
}

/// An expectation of a [`Script`], to be told more about.
#[derive(Clone, Copy, Debug)]
pub struct Expectation<'a> {
    script: &'a Script,
    index: usize,
}

impl Expectation<'_> {
    /// Answers like this. Called again, it is for the request after that: as many requests are
    /// expected as there are answers, unless [`times`](Self::times) says otherwise.
    ///
    /// Each attempt of a call is a request: a call that is to be repeated has an answer for each.
    pub fn answer(self, answer: impl Into<Answer>) -> Self {
        let answer = answer.into();
        self.answer_with(move |_| answer.clone())
    }

    /// Answers with what this makes of the request.
    pub fn answer_with(self, answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> Self {
        self.change(|entry| entry.answers.push(Arc::new(answer)));
        self
    }

    /// Expects so many requests: a number, or a range such as `1..` or `..`. The last answer is for
    /// all that come after it.
    pub fn times(self, times: impl Into<Times>) -> Self {
        let times = times.into();
        self.change(|entry| entry.times = Some(times));
        self
    }

    fn change(&self, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.script.shared.state().entries.get_mut(self.index) {
            change(entry);
        }
    }
}
