//! Keys are renewed in time, once for all who wait, and old ones are good until their end.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use alibabacloud_runtime::credentials::{Cached, Credentials, ProvideCredentials};
use alibabacloud_runtime::{BoxFuture, Error, Result};
use cams_tests::client::bounded;
use tokio::sync::Notify;

use crate::home::{TestClock, keys, refusal};

/// Gives these in turn; each has to be let through where there is a gate.
#[derive(Clone, Debug)]
struct Source {
    script: Arc<Mutex<VecDeque<Option<SystemTime>>>>,
    asked: Arc<AtomicUsize>,
    gate: Option<Arc<Notify>>,
}

/// A failure in a script.
const FAILS: Option<SystemTime> = None;

impl Source {
    fn new(script: impl IntoIterator<Item = Option<SystemTime>>) -> Self {
        Self {
            script: Arc::new(Mutex::new(script.into_iter().collect())),
            asked: Arc::default(),
            gate: None,
        }
    }

    fn gated(mut self) -> Self {
        self.gate = Some(Arc::default());
        self
    }

    fn open(&self) {
        self.gate.as_ref().expect("a gate").notify_one();
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until it has been asked so often.
    async fn was_asked(&self, times: usize) {
        bounded(async {
            while self.asked() < times {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

impl ProvideCredentials for Source {
    fn name(&self) -> &str {
        "scripted"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            if let Some(gate) = &self.gate {
                gate.notified().await;
            }
            let next = self.script.lock().expect("no panic before").pop_front();
            match next.expect("not asked more often than that") {
                Some(end) => Ok(Credentials::new(format!("id-{number}"), "s").with_expiry(end)),
                None => Err(Error::credentials(format!("failure {number}"))),
            }
        })
    }
}

fn cached(source: &Source, clock: &TestClock) -> Cached {
    Cached::with_clock(source.clone(), clock.clone())
}

#[tokio::test]
async fn keys_are_kept_until_they_come_near_their_end() {
    let clock = TestClock::default();
    let source = Source::new([
        Some(clock.after(60)),
        Some(clock.after(120)),
        Some(clock.after(180)),
    ]);
    let cached = cached(&source, &clock);
    assert_eq!(cached.name(), "scripted");
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(44);
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(2);
    // On one thread, the caller that notices asks.
    assert_eq!(keys(&cached).await, "id-2 s");
    clock.forward(72);
    assert_eq!(keys(&cached).await, "id-3 s");
    assert_eq!(source.asked(), 3);
}

#[tokio::test]
async fn short_lives_are_not_renewed_at_once() {
    let clock = TestClock::default();
    let source = Source::new([Some(clock.after(15)), Some(clock.after(30))]);
    let cached = cached(&source, &clock);
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(9);
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(2);
    assert_eq!(keys(&cached).await, "id-2 s");
}

#[tokio::test]
async fn all_who_wait_share_one_answer() {
    let clock = TestClock::default();
    let source = Source::new([Some(clock.after(60))]).gated();
    let cached = cached(&source, &clock);
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let cached = cached.clone();
            tokio::spawn(async move { keys(&cached).await })
        })
        .collect();
    source.was_asked(1).await;
    source.open();
    for each in waiting {
        assert_eq!(bounded(each).await.expect("no panic"), "id-1 s");
    }
    assert_eq!(source.asked(), 1);
}

#[tokio::test]
async fn a_failure_is_shared_but_not_kept() {
    let clock = TestClock::default();
    let source = Source::new([FAILS, Some(clock.after(60))]).gated();
    let cached = cached(&source, &clock);
    let waiting: Vec<_> = (0..3)
        .map(|_| {
            let cached = cached.clone();
            tokio::spawn(async move { refusal(&cached).await })
        })
        .collect();
    source.was_asked(1).await;
    source.open();
    for each in waiting {
        assert_eq!(bounded(each).await.expect("no panic"), "failure 1");
    }
    source.open();
    assert_eq!(keys(&cached).await, "id-2 s");
}

#[tokio::test]
async fn while_one_asks_the_others_take_the_old_keys_until_shortly_before_their_end() {
    let clock = TestClock::default();
    let source = Source::new([Some(clock.after(60)), Some(clock.after(120))]).gated();
    let cached = cached(&source, &clock);
    source.open();
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(50);
    let asking = tokio::spawn({
        let cached = cached.clone();
        async move { keys(&cached).await }
    });
    source.was_asked(2).await;
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(8);
    let waiting = tokio::spawn({
        let cached = cached.clone();
        async move { keys(&cached).await }
    });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    source.open();
    assert_eq!(bounded(waiting).await.expect("no panic"), "id-2 s");
    assert_eq!(bounded(asking).await.expect("no panic"), "id-2 s");
    assert_eq!(source.asked(), 2);
}

#[tokio::test]
async fn old_keys_outlive_failures_until_their_end() {
    let clock = TestClock::default();
    let source = Source::new([
        Some(clock.after(60)),
        FAILS,
        FAILS,
        FAILS,
        Some(clock.after(999)),
    ]);
    let cached = cached(&source, &clock);
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(46);
    assert_eq!(keys(&cached).await, "id-1 s");
    // The source has peace for a while.
    assert_eq!(keys(&cached).await, "id-1 s");
    assert_eq!(source.asked(), 2);
    clock.forward(12);
    assert_eq!(keys(&cached).await, "id-1 s");
    assert_eq!(keys(&cached).await, "id-1 s");
    assert_eq!(source.asked(), 3);
    clock.forward(2);
    assert_eq!(refusal(&cached).await, "failure 4");
    assert_eq!(keys(&cached).await, "id-5 s");
}

#[tokio::test]
async fn whoever_waits_takes_over_from_a_caller_that_gives_up() {
    let clock = TestClock::default();
    let source = Source::new([Some(clock.after(60))]).gated();
    let cached = cached(&source, &clock);
    let first = tokio::spawn({
        let cached = cached.clone();
        async move { keys(&cached).await }
    });
    source.was_asked(1).await;
    let second = tokio::spawn({
        let cached = cached.clone();
        async move { keys(&cached).await }
    });
    tokio::task::yield_now().await;
    first.abort();
    source.was_asked(2).await;
    source.open();
    assert_eq!(bounded(second).await.expect("no panic"), "id-2 s");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_there_are_threads_nobody_waits_for_a_renewal() {
    let clock = TestClock::default();
    let source = Source::new([Some(clock.after(60)), Some(clock.after(120))]).gated();
    let cached = cached(&source, &clock);
    source.open();
    assert_eq!(keys(&cached).await, "id-1 s");
    clock.forward(50);
    assert_eq!(keys(&cached).await, "id-1 s");
    source.was_asked(2).await;
    assert_eq!(keys(&cached).await, "id-1 s");
    source.open();
    bounded(async {
        while keys(&cached).await != "id-2 s" {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(source.asked(), 2);
}

#[derive(Debug)]
struct Panics;

impl ProvideCredentials for Panics {
    fn name(&self) -> &str {
        "panics"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async { panic!("on purpose") })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_in_the_background_is_an_error_for_those_who_wait() {
    let why = refusal(&Cached::new(Panics)).await;
    assert!(why.contains("broken off"), "{why}");
}
