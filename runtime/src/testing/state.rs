//! How far a script has been played, and what went wrong on the way.

use std::sync::Arc;

use super::{Answer, Expected, Mismatch, Received, Times};

/// Makes an answer for a request.
pub(super) type Answering = Arc<dyn Fn(&Received) -> Answer + Send + Sync>;

#[derive(Default)]
pub(super) struct State {
    pub(super) entries: Vec<Entry>,
    pub(super) unordered: bool,
    /// What answers whatever isn't expected.
    pub(super) otherwise: Option<Answering>,
    pub(super) received: Vec<Received>,
    /// The expectation that was met last, where they have an order.
    at: usize,
    /// What came that shouldn't have.
    problems: Vec<String>,
}

/// An expectation and its answers.
pub(super) struct Entry {
    expected: Expected,
    pub(super) times: Option<Times>,
    pub(super) answers: Vec<Answering>,
    met: usize,
}

impl Entry {
    pub(super) fn new(expected: Expected) -> Self {
        Self {
            expected,
            times: None,
            answers: Vec::new(),
            met: 0,
        }
    }

    /// As many as there are answers, unless a number was given.
    fn times(&self) -> Times {
        self.times
            .unwrap_or_else(|| Times::from(self.answers.len().max(1)))
    }

    fn has_room(&self) -> bool {
        self.met < self.times().most
    }

    fn is_met(&self) -> bool {
        self.met >= self.times().least
    }

    /// The answers in turn; the last one stays.
    fn answer(&mut self) -> Answering {
        let answer = self.answers.get(self.met).or(self.answers.last());
        let answer = answer
            .cloned()
            .unwrap_or_else(|| Arc::new(|_| Answer::ok()));
        self.met += 1;
        answer
    }

    fn told(&self) -> String {
        let came = match self.met {
            0 => "never came".to_owned(),
            1 => "came once".to_owned(),
            met => format!("came {met} times"),
        };
        format!("{}: expected {}, {came}", self.expected, self.times())
    }
}

impl State {
    /// Takes a request: its number and what makes its answer, or what is wrong with it.
    pub(super) fn take(&mut self, request: &Received) -> Result<(usize, Answering), Mismatch> {
        self.received.push(request.clone());
        let number = self.received.len();
        if let Some(index) = self.find(request) {
            return Ok((number, self.entries[index].answer()));
        }
        if let Some(otherwise) = &self.otherwise {
            return Ok((number, Arc::clone(otherwise)));
        }
        let problem = self.unexpected(number, request);
        self.problems.push(problem.clone());
        Err(Mismatch(problem))
    }

    /// Keeps a problem for the report.
    pub(super) fn note(&mut self, problem: &Mismatch) {
        self.problems.push(problem.0.clone());
    }

    /// The expectation that a request meets.
    fn find(&mut self, request: &Received) -> Option<usize> {
        let begin = if self.unordered { 0 } else { self.at };
        for index in begin..self.entries.len() {
            let entry = &self.entries[index];
            if entry.has_room() && entry.expected.differences(request).is_empty() {
                self.at = index;
                return Some(index);
            }
            if !self.unordered && !entry.is_met() {
                return None;
            }
        }
        None
    }

    /// What was expected in place of a request: in order, all up to the first that must be.
    fn awaited(&self) -> Vec<&Entry> {
        if self.unordered {
            return self
                .entries
                .iter()
                .filter(|entry| entry.has_room())
                .collect();
        }
        let mut awaited = Vec::new();
        for entry in self.entries.iter().skip(self.at) {
            if entry.has_room() {
                awaited.push(entry);
            }
            if !entry.is_met() {
                break;
            }
        }
        awaited
    }

    fn unexpected(&self, number: usize, request: &Received) -> String {
        let mut told = format!("request {number}, {}, isn't expected", request.action());
        let awaited = self.awaited();
        if awaited.is_empty() {
            told.push_str(": no further request is");
        }
        for entry in awaited {
            let differences = entry.expected.differences(request).join("; ");
            told.push_str(&format!("; for {}: {differences}", entry.expected));
        }
        told
    }

    /// Whether all went by the script.
    pub(super) fn verdict(&self) -> Result<(), Mismatch> {
        let mut problems = self.problems.clone();
        let unmet = self.entries.iter().filter(|entry| !entry.is_met());
        problems.extend(unmet.map(Entry::told));
        if problems.is_empty() {
            return Ok(());
        }
        let mut text = "not all went by the script:".to_owned();
        for problem in problems {
            text.push_str(&format!("\n- {problem}"));
        }
        let came: Vec<&str> = self.received.iter().map(Received::action).collect();
        match came.as_slice() {
            [] => text.push_str("\nNothing was sent."),
            came => text.push_str(&format!("\nIn all, there came: {}.", came.join(", "))),
        }
        Err(Mismatch(text))
    }
}
