//! What comes of an attempt or a call, in one word.

use std::fmt;

use crate::Error;

/// What came of an attempt or a call: few enough to be the label of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It went well.
    Success,
    /// There were too many calls.
    Throttled,
    /// The service answered with another error.
    ServiceError,
    /// There was no connection, or none in time: nothing was sent.
    Connect,
    /// Time ran out.
    Timeout,
    /// The connection ended before the whole answer was there.
    Interrupted,
    /// The answer can't be read, is too large or points elsewhere.
    Unreadable,
    /// There were no keys.
    Credentials,
    /// The client can't do what it was told to; nothing was sent.
    Configuration,
    /// It was given up: the future was dropped.
    Cancelled,
}

impl Outcome {
    /// The word, as in `service_error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Throttled => "throttled",
            Self::ServiceError => "service_error",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::Unreadable => "unreadable",
            Self::Credentials => "credentials",
            Self::Configuration => "configuration",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn of(error: Option<&Error>) -> Self {
        let Some(error) = error else {
            return Self::Success;
        };
        if error.is_throttled() {
            Self::Throttled
        } else if error.is_service() {
            Self::ServiceError
        } else if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::Timeout
        } else if error.is_credentials() {
            Self::Credentials
        } else if error.is_configuration() {
            Self::Configuration
        } else if error.is_interrupted() {
            Self::Interrupted
        } else {
            Self::Unreadable
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
