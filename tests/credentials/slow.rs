//! A source of keys that doesn't answer holds a call up no longer than the call may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use alibabacloud_runtime::clock::{Clock, Sleep, SystemClock};
use alibabacloud_runtime::credentials::{Cached, Credentials, ProvideCredentials};
use alibabacloud_runtime::model::Record;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Result};
use cams_tests::act::{Act, SERVICE};
use cams_tests::client::{OK, bounded};
use http::{HeaderMap, StatusCode};
use tokio::sync::Notify;

/// Gives keys once it is let to.
#[derive(Clone, Debug, Default)]
struct Slow {
    asked: Arc<AtomicUsize>,
    given_up: Arc<AtomicUsize>,
    gate: Arc<Notify>,
}

/// Counts those who gave up.
struct Leaving<'a>(&'a AtomicUsize, bool);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if !self.1 {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl ProvideCredentials for Slow {
    fn name(&self) -> &str {
        "slow"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            let mut leaving = Leaving(&self.given_up, false);
            self.gate.notified().await;
            leaving.1 = true;
            Ok(Credentials::new("id", "secret"))
        })
    }
}

/// Waits that are over at once, and a clock that stands still.
#[derive(Clone, Copy, Debug)]
struct AtOnce(Instant);

impl Sleep for AtOnce {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

impl Clock for AtOnce {
    fn now(&self) -> SystemTime {
        SystemClock.now()
    }

    fn instant(&self) -> Instant {
        self.0
    }
}

#[derive(Debug)]
struct Answers;

impl Transport for Answers {
    fn send(&self, _: Request) -> BoxFuture<'_, std::result::Result<Response, TransportError>> {
        Box::pin(async { Ok(Response::new(StatusCode::OK, HeaderMap::new(), OK)) })
    }
}

fn client(keys: impl ProvideCredentials + 'static) -> Client {
    let time = AtOnce(Instant::now());
    Builder::new(&SERVICE)
        .credentials(keys)
        .transport(Answers)
        .clock(time)
        .sleep(time)
        .timeout(Duration::from_secs(3))
        .build()
        .expect("a client")
}

#[tokio::test]
async fn the_time_for_a_call_holds_for_its_keys() {
    let source = Slow::default();
    let error = bounded(client(source.clone()).call(Act::<false>::blank())).await;
    let error = error.expect_err("too slow");
    assert!(
        error.is_timeout() && !error.may_have_been_carried_out(),
        "{error}"
    );
    assert!(!error.is_configuration());
    let text = error.to_string();
    assert!(
        text.contains("from `slow`") && text.contains("nothing was sent"),
        "{text}"
    );
    assert_eq!(
        (
            source.asked.load(Ordering::SeqCst),
            source.given_up.load(Ordering::SeqCst)
        ),
        (1, 1)
    );
}

#[tokio::test]
async fn keys_that_are_there_are_in_time() {
    // Not even a timer is set, so one that is over at once does no harm.
    let client = client(Credentials::new("id", "secret"));
    bounded(client.call(Act::<false>::blank()))
        .await
        .expect("an answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_for_others_too_goes_on_asking() {
    let source = Slow::default();
    let client = client(Cached::new(source.clone()));
    for _ in 0..3 {
        let error = bounded(client.call(Act::<false>::blank())).await;
        assert!(error.expect_err("too slow").is_timeout());
    }
    source.gate.notify_one();
    bounded(async {
        while client.call(Act::<false>::blank()).await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(
        (
            source.asked.load(Ordering::SeqCst),
            source.given_up.load(Ordering::SeqCst)
        ),
        (1, 0)
    );
}
