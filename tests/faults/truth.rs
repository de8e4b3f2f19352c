//! What may come of a call, judged by what happened to each of its attempts.

use alibabacloud_runtime::{Error, Result};
use serde_json::Value;

use crate::handshake::Handshake;
use crate::script::{Case, Delivery, Does, Gate};

/// How many attempts a client makes.
pub(crate) const ATTEMPTS: usize = 3;

/// Whether another attempt may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    Yes,
    Perhaps,
    No,
}

/// What a client can know about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    Success,
    /// It failed, and surely wasn't carried out.
    Surely(Again),
    /// It failed, and may have been carried out.
    Doubt(Again),
}

/// What happened to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    Gate(Gate),
    Step(Does),
    /// Refused for its date.
    Clock,
    /// Refused for keys that were replaced.
    Expired,
}

impl Met {
    /// All that a client may see. More than one where the network decides.
    fn seen(self) -> Vec<Seen> {
        use Again::{No, Perhaps, Yes};
        use Seen::{Doubt, Success, Surely};

        match self {
            Self::Gate(Gate::Refuses) => vec![Surely(Yes)],
            Self::Gate(Gate::Handshake(meets)) => match meets {
                // No certificate gets better by itself.
                Handshake::Stranger | Handshake::OtherHost => vec![Surely(No)],
                // The connection may end before the client hears why; and with the newer version, it
                // hears it only after it has begun to send.
                Handshake::Asks => vec![Surely(No), Surely(Yes), Doubt(Yes)],
                _ => vec![Surely(Yes)],
            },
            // Whether it happens within connecting or after it.
            Self::Gate(Gate::Resets) => vec![Doubt(Yes), Surely(Yes)],
            Self::Gate(Gate::Closes | Gate::Speaks | Gate::IsSilent) => vec![Doubt(Yes)],
            // Each is tried once more, where that can help: neither counts on it.
            Self::Clock | Self::Expired => vec![Surely(Perhaps)],
            Self::Step(does) => match does {
                // What is broken off may be whole already, but for the end of the connection.
                Does::Answers(Delivery::ThenResets | Delivery::ThenAlerts) => {
                    vec![Success, Doubt(Yes)]
                }
                Does::Answers(_) => vec![Success],
                // The end of the connection may overtake the answer.
                Does::AnswersEarly { .. } => vec![Success, Doubt(Yes)],
                Does::RefusesEarly => vec![Surely(No), Doubt(Yes)],
                // The system's TLS doesn't tell this end from a proper one.
                Does::Vanishes { resets: false } if cfg!(feature = "native-tls") => {
                    vec![Success, Doubt(Yes)]
                }
                Does::Vanishes { resets: false } => vec![Doubt(Yes)],
                Does::ResetsWithin
                | Does::Resets { .. }
                | Does::Closes { .. }
                | Does::Stalls { .. }
                | Does::Drips
                | Does::Cuts { .. }
                | Does::ClaimsMore
                | Does::Vanishes { resets: true }
                | Does::CutsRecord { .. }
                | Does::Garbles
                | Does::EndsSession { .. }
                | Does::Babbles { .. } => vec![Doubt(Yes)],
                Does::ClaimsLess | Does::Floods { .. } => vec![Doubt(No)],
                Does::Replies { reply, .. } => vec![reply.seen],
                Does::Rotates | Does::SetsClock { .. } => unreachable!("booked as such"),
            },
        }
    }
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Success,
    Failure { may_have_been_carried_out: bool },
}

/// All ends that a call may have after these attempts.
pub(crate) fn ends(met: &[Met], harmless: bool) -> Vec<End> {
    let mut ends = Vec::new();
    follow(met, harmless, false, 1, &mut ends);
    ends
}

fn follow(met: &[Met], harmless: bool, doubtful: bool, attempt: usize, ends: &mut Vec<End>) {
    let Some((first, rest)) = met.split_first() else {
        return;
    };
    for seen in first.seen() {
        let (again, doubtful) = match seen {
            Seen::Success if rest.is_empty() => {
                ends.push(End::Success);
                continue;
            }
            Seen::Success => continue,
            Seen::Surely(again) => (again, doubtful),
            Seen::Doubt(again) => (again, true),
        };
        let in_doubt = matches!(seen, Seen::Doubt(_));
        let may = attempt < ATTEMPTS && (harmless || !in_doubt) && again != Again::No;
        let must = may && again == Again::Yes;
        if !rest.is_empty() && may {
            follow(rest, harmless, doubtful, attempt + 1, ends);
        }
        if rest.is_empty() && !must {
            ends.push(End::Failure {
                may_have_been_carried_out: doubtful,
            });
        }
    }
}

/// What the server knows about a call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    pub(crate) met: Vec<Met>,
    /// How often it was carried out.
    pub(crate) done: usize,
}

impl Account {
    pub(crate) fn book(&mut self, does: Does) {
        self.met.push(Met::Step(does));
        self.done += usize::from(does.carries_out());
    }
}

/// How well an end agrees with what happened.
#[derive(Debug)]
pub(crate) enum Verdict {
    Exact,
    /// True, but only if an attempt failed that the server knows nothing of.
    Disturbed,
    Wrong(String),
}

/// Holds the outcome of a call against what happened to it.
pub(crate) fn judge(case: &Case, account: &Account, outcome: &Result<Value>) -> Verdict {
    let (done, met) = (account.done, &account.met);
    let wrong = |why: &str| Verdict::Wrong(why.to_owned());
    if !case.harmless() && done > 1 {
        return wrong("it was carried out more than once");
    }
    let end = match outcome {
        Ok(answer) => {
            if answer["RequestId"] != case.id() {
                return wrong("the answer belongs to another call");
            }
            if done == 0 {
                return wrong("it ended well, and was never carried out");
            }
            End::Success
        }
        Err(error) => {
            if let Some(why) = lie(case, account, error) {
                return wrong(why);
            }
            End::Failure {
                may_have_been_carried_out: error.may_have_been_carried_out(),
            }
        }
    };
    let attempts = outcome
        .as_ref()
        .map_or_else(|error| error.attempts() as usize, |_| met.len());
    if attempts == met.len() && ends(met, case.harmless()).contains(&end) {
        return Verdict::Exact;
    }
    if attempts < met.len() || met.len() > ATTEMPTS {
        return wrong("more attempts arrived than were made");
    }
    Verdict::Disturbed
}

/// What an error says that isn't so.
fn lie(case: &Case, account: &Account, error: &Error) -> Option<&'static str> {
    let may = error.may_have_been_carried_out();
    if !may && account.done > 0 {
        return Some("the error promises that it wasn't carried out, and it was");
    }
    if error.is_retryable() && may && !case.harmless() {
        return Some("the error invites to do it twice");
    }
    if error.is_timeout() && !case.waits_in_vain() {
        return Some("it waited for what had ended");
    }
    if error.is_configuration() || error.operation() != Some("Carry") {
        return Some("the error is about something else");
    }
    // Connections that are reset have no answer to name it.
    let known = error.request_id().is_none_or(|id| id == case.id());
    (!known).then_some("the error belongs to another call")
}

/// Whether attempts that were made for a call that was given up are of those that may be made.
pub(crate) fn judge_given_up(case: &Case, account: &Account) -> Verdict {
    if !case.harmless() && account.done > 1 {
        return Verdict::Wrong("it was given up, and carried out more than once".to_owned());
    }
    if account.met.len() > ATTEMPTS {
        return Verdict::Wrong("it was given up, and has more attempts than it may".to_owned());
    }
    Verdict::Exact
}
