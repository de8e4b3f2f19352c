//! Some calls of one client, several at once, and what they leave behind.

use std::fmt::Write;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use alibabacloud_runtime::{Client, Result};
use serde_json::Value;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinSet;

use crate::callers::{Way, client};
use crate::replies::THROTTLED;
use crate::script::{Case, Does, GivenUp, Weather};
use crate::server::Server;
use crate::truth::{Account, Verdict, judge, judge_given_up};

/// How many calls a client makes. Twice as many repetitions may fail before its budget is used up,
/// so that it never decides here.
pub(crate) const CALLS: u64 = 48;
/// How many are under way at once.
const AT_ONCE: usize = 12;
/// The longest wait for what has to come by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of a call.
enum Outcome {
    Ended(Result<Value>),
    GivenUp,
}

/// The calls of a run, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) calls: u64,
    pub(crate) sends: u64,
    pub(crate) well: u64,
    pub(crate) surely_not: u64,
    pub(crate) maybe: u64,
    pub(crate) given_up: u64,
    pub(crate) attempts: u64,
    pub(crate) disturbed: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.sends += other.sends;
        self.well += other.well;
        self.surely_not += other.surely_not;
        self.maybe += other.maybe;
        self.given_up += other.given_up;
        self.attempts += other.attempts;
        self.disturbed += other.disturbed;
    }
}

/// What a batch found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) counts: Counts,
    pub(crate) failures: Vec<String>,
}

/// What a run is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) seed: u64,
    pub(crate) way: Way,
    /// The calls that are under way, for whoever finds that they hang.
    pub(crate) under_way: &'static Mutex<Vec<u64>>,
}

/// Makes these calls, with a client and a server of their own.
pub(crate) fn batch(run: Run, number: u64, cases: &[u64], servers: &Handle) -> Report {
    let weather = Weather::new(run.seed, number, run.way.over_tls);
    let runtime = runtime(weather);
    let server = Server::start(servers, weather.tls);
    let clients = client(&server.url(), &server.state, None, true);
    let cases: Vec<Case> = cases
        .iter()
        .map(|case| {
            let mut case = Case::new(run.seed, *case, weather);
            case.given_up = case.given_up.filter(|_| run.way.can_give_up);
            case
        })
        .collect();

    let mut outcomes = runtime.block_on(crowd(run, &clients, &server, cases));
    let last = runtime.block_on(afterwards(run, &clients, &server, number));
    outcomes.extend(last);
    drop(clients);

    let mut report = Report::default();
    report.failures.extend(leaks(&runtime, &server));
    // Nobody is at work any more: the ledger is complete.
    for (case, outcome) in outcomes {
        let account = server.state.account(&case);
        count(&mut report.counts, &case, &account, &outcome);
        let verdict = match &outcome {
            Outcome::Ended(outcome) => judge(&case, &account, outcome),
            Outcome::GivenUp => judge_given_up(&case, &account),
        };
        let why = match verdict {
            Verdict::Exact => continue,
            Verdict::Wrong(why) => why,
            // A kept connection ended at the wrong moment; or the machine was too busy for a client
            // of little patience.
            Verdict::Disturbed if weather.closes || case.waits_in_vain() => {
                report.counts.disturbed += 1;
                continue;
            }
            Verdict::Disturbed => "it ended otherwise than it has to".to_owned(),
        };
        let failure = describe(run, &why, &case, &account, &outcome, weather);
        report.failures.push(failure);
    }
    report.failures.extend(server.state.complaints());
    report
}

fn runtime(weather: Weather) -> Runtime {
    let mut builder = if weather.threads {
        Builder::new_multi_thread()
    } else {
        Builder::new_current_thread()
    };
    let builder = builder.worker_threads(2).enable_all();
    builder.build().expect("a Tokio runtime")
}

/// Makes all calls, some of them at once.
async fn crowd(
    run: Run,
    client: &Client,
    server: &Server,
    cases: Vec<Case>,
) -> Vec<(Case, Outcome)> {
    let mut outcomes = Vec::new();
    let mut under_way = JoinSet::new();
    for case in cases {
        if under_way.len() >= AT_ONCE {
            outcomes.extend(
                under_way
                    .join_next()
                    .await
                    .map(|done| done.expect("no panic")),
            );
        }
        under_way.spawn(one(run, client.clone(), server, case));
    }
    while let Some(done) = under_way.join_next().await {
        outcomes.push(done.expect("no panic"));
    }
    outcomes
}

