//! Writing an error for people, without anything that must not be in a log.

use std::error::Error as StdError;
use std::fmt;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Error, Held, Kind, Missed, Verdict, codes};
use crate::RetryClass;
use crate::transport::{TransportError, TransportErrorKind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            match self.0.attempts {
                0 | 1 => write!(f, "{operation} failed: ")?,
                attempts => write!(f, "{operation} failed after {attempts} attempts: ")?,
            }
        }
        match &self.0.kind {
            Kind::Configuration(message)
            | Kind::Credentials(message)
            | Kind::Pagination(message) => f.write_str(message)?,
            Kind::OutOfTime(Missed::Sending) => {
                f.write_str("the time for the call ran out before anything was sent")?
            }
            Kind::OutOfTime(Missed::Keys(source)) => write!(
                f,
                "the time for the call ran out while keys were asked for, from `{source}`; nothing \
                 was sent"
            )?,
            Kind::OutOfTime(Missed::Turn(wait)) => write!(
                f,
                "the time for the call is too short: by this client's rate limit it may not begin \
                 for another {wait:?}; nothing was sent"
            )?,
            Kind::Transport(error) => self.write_transport(f, error)?,
            Kind::Answer { verdict, .. } => self.write_answer(f, verdict)?,
        }
        self.write_held(f)?;
        // A caller who may hurt someone by trying again should read so here. Where the service says
        // in its own words why it wouldn't, these are enough.
        let explained = self.is_service() && self.status().is_some_and(|status| status < 300);
        if self.0.retry == Some(RetryClass::Send) && self.may_have_been_carried_out() && !explained
        {
            f.write_str("; it may have been carried out all the same: look before you repeat it")?;
        }
        Ok(())
    }
}

impl Error {
    fn write_transport(&self, f: &mut fmt::Formatter<'_>, error: &TransportError) -> fmt::Result {
        write!(f, "{error}")?;
        if let (true, Some(host)) = (self.is_connect(), &self.0.host) {
            write!(f, " to {host}")?;
        }
        if let Some(status) = error.status() {
            write!(f, ", after HTTP {}", status.as_u16())?;
        }
        // The outer layers of an HTTP client say that something failed; the innermost says what.
        let mut cause = error.source();
        while let Some(inner) = cause.and_then(StdError::source) {
            cause = Some(inner);
        }
        if let Some(cause) = cause {
            write!(f, ": {}", Shown(&cause.to_string(), 300))?;
        }
        self.write_request_id(f)?;
        match error.kind() {
            TransportErrorKind::TooLarge => {
                f.write_str("; `max_response_bytes` of the client's builder sets the limit")
            }
            TransportErrorKind::Certificate => f.write_str(
                "; the client's builder takes an authority of your own by `add_root_certificate`, \
                 and a certificate of the client by `identity`",
            ),
            _ => Ok(()),
        }
    }

    fn write_answer(&self, f: &mut fmt::Formatter<'_>, verdict: &Verdict) -> fmt::Result {
        write!(f, "HTTP {}", self.status().unwrap_or_default())?;
        if let Some(code) = self.code() {
            write!(f, ", code {}", Shown(code, 100))?;
        }
        match verdict {
            Verdict::Service(None) => match self.message() {
                Some(_) if self.code().is_some_and(codes::quotes_request) => {}
                Some(message) => write!(f, ": {}", Shown(message, 500))?,
                None if self.code().is_none() => f.write_str(" without an error code")?,
                None => {}
            },
            Verdict::Service(Some(what)) => write!(f, ": {}", Shown(what, 300))?,
            Verdict::Redirect(host) => {
                f.write_str(": a redirect")?;
                if let Some(host) = host {
                    write!(f, " to {}", Shown(host, 100))?;
                }
                f.write_str(
                    ", which is not followed, since a signature holds for one host only; set the \
                     endpoint that is meant",
                )?;
            }
            Verdict::Unreadable(what) => {
                write!(f, ", but the answer can't be read: {}", Shown(what, 300))?;
            }
        }
        self.write_request_id(f)?;
        self.write_advice(f)
    }

    fn write_request_id(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.request_id() {
            Some(id) => write!(f, " (request {})", Shown(id, 100)),
            None => Ok(()),
        }
    }

    fn write_advice(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_throttled() {
            return match self.retry_after() {
                Some(wait) => write!(f, "; call less often, and again after {wait:?}"),
                None => f.write_str("; call less often, and again after a while"),
            };
        }
        let Some(code) = self.code() else {
            return Ok(());
        };
        if codes::is_denied(code) {
            return match self.denied_action() {
                Some(action) => write!(
                    f,
                    "; let a RAM policy allow the action {} to the user or role of this key",
                    Shown(action, 100)
                ),
                None => f.write_str(
                    "; let a RAM policy allow this operation's action to the user or role of this \
                     key",
                ),
            };
        }
        match codes::advice(code) {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }

    /// Why there was no further attempt, where the failure alone doesn't say so.
    fn write_held(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.held {
            Some(Held::TooLong(most)) => write!(
                f,
                "; not repeated by itself, since the retry policy waits for {most:?} at most"
            ),
            Some(Held::Deadline) => {
                f.write_str("; not repeated by itself, since the time for the call is too short")
            }
            Some(Held::Budget) => f.write_str(
                "; not repeated by itself, since this client's calls fail too often at present",
            ),
            None => Ok(()),
        }
    }

    fn denied_action(&self) -> Option<&str> {
        self.access_denied_detail()?
            .get("AuthAction")
            .and_then(Value::as_str)
    }
}

impl fmt::Debug for Error {
    /// What `Display` says, part by part, and the chain of causes. Never a body or a header.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("text", &format_args!("{self}"))
            .field("operation", &self.operation())
            .field("status", &self.status())
            .field("code", &self.code())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts())
            .field(
                "may_have_been_carried_out",
                &self.may_have_been_carried_out(),
            )
            .field("source", &self.source())
            .finish_non_exhaustive()
    }
}

/// A text from outside, cut to so many characters, with all that would not print written as an
/// escape: an answer must not be able to forge lines in a log or to reorder them.
pub(crate) struct Shown<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(self.1) {
            match character {
                '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}' => write!(f, "{}", character.escape_unicode())?,
                _ if character.is_control() => write!(f, "{}", character.escape_default())?,
                _ => f.write_char(character)?,
            }
        }
        if characters.next().is_some() {
            f.write_char('…')?;
        }
        Ok(())
    }
}
