//! What limits can't be, and how they wait without Tokio.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use alibabacloud_runtime::clock::{Clock, Sleep, SystemClock};
use alibabacloud_runtime::model::Record;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Credentials, RateLimits};
use cams_tests::act::SERVICE;
use cams_tests::client::OK;
use http::{HeaderMap, StatusCode};

use crate::scene::{Five, Free};

/// Answers at once, and brings no timer.
#[derive(Debug)]
struct Plain;

impl Transport for Plain {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async { Ok(Response::new(StatusCode::OK, HeaderMap::new(), OK)) })
    }
}

/// Time that passes by waiting, and a clock that shows it or stands still.
#[derive(Clone, Debug)]
struct Waits {
    start: Instant,
    waits: Arc<Mutex<Vec<Duration>>>,
    moves: bool,
}

impl Sleep for Waits {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.waits.lock().expect("no panic").push(time) })
    }
}

impl Clock for Waits {
    fn now(&self) -> SystemTime {
        SystemClock.now()
    }

    fn instant(&self) -> Instant {
        let passed = self
            .waits
            .lock()
            .expect("no panic")
            .iter()
            .sum::<Duration>();
        self.start + if self.moves { passed } else { Duration::ZERO }
    }
}

fn builder(limits: RateLimits) -> Builder<Client> {
    Builder::new(&SERVICE)
        .credentials(Credentials::new("id", "secret"))
        .transport(Plain)
        .rate_limit(limits)
}

#[test]
fn what_cannot_be_a_limit_is_refused() {
    let ok = RateLimits::documented;
    let waits = || Waits {
        start: Instant::now(),
        waits: Arc::default(),
        moves: true,
    };
    for share in [0.0, -1.0, 1.01, f64::NAN, f64::INFINITY] {
        let error = builder(ok().share(share)).sleep(waits()).build();
        let error = error.expect_err("no share");
        assert!(error.is_configuration(), "{error}");
        assert!(error.to_string().contains("share"), "{share}: {error}");
    }
    let error = builder(ok().limit::<Free>(0)).sleep(waits()).build();
    let error = error.expect_err("no limit").to_string();
    assert!(error.contains("rate limit of Free"), "{error}");
    let error = builder(ok()).build().expect_err("nothing to wait with");
    assert!(error.is_configuration(), "{error}");
    assert!(error.to_string().contains("`sleep`"), "{error}");
}

#[test]
fn it_waits_with_what_the_client_was_given_and_needs_no_tokio() {
    for moves in [true, false] {
        let time = Waits {
            start: Instant::now(),
            waits: Arc::default(),
            moves,
        };
        let client = builder(RateLimits::default());
        let client = client.clock(time.clone()).sleep(time.clone());
        let client = client.build().expect("a client");
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..6 {
            let mut call = client.call(Five::blank()).into_future();
            // Even where the clock stands still, a wait that is over is enough.
            let Poll::Ready(outcome) = call.as_mut().poll(&mut context) else {
                panic!("nothing is left to wait for");
            };
            outcome.expect("an answer");
        }
        let waits = time.waits.lock().expect("no panic").clone();
        assert_eq!(waits, [Duration::from_secs(1)], "{moves}");
    }
}

#[test]
fn outside_of_a_runtime_the_built_in_transport_says_so() {
    let client: Client = Builder::new(&SERVICE)
        .credentials(Credentials::new("id", "secret"))
        .endpoint("http://127.0.0.1:1")
        .allow_http(true)
        .rate_limit(RateLimits::documented())
        .build()
        .expect("a client");
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..6 {
        let mut call = client.call(Five::blank()).into_future();
        let Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
            panic!("it can't be under way");
        };
        assert!(error.to_string().contains("Tokio runtime"), "{error}");
    }
}
