//! What happens to a call, by chance.

use cams_tests::tls::ProtocolVersion;

use crate::chance::Chance;
use crate::handshake::{Handshake, How, Stage};
use crate::replies::{FAILED, GARBAGE, REFUSED, THROTTLED, UNREADABLE};
use crate::script::{At, Case, Delivery, Does, Gate, GivenUp, Weather, Word};

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
            abrupt: false,
        };
        if chance.one_in(10) {
            case.gates = gates(chance, weather);
        }
        for _ in 0..chance.of(&[0, 1, 1, 1, 2, 2, 3]) {
            let step = step(chance, weather);
            if !step.needs_body() {
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
        case.abrupt = weather.tls.is_some() && chance.one_in(2);
        case
    }
}

impl Weather {
    pub(crate) fn new(seed: u64, batch: u64, over_tls: bool) -> Self {
        let chance = &mut Chance::new(!seed, batch);
        Self {
            closes: chance.one_in(3),
            rotates: chance.one_in(3),
            drifts: chance.one_in(3),
            threads: chance.one_in(2),
            tls: over_tls.then(|| chance.of(&[ProtocolVersion::TLSv1_2, ProtocolVersion::TLSv1_3])),
        }
    }
}

fn gates(chance: &mut Chance, weather: Weather) -> Vec<Gate> {
    // Who listens once doesn't stop.
    let mut gates = vec![Gate::Refuses; chance.below(4)];
    let others = if gates.is_empty() { 1 } else { 0 } + chance.below(2);
    for _ in 0..others {
        if weather.tls.is_some() && chance.below(4) > 0 {
            gates.push(Gate::Handshake(handshake(chance)));
            continue;
        }
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

fn handshake(chance: &mut Chance) -> Handshake {
    match chance.below(12) {
        0..6 => Handshake::BreaksOff {
            at: match chance.below(3) {
                0 => Stage::Connected,
                1 => Stage::Greeted,
                _ => Stage::Within(chance.below(2_000)),
            },
            how: chance.of(&[
                How::Closes,
                How::Closes,
                How::Resets,
                How::Resets,
                How::IsSilent,
            ]),
        },
        6 => Handshake::Speaks,
        7 => Handshake::Refuses,
        8 => Handshake::Garbled {
            first: chance.one_in(2),
        },
        9 => Handshake::Drips,
        10 => chance.of(&[Handshake::Stranger, Handshake::OtherHost]),
        _ => Handshake::Asks,
    }
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
    let kept_secure = &[
        Delivery::Piecemeal,
        Delivery::WithOtherKeys,
        // Who has the answer can know that nothing follows it.
        Delivery::ThenNotifies { at_once: true },
    ];
    let ended_secure = &[
        Delivery::ThenNotifies { at_once: false },
        Delivery::ThenAlerts,
    ];
    let secure = weather.tls.is_some();
    let ended = &[
        Delivery::ThenCloses,
        Delivery::ThenResets,
        Delivery::ThenAnother,
    ];
    if weather.closes && chance.one_in(3) {
        if secure && chance.one_in(2) {
            chance.of(ended_secure)
        } else {
            chance.of(ended)
        }
    } else if secure && chance.one_in(4) {
        chance.of(kept_secure)
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
    if weather.tls.is_some() && chance.one_in(4) {
        return match chance.below(6) {
            0 => Does::Vanishes {
                resets: chance.one_in(2),
            },
            1 => Does::CutsRecord {
                resets: chance.one_in(2),
            },
            2 => Does::Garbles,
            _ => Does::EndsSession {
                by: chance.of(&[Word::Alert, Word::Notice]),
                at: chance.of(&[At::Request, At::Turn { done }, At::Answer]),
            },
        };
    }
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
        36..39 => Does::ClaimsMore,
        39 => Does::Vanishes { resets: true },
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
