//! What is to happen to a call.

use crate::chance::Chance;
use crate::replies::{FAILED, GARBAGE, REFUSED, Reply, THROTTLED, UNREADABLE};

/// What a connection meets before a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Nobody listens.
    Refuses,
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
}

impl Case {
    pub(crate) fn new(seed: u64, number: u64, weather: Weather) -> Self {
        let chance = &mut Chance::new(seed, number);
        let load = chance.of(&[0, 0, 0, 100, 100, 4_000]);
        let mut case = Self {
            number,
            read: chance.one_in(3),
            idempotent: chance.of(&[None, None, None, None, Some(true), Some(false)]),
            load,
            gates: Vec::new(),
            steps: Vec::new(),
            given_up: None,
            large: chance.one_in(10),
        };
        if chance.one_in(10) {
            case.gates = gates(chance);
        }
        for _ in 0..chance.of(&[0, 1, 1, 1, 2, 2, 3]) {
            let step = step(chance, weather);
            if matches!(
                step,
                Does::ResetsWithin | Does::RefusesEarly | Does::AnswersEarly { .. }
            ) {
                // More than the connection holds.
                case.load = 64_000;
            }
            case.steps.push(step);
        }
        case.steps.push(Does::Answers(delivery(chance, weather)));
        if chance.one_in(8) {
            case.given_up = Some(match chance.below(3) {
                0 => GivenUp::Arrived,
                1 => GivenUp::Midway,
                _ => GivenUp::Polled(chance.below(12)),
            });
        }
        case
    }

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
        }
    }

    pub(crate) fn id(&self) -> String {
        format!("call-{}", self.number)
    }

    /// Whether only a timeout gets it further.
    pub(crate) fn waits_in_vain(&self) -> bool {
        let step = |does: &Does| matches!(does, Does::Stalls { .. } | Does::Drips);
        self.gates.contains(&Gate::IsSilent) || self.steps.iter().any(step)
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
}

impl Weather {
    pub(crate) fn new(seed: u64, batch: u64) -> Self {
        let chance = &mut Chance::new(!seed, batch);
        Self {
            closes: chance.one_in(3),
            rotates: chance.one_in(3),
            drifts: chance.one_in(3),
            threads: chance.one_in(2),
        }
    }
}

fn gates(chance: &mut Chance) -> Vec<Gate> {
    // Who listens once doesn't stop.
    let mut gates = vec![Gate::Refuses; chance.below(4)];
    let others = if gates.is_empty() { 1 } else { 0 } + chance.below(2);
    for _ in 0..others {
        gates.push(chance.of(&[
            Gate::Resets,
            Gate::Resets,
            Gate::Closes,
            Gate::Closes,
            Gate::Speaks,
            Gate::Speaks,
            Gate::IsSilent,
        ]));
    }
    gates
}

fn delivery(chance: &mut Chance, weather: Weather) -> Delivery {
    let kept = &[
        Delivery::Whole,
        Delivery::Whole,
        Delivery::Whole,
        Delivery::ByteByByte,
        Delivery::Chunked,
        Delivery::Continued,
        Delivery::Mislabelled,
        Delivery::UntilTheEnd,
    ];
    let ended = &[
        Delivery::ThenCloses,
        Delivery::ThenResets,
        Delivery::ThenAnother,
    ];
    if weather.closes && chance.one_in(3) {
        chance.of(ended)
    } else {
        chance.of(kept)
    }
}

fn step(chance: &mut Chance, weather: Weather) -> Does {
    if weather.rotates && chance.one_in(12) {
        return Does::Rotates;
    }
    if weather.drifts && chance.one_in(12) {
        return Does::SetsClock {
            hours: chance.of(&[-30, -5, -1, 0, 1, 7, 48]),
        };
    }
    let done = chance.one_in(2);
    match chance.below(100) {
        0 => Does::Stalls { done },
        1 => Does::Drips,
        2..6 => Does::AnswersEarly {
            reads_on: chance.one_in(2),
        },
        6..9 => Does::RefusesEarly,
        9..12 => Does::ResetsWithin,
        12..20 => Does::Resets { done },
        20..28 => Does::Closes { done },
        28..36 => Does::Cuts {
            resets: chance.one_in(2),
        },
        36..40 => Does::ClaimsMore,
        40..44 => Does::ClaimsLess,
        44..50 => Does::Babbles {
            text: chance.of(GARBAGE),
            done,
        },
        50..53 => Does::Floods {
            chunked: chance.one_in(2),
        },
        53..73 => Does::Replies {
            reply: chance.of(THROTTLED),
            done: false,
        },
        73..78 => Does::Replies {
            reply: chance.of(REFUSED),
            done: false,
        },
        78..95 => Does::Replies {
            reply: chance.of(FAILED),
            done,
        },
        _ => Does::Replies {
            reply: chance.of(UNREADABLE),
            done: true,
        },
    }
}

impl Does {
    /// Whether the request is read to its end before.
    pub(crate) fn needs_body(self) -> bool {
        !matches!(
            self,
            Self::ResetsWithin | Self::RefusesEarly | Self::AnswersEarly { .. }
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
            | Self::Floods { .. } => true,
            Self::Resets { done }
            | Self::Closes { done }
            | Self::Stalls { done }
            | Self::Babbles { done, .. }
            | Self::Replies { done, .. } => done,
            Self::RefusesEarly | Self::ResetsWithin | Self::Rotates | Self::SetsClock { .. } => {
                false
            }
        }
    }
}
