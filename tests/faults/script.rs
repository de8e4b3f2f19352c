//! What is to happen to a call.

use cams_tests::tls::ProtocolVersion;

use crate::handshake::Handshake;
use crate::replies::Reply;

/// What a connection meets before a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Nobody listens.
    Refuses,
    /// There is no TLS.
    Handshake(Handshake),
    Resets,
    Closes,
    /// Something that isn't HTTP speaks first.
    Speaks,
    /// It reads nothing and says nothing.
    IsSilent,
}

/// How a good answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    ByteByByte,
    Chunked,
    /// After `100 Continue`.
    Continued,
    /// As HTML.
    Mislabelled,
    /// Without a length, up to the end of the connection.
    UntilTheEnd,
    /// A kept connection that ends after it.
    ThenCloses,
    /// A kept connection that is reset after it.
    ThenResets,
    /// With another answer right behind it.
    ThenAnother,
    /// Byte by byte on the wire, so that records come in parts.
    Piecemeal,
    /// With other keys from its middle on.
    WithOtherKeys,
    /// A kept connection that TLS ends after it, or with it. The socket stays open.
    ThenNotifies {
        at_once: bool,
    },
    /// A kept connection that TLS ends with it, for an error.
    ThenAlerts,
}

/// What the server does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Answers(Delivery),
    /// Carries it out and answers before it has read the body; then reads on, or closes.
    AnswersEarly {
        reads_on: bool,
    },
    /// Refuses it before it has read the body, and closes.
    RefusesEarly,
    /// Resets the connection before it has read the body.
    ResetsWithin,
    Resets {
        done: bool,
    },
    Closes {
        done: bool,
    },
    /// Never answers.
    Stalls {
        done: bool,
    },
    /// Answers so slowly that it never ends.
    Drips,
    /// Breaks off within the answer.
    Cuts {
        resets: bool,
    },
    /// Claims a longer body than it sends.
    ClaimsMore,
    /// Claims a shorter one.
    ClaimsLess,
    Babbles {
        text: &'static str,
        done: bool,
    },
    Replies {
        reply: Reply,
        done: bool,
    },
    /// Sends an answer without a length, and ends so that nobody knows whether that is all of it: by
    /// a reset, or without a word of TLS.
    Vanishes {
        resets: bool,
    },
    /// Breaks off within a record of the answer.
    CutsRecord {
        resets: bool,
    },
    /// Sends an answer with a byte that is another on the wire.
    Garbles,
    /// Ends TLS.
    EndsSession {
        by: Word,
        at: At,
    },
    /// Sends more than the client takes.
    Floods {
        chunked: bool,
    },
    /// Replaces its keys, and refuses those that the request was signed with.
    Rotates,
    /// Sets its clock, and refuses what it was signed at.
    SetsClock {
        hours: i64,
    },
}

/// How TLS is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// For an error.
    Alert,
    /// Since no more will come. The socket stays open.
    Notice,
}

/// When it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// Before the body of the request is read.
    Request,
    /// When there should be an answer.
    Turn { done: bool },
    /// Within the answer.
    Answer,
}

/// When a call is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GivenUp {
    /// When a request has arrived, before it is carried out.
    Arrived,
    /// When the answer is half sent.
    Midway,
    /// After so many times that the future was asked.
    Polled(usize),
}

/// A call and all that happens to it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) number: u64,
    pub(crate) read: bool,
    /// What the caller says about it.
    pub(crate) idempotent: Option<bool>,
    pub(crate) load: usize,
    /// What its first connections meet. Such a call has a client of its own, as has one that waits
    /// in vain.
    pub(crate) gates: Vec<Gate>,
    /// What its requests meet, in turn; later ones are answered.
    pub(crate) steps: Vec<Does>,
    pub(crate) given_up: Option<GivenUp>,
    /// Whether the good answer is large.
    pub(crate) large: bool,
    /// Whether connections end without a word of TLS, where one makes no difference.
    pub(crate) abrupt: bool,
}

impl Case {
    /// A call that nothing happens to but this.
    pub(crate) fn plain(number: u64, steps: Vec<Does>) -> Self {
        Self {
            number,
            read: false,
            idempotent: None,
            load: 0,
            gates: Vec::new(),
            steps,
            given_up: None,
            large: false,
            abrupt: false,
        }
    }

    pub(crate) fn id(&self) -> String {
        format!("call-{}", self.number)
    }

    /// Whether only a timeout gets it further.
    pub(crate) fn waits_in_vain(&self) -> bool {
        let step = |does: &Does| matches!(does, Does::Stalls { .. } | Does::Drips);
        let gate = |gate: &Gate| match gate {
            Gate::Handshake(meets) => meets.never_ends(),
            gate => *gate == Gate::IsSilent,
        };
        self.gates.iter().any(gate) || self.steps.iter().any(step)
    }

    /// Whether doing it twice does no harm.
    pub(crate) fn harmless(&self) -> bool {
        self.idempotent.unwrap_or(self.read)
    }
}

/// What a client and its calls live in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    /// Whether kept connections end.
    pub(crate) closes: bool,
    /// Whether keys are replaced.
    pub(crate) rotates: bool,
    /// Whether the server's clock is set.
    pub(crate) drifts: bool,
    /// Whether the client runs on several threads.
    pub(crate) threads: bool,
    /// Which TLS it is, if any.
    pub(crate) tls: Option<ProtocolVersion>,
}

impl Does {
    /// Whether the request is read to its end before.
    pub(crate) fn needs_body(self) -> bool {
        !matches!(
            self,
            Self::ResetsWithin
                | Self::RefusesEarly
                | Self::AnswersEarly { .. }
                | Self::EndsSession {
                    at: At::Request,
                    ..
                }
        )
    }

    /// Whether what is asked for is done.
    pub(crate) fn carries_out(self) -> bool {
        match self {
            Self::Answers(_)
            | Self::AnswersEarly { .. }
            | Self::Drips
            | Self::Cuts { .. }
            | Self::ClaimsMore
            | Self::ClaimsLess
            | Self::Vanishes { .. }
            | Self::CutsRecord { .. }
            | Self::Garbles
            | Self::EndsSession { at: At::Answer, .. }
            | Self::Floods { .. } => true,
            Self::Resets { done }
            | Self::Closes { done }
            | Self::Stalls { done }
            | Self::EndsSession {
                at: At::Turn { done },
                ..
            }
            | Self::Babbles { done, .. }
            | Self::Replies { done, .. } => done,
            Self::RefusesEarly
            | Self::ResetsWithin
            | Self::EndsSession {
                at: At::Request, ..
            }
            | Self::Rotates
            | Self::SetsClock { .. } => false,
        }
    }
}
