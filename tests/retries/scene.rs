//! A client whose time is the test's, and what it calls.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use alibabacloud_runtime::clock::{Clock, Sleep};
use alibabacloud_runtime::model::Record;
use alibabacloud_runtime::retry::Jitter;
use alibabacloud_runtime::transport::{
    Request, Response, Transport, TransportError, TransportErrorKind,
};
use alibabacloud_runtime::{BoxFuture, Builder, Call, Client, Credentials, Error};
use cams_tests::act::{Act, SERVICE};
use cams_tests::client::{KEYS, OK, bounded};
use cams_tests::server::{Answer, Server};
use http::{HeaderMap, StatusCode};

/// A time that passes by waiting only, and waits that are as long as they may be.
#[derive(Clone, Debug)]
pub(crate) struct Time(Arc<Mutex<Passed>>);

#[derive(Debug)]
struct Passed {
    begin: Instant,
    total: Duration,
    waits: Vec<Duration>,
}

impl Time {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Passed {
            begin: Instant::now(),
            total: Duration::ZERO,
            waits: Vec::new(),
        })))
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.0.lock().expect("no panic").total += time;
    }

    /// The waits so far, in milliseconds.
    pub(crate) fn waits(&self) -> Vec<u128> {
        let passed = self.0.lock().expect("no panic");
        passed.waits.iter().map(Duration::as_millis).collect()
    }
}

impl Clock for Time {
    /// Begins at 2026-01-02T03:04:05.5Z, so that the shortest wait is seen in dates.
    fn now(&self) -> SystemTime {
        let begin = SystemTime::UNIX_EPOCH + Duration::from_millis(1_767_323_045_500);
        begin + self.0.lock().expect("no panic").total
    }

    fn instant(&self) -> Instant {
        let passed = self.0.lock().expect("no panic");
        passed.begin + passed.total
    }
}

impl Sleep for Time {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.pass(time);
            self.0.lock().expect("no panic").waits.push(time);
        })
    }
}

impl Jitter for Time {
    fn up_to(&self, most: Duration) -> Duration {
        most
    }
}

/// A client to be built, whose time is this.
pub(crate) fn builder(time: &Time) -> Builder<Client> {
    Builder::new(&SERVICE)
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .clock(time.clone())
        .sleep(time.clone())
        .jitter(time.clone())
}

/// A client of a server with this script, and its time.
pub(crate) fn scene(script: impl IntoIterator<Item = Answer>) -> (Server, Client, Time) {
    scene_with(script, |builder| builder)
}

/// The same, with a client that is told more.
pub(crate) fn scene_with(
    script: impl IntoIterator<Item = Answer>,
    setup: impl FnOnce(Builder<Client>) -> Builder<Client>,
) -> (Server, Client, Time) {
    let (server, time) = (Server::start(script), Time::new());
    let builder = builder(&time).endpoint(server.url()).allow_http(true);
    let client = setup(builder).build().expect("a client");
    (server, client, time)
}

/// A call of class `read`.
pub(crate) fn read(client: &Client) -> Call<'_, Act<true>> {
    client.call(Act::blank())
}

/// A call of class `send`.
pub(crate) fn send(client: &Client) -> Call<'_, Act<false>> {
    client.call(Act::blank())
}

/// What comes of a call, without its answer.
pub(crate) async fn outcome<const READ: bool>(call: Call<'_, Act<READ>>) -> Result<(), Error> {
    bounded(call).await.map(drop)
}

/// The error of a call that fails.
pub(crate) async fn failure<const READ: bool>(call: Call<'_, Act<READ>>) -> Error {
    outcome(call).await.expect_err("a failure")
}

/// An answer of success.
pub(crate) fn ok() -> Answer {
    Answer::json(200, OK)
}

/// An answer with a code.
pub(crate) fn coded(status: u16, code: &str, headers: &[(&str, &str)]) -> Answer {
    Answer::new(status, headers, format!(r#"{{"Code":"{code}"}}"#))
}

/// A service that is down.
pub(crate) fn down() -> Answer {
    coded(503, "ServiceUnavailable", &[])
}

/// A transport without a network, and without a timer: what it gives in turn, and then success.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scripted(Arc<Mutex<(VecDeque<Outcome>, u32)>>);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    Down,
    Fails(TransportErrorKind),
}

impl Scripted {
    pub(crate) fn new(script: impl IntoIterator<Item = Outcome>) -> Self {
        Self(Arc::new(Mutex::new((script.into_iter().collect(), 0))))
    }

    /// Gives these next.
    pub(crate) fn then(&self, outcome: Outcome, times: usize) {
        let script = &mut self.0.lock().expect("no panic").0;
        script.extend(std::iter::repeat_n(outcome, times));
    }

    /// How many requests there were since this was asked last.
    pub(crate) fn sent(&self) -> u32 {
        std::mem::take(&mut self.0.lock().expect("no panic").1)
    }
}

impl Transport for Scripted {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let mut state = self.0.lock().expect("no panic");
        state.1 += 1;
        let outcome = state.0.pop_front();
        let answer =
            |status, body: &str| Ok(Response::new(status, HeaderMap::new(), body.to_owned()));
        let outcome = match outcome {
            None => answer(StatusCode::OK, OK),
            Some(Outcome::Down) => answer(StatusCode::SERVICE_UNAVAILABLE, "{}"),
            Some(Outcome::Fails(kind)) => Err(TransportError::new(kind)),
        };
        Box::pin(async { outcome })
    }
}
