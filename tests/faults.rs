//! Many calls through every fault that a network and a service have, and what has to be true of each
//! afterwards.
//!
//! Each call has a script of its own, which follows from a seed and the call's number: what its
//! connections and requests meet, and whether it is given up on the way. The server keeps a ledger
//! of what it has done, and every end is held against it. A failure names seed and case:
//! `CAMS_SEED=… CAMS_CASE=… cargo test -p cams-tests --test faults TEST` makes just that call again;
//! `CAMS_CASES` makes more of them. Calls are awaited, and made on threads that they block, each over
//! plain HTTP and over TLS, which has faults of its own.

#[path = "faults/actions.rs"]
mod actions;
#[path = "faults/batch.rs"]
mod batch;
#[path = "faults/callers.rs"]
mod callers;
#[path = "faults/chance.rs"]
mod chance;
#[path = "faults/door.rs"]
mod door;
#[path = "faults/draw.rs"]
mod draw;
#[path = "faults/handshake.rs"]
mod handshake;
#[path = "faults/operation.rs"]
mod operation;
#[path = "faults/replies.rs"]
mod replies;
#[path = "faults/script.rs"]
mod script;
#[path = "faults/server.rs"]
mod server;
#[path = "faults/stream.rs"]
mod stream;
#[path = "faults/truth.rs"]
mod truth;

use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
use std::{io, thread};

use batch::{CALLS, Counts, Run, batch};
use callers::{Way, awaiting, blocking};
use cams_tests::setting::{given, setting};

/// How many batches run side by side. Most of them wait.
const SIDE_BY_SIDE: usize = 8;
/// The longest time without a batch that ends.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes all calls, and gives what is wrong.
fn all(way: Way, cases: u64) -> (Counts, Vec<String>) {
    // For ever: so may be the calls.
    let under_way: &'static Mutex<Vec<u64>> = Box::leak(Box::default());
    let seed = setting("CAMS_SEED", 20_200_606);
    let cases: Vec<u64> = match given("CAMS_CASE") {
        Some(case) => vec![case],
        None => (0..setting("CAMS_CASES", cases)).collect(),
    };
    let run = Run {
        seed,
        way,
        under_way,
    };
    let mut batches: Vec<Vec<u64>> = Vec::new();
    for case in cases {
        match batches.last_mut() {
            Some(batch) if batch[0] / CALLS == case / CALLS => batch.push(case),
            _ => batches.push(vec![case]),
        }
    }
    let servers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a Tokio runtime");
    let next = AtomicU64::new(0);
    let (reports, ended) = channel();
    let (mut counts, mut failures) = (Counts::default(), Vec::new());
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            let (reports, servers) = (reports.clone(), servers.handle());
            let (next, batches) = (&next, &batches);
            scope.spawn(move || {
                while let Some(cases) = usize::try_from(next.fetch_add(1, Ordering::SeqCst))
                    .ok()
                    .and_then(|index| batches.get(index))
                {
                    let report = batch(run, cases[0] / CALLS, cases, servers);
                    reports.send(report).expect("somebody who reads");
                }
            });
        }
        drop(reports);
        loop {
            match ended.recv_timeout(PATIENCE) {
                Ok(report) => {
                    counts.add(report.counts);
                    failures.extend(report.failures);
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    // Its threads can't be ended, and would be waited for.
                    let hanging = under_way.lock().expect("no panic");
                    let text = format!(
                        "CAMS_SEED={seed} {}: these calls hang: {hanging:?}\n",
                        way.test
                    );
                    let _ = io::stderr().write_all(text.as_bytes());
                    std::process::abort();
                }
            }
        }
    });
    (counts, failures)
}

/// Makes so many calls in a way, unless it is told otherwise, and looks at what came of them.
fn tell_the_truth(way: Way, cases: u64) {
    let (counts, failures) = all(way, cases);
    let note = format!("{}: {counts:?}", way.test);
    writeln!(io::stdout(), "{note}").expect("a standard output");
    let shown = failures.iter().take(5).cloned().collect::<Vec<_>>();
    assert!(
        failures.is_empty(),
        "{} of {}, such as\n{}",
        failures.len(),
        counts.calls,
        shown.join("\n\n")
    );
    // The faults leave enough of everything; what can't be judged exactly is rare, but less so on a
    // busy machine.
    if counts.calls > 300 {
        let few = counts.calls / 50;
        for (what, many) in [
            ("good ends", counts.well),
            ("sure failures", counts.surely_not),
            ("failures in doubt", counts.maybe),
        ] {
            assert!(many > few, "{what}: {note}");
        }
        assert_eq!(counts.given_up > few, way.can_give_up, "{note}");
        assert!(counts.disturbed <= 2 * few, "{note}");
    }
}

#[test]
fn every_call_ends_and_none_lies() {
    let way = Way {
        test: "every_call_ends_and_none_lies",
        make: awaiting,
        over_tls: false,
        can_give_up: true,
    };
    tell_the_truth(way, 1_500);
}

#[test]
fn every_call_over_tls_ends_and_none_lies() {
    let way = Way {
        test: "every_call_over_tls_ends_and_none_lies",
        make: awaiting,
        over_tls: true,
        can_give_up: true,
    };
    tell_the_truth(way, 384);
}

/// What follows a call is known to its thread, so none is given up.
#[test]
fn calls_that_block_end_and_none_lies() {
    let way = Way {
        test: "calls_that_block_end_and_none_lies",
        make: blocking,
        over_tls: false,
        can_give_up: false,
    };
    tell_the_truth(way, 500);
}

#[test]
fn calls_over_tls_that_block_end_and_none_lies() {
    let way = Way {
        test: "calls_over_tls_that_block_end_and_none_lies",
        make: blocking,
        over_tls: true,
        can_give_up: false,
    };
    tell_the_truth(way, 384);
}
