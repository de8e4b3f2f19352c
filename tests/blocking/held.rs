//! A time that stands still until the test lets it pass, for threads that wait for it; and a service
//! without a network that lives in it.

use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use alibabacloud_runtime::clock::{Clock, Sleep};
use alibabacloud_runtime::retry::Jitter;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Credentials};
use cams_tests::act::SERVICE;
use cams_tests::client::{KEYS, OK};
use http::{HeaderMap, StatusCode};

/// As long as a test waits for its threads.
const PATIENCE: Duration = Duration::from_secs(20);

/// The time, who waits for it, and the requests that were sent. Clones are the same.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    begin: Instant,
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Debug, Default)]
struct State {
    passed: Duration,
    waits: u64,
    waiting: Vec<(u64, Duration, Waker)>,
    sent: Vec<Sent>,
    refusals: usize,
}

/// When a request was sent, in milliseconds, and how many of them it was given.
pub(crate) type Sent = (u128, Option<u128>);

impl Held {
    pub(crate) fn new() -> Self {
        Self {
            begin: Instant::now(),
            state: Arc::default(),
        }
    }

    /// A client whose time this is, and its service.
    pub(crate) fn builder(&self) -> Builder<Client> {
        Builder::new(&SERVICE)
            .credentials(Credentials::new(KEYS[0], KEYS[1]))
            .transport(self.clone())
            .clock(self.clone())
            .sleep(self.clone())
            .jitter(self.clone())
    }

    /// Lets time pass, and wakes those whose wait is over.
    pub(crate) fn pass(&self, milliseconds: u64) {
        let mut state = self.state.0.lock().expect("no panic");
        state.passed += Duration::from_millis(milliseconds);
        let passed = state.passed;
        let over = state.waiting.iter().filter(|(_, end, _)| *end <= passed);
        let over: Vec<Waker> = over.map(|(_, _, waker)| waker.clone()).collect();
        drop(state);
        over.into_iter().for_each(Waker::wake);
    }

    /// Returns once so many requests were sent and so many waits are under way.
    #[track_caller]
    pub(crate) fn until(&self, sent: usize, waiting: usize) {
        let (state, changed) = &*self.state;
        let state = state.lock().expect("no panic");
        let other = |state: &mut State| (state.sent.len(), state.waiting.len()) != (sent, waiting);
        let (state, late) = changed
            .wait_timeout_while(state, PATIENCE, other)
            .expect("no panic");
        let is = (state.sent.len(), state.waiting.len());
        drop(state);
        if late.timed_out() {
            // The threads have to end, or nobody would be told.
            self.pass(1_000_000);
            panic!("{is:?}, not {:?}", (sent, waiting));
        }
    }

    /// Answers the next request after half a second, and asks for three seconds of peace.
    pub(crate) fn refuse(&self) {
        self.state.0.lock().expect("no panic").refusals += 1;
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.state.0.lock().expect("no panic").sent.clone()
    }
}

impl Clock for Held {
    fn now(&self) -> SystemTime {
        let passed = self.state.0.lock().expect("no panic").passed;
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045) + passed
    }

    fn instant(&self) -> Instant {
        self.begin + self.state.0.lock().expect("no panic").passed
    }
}

impl Sleep for Held {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        let mut state = self.state.0.lock().expect("no panic");
        state.waits += 1;
        let wait = Wait {
            held: self,
            number: state.waits,
        };
        let end = state.passed + time;
        drop(state);
        Box::pin(async move {
            // The whole of it, not only its number.
            let wait = wait;
            poll_fn(|context| {
                let mut state = self.state.0.lock().expect("no panic");
                let number = wait.number;
                state.waiting.retain(|(other, ..)| *other != number);
                if end <= state.passed {
                    return Poll::Ready(());
                }
                let waker = context.waker().clone();
                state.waiting.push((number, end, waker));
                self.state.1.notify_all();
                Poll::Pending
            })
            .await;
        })
    }
}

/// A wait ends with its future.
struct Wait<'a> {
    held: &'a Held,
    number: u64,
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        let mut state = self.held.state.0.lock().expect("no panic");
        state.waiting.retain(|(other, ..)| *other != self.number);
        self.held.state.1.notify_all();
    }
}

impl Jitter for Held {
    fn up_to(&self, _: Duration) -> Duration {
        Duration::ZERO
    }
}

impl Transport for Held {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let mut state = self.state.0.lock().expect("no panic");
        let at = state.passed.as_millis();
        let given = request.timeout.map(|time| time.as_millis());
        state.sent.push((at, given));
        self.state.1.notify_all();
        let refused = state.refusals > 0;
        state.refusals = state.refusals.saturating_sub(1);
        Box::pin(async move {
            if !refused {
                return Ok(Response::new(StatusCode::OK, HeaderMap::new(), OK));
            }
            self.sleep(Duration::from_millis(500)).await;
            let mut headers = HeaderMap::new();
            headers.insert("x-acs-retry-after", 3000.into());
            let body = r#"{"Code":"System.LimitControl"}"#;
            Ok(Response::new(StatusCode::BAD_REQUEST, headers, body))
        })
    }
}