/// Makes the call of a case.
fn one(
    run: Run,
    shared: Client,
    server: &Server,
    case: Case,
) -> impl Future<Output = (Case, Outcome)> + Send + use<> {
    let (arrived, midway) = server.state.expect(&case);
    let alone = !case.gates.is_empty() || case.waits_in_vain();
    let door = alone.then(|| server.door(case.id(), case.gates.clone()));
    let state = Arc::clone(&server.state);
    async move {
        run.under_way.lock().expect("no panic").push(case.number);
        let client = match &door {
            Some(door) => client(&door.url(), &state, Some(door), !case.waits_in_vain()),
            None => shared,
        };
        let mut call = pin!((run.way.make)(client, case.clone()));
        let outcome = match case.given_up {
            None => Outcome::Ended(call.await),
            Some(GivenUp::Polled(times)) => polled(call, times).await,
            Some(GivenUp::Arrived) => tokio::select! {
                outcome = &mut call => Outcome::Ended(outcome),
                () = arrived.notified() => Outcome::GivenUp,
            },
            Some(GivenUp::Midway) => tokio::select! {
                outcome = &mut call => Outcome::Ended(outcome),
                () = midway.notified() => Outcome::GivenUp,
            },
        };
        if let Some(door) = door {
            if matches!(outcome, Outcome::Ended(Err(_))) {
                door.refused();
            }
            door.shut();
        }
        let mut under_way = run.under_way.lock().expect("no panic");
        under_way.retain(|number| *number != case.number);
        drop(under_way);
        (case, outcome)
    }
}

/// Asks a call so many times, and then gives it up.
async fn polled(mut call: impl Future<Output = Result<Value>> + Unpin, times: usize) -> Outcome {
    let mut left = times;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(Outcome::GivenUp);
        }
        left -= 1;
        pin!(&mut call).poll(context).map(Outcome::Ended)
    })
    .await
}

/// After all of this, the client works as on the first day, repetitions included.
async fn afterwards(
    run: Run,
    client: &Client,
    server: &Server,
    batch: u64,
) -> Vec<(Case, Outcome)> {
    let throttled = Does::Replies {
        reply: THROTTLED[0],
        done: false,
    };
    let mut outcomes = Vec::new();
    for (number, steps) in [
        // What is left of faults to kept connections, of clock and keys, is met by these.
        vec![],
        vec![],
        vec![throttled, throttled],
    ]
    .into_iter()
    .enumerate()
    {
        // Beyond the numbers of all cases.
        let number = (1 << 40) + batch * 10 + number as u64;
        let case = Case::plain(number, steps);
        outcomes.push(one(run, client.clone(), server, case).await);
    }
    outcomes
}

/// Waits until there is no connection and no task any more, and says what there is if that never
/// comes.
fn leaks(runtime: &Runtime, server: &Server) -> Vec<String> {
    let metrics = runtime.metrics();
    let gone = async {
        while metrics.num_alive_tasks() > 0 || server.state.open() > 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let in_time = runtime.block_on(async { tokio::time::timeout(PATIENCE, gone).await });
    if in_time.is_ok() {
        return Vec::new();
    }
    vec![format!(
        "after all clients are dropped, {} task(s) and {} connection(s) are left",
        runtime.metrics().num_alive_tasks(),
        server.state.open()
    )]
}

fn count(counts: &mut Counts, case: &Case, account: &Account, outcome: &Outcome) {
    counts.calls += 1;
    counts.sends += u64::from(!case.harmless());
    counts.attempts += account.met.len() as u64;
    match outcome {
        Outcome::Ended(Ok(_)) => counts.well += 1,
        Outcome::Ended(Err(error)) if error.may_have_been_carried_out() => counts.maybe += 1,
        Outcome::Ended(Err(_)) => counts.surely_not += 1,
        Outcome::GivenUp => counts.given_up += 1,
    }
}

fn describe(
    run: Run,
    why: &str,
    case: &Case,
    account: &Account,
    outcome: &Outcome,
    weather: Weather,
) -> String {
    let mut text = format!(
        "{why}\n  again: CAMS_SEED={} CAMS_CASE={} cargo test -p cams-tests --test faults {}\n  \
         script: {case:?}\n  in: {weather:?}\n  the server knows: {account:?}\n  the call ended: ",
        run.seed, case.number, run.way.test
    );
    let written = match outcome {
        Outcome::GivenUp => write!(text, "given up"),
        Outcome::Ended(Ok(answer)) => write!(text, "well, with {:.60}", answer.to_string()),
        Outcome::Ended(Err(error)) => write!(
            text,
            "{error} (attempts: {}, may have been carried out: {}): {error:?}",
            error.attempts(),
            error.may_have_been_carried_out()
        ),
    };
    written.expect("a text takes everything");
    text
}
