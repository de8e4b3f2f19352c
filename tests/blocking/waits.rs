//! Threads that wait before they send: for their turn under a rate limit, and for slow keys, no longer
//! than their calls may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use alibabacloud_runtime::clock::Sleep;
use alibabacloud_runtime::credentials::{Cached, Credentials, ProvideCredentials};
use alibabacloud_runtime::{BoxFuture, Client, Error, RateLimits, Result, RetryPolicy};
use cams_tests::act::Act;

use crate::held::Held;
use crate::timed::read;

const SECOND: Duration = Duration::from_secs(1);

fn limited(held: &Held, most: u32) -> Client {
    let limits = RateLimits::documented().limit::<Act<true>>(most);
    let builder = held.builder().rate_limit(limits);
    builder.build().expect("a client")
}

fn call(client: &Client) -> Result<()> {
    read(client).send_blocking().map(drop)
}

fn call_within(client: &Client, time: Duration) -> Result<()> {
    read(client).timeout(time).send_blocking().map(drop)
}

#[track_caller]
fn assert_surely_late(error: &Error, says: &str) {
    assert!(
        error.is_timeout() && !error.may_have_been_carried_out(),
        "{error}"
    );
    assert!(error.to_string().contains(says), "{error}");
}

#[test]
fn threads_begin_as_many_calls_in_a_second_as_the_limit_allows() {
    let held = Held::new();
    let client = limited(&held, 2);
    thread::scope(|scope| {
        for _ in 0..7 {
            scope.spawn(|| call(&client).expect("an answer"));
        }
        for (sent, waiting) in [(2, 5), (4, 3), (6, 1)] {
            held.until(sent, waiting);
            held.pass(1000);
        }
    });
    let begun: Vec<u128> = held.sent().iter().map(|(at, _)| *at).collect();
    assert_eq!(begun, [0, 0, 1000, 1000, 2000, 2000, 3000]);
}

#[test]
fn a_turn_that_comes_too_late_is_not_waited_for() {
    let held = Held::new();
    let client = limited(&held, 1);
    call(&client).expect("an answer");
    let error = call_within(&client, SECOND).expect_err("too late");
    assert_surely_late(&error, "rate limit");
    held.until(1, 0);
    // It took no place.
    thread::scope(|scope| {
        scope.spawn(|| call_within(&client, 2 * SECOND).expect("an answer"));
        held.until(1, 1);
        held.pass(1000);
    });
    assert_eq!(held.sent(), [(0, None), (1000, Some(1000))]);
}

/// What the service tells one thread holds for all, and wakes those behind whoever leaves.
#[test]
fn threads_that_wait_for_their_turn_obey_what_another_was_asked() {
    let held = Held::new();
    let client = limited(&held, 1);
    held.refuse();
    thread::scope(|scope| {
        let refused = scope.spawn(|| {
            let call = read(&client).retry(RetryPolicy::off());
            call.send_blocking().map(drop)
        });
        held.until(1, 1);
        let late = scope.spawn(|| call_within(&client, 5 * SECOND / 2));
        held.until(1, 2);
        let patient = scope.spawn(|| call(&client));
        held.until(1, 3);

        held.pass(500);
        let error = refused.join().expect("no panic").expect_err("refused");
        assert!(error.is_throttled(), "{error}");
        // The turn of the second: until its end, there is peace.
        held.pass(500);
        let error = late.join().expect("no panic").expect_err("too late");
        assert_surely_late(&error, "rate limit");
        held.until(1, 1);
        held.pass(2500);
        patient.join().expect("no panic").expect("an answer");
    });
    assert_eq!(held.sent(), [(0, None), (3500, None)]);
}

/// A source that takes five seconds, and counts how often it is asked.
#[derive(Clone, Debug)]
struct Slow {
    held: Held,
    asked: Arc<AtomicUsize>,
    /// Whether the thread that asks is held up, as by a program that is run on it.
    holds: bool,
}

impl Slow {
    fn new(holds: bool) -> Self {
        Self {
            held: Held::new(),
            asked: Arc::default(),
            holds,
        }
    }

    fn client(&self, keys: impl ProvideCredentials + 'static) -> Client {
        let builder = self.held.builder().credentials(keys);
        builder.build().expect("a client")
    }
}

impl ProvideCredentials for Slow {
    fn name(&self) -> &str {
        "slow"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async {
            self.asked.fetch_add(1, Ordering::SeqCst);
            if self.holds {
                self.held.pass(5000);
            } else {
                self.held.sleep(5 * SECOND).await;
            }
            Ok(Credentials::new("id", "secret"))
        })
    }
}

#[test]
fn keys_are_waited_for_no_longer_than_the_call_may_take() {
    let slow = Slow::new(false);
    let held = &slow.held;
    let client = slow.client(slow.clone());
    thread::scope(|scope| {
        let late = scope.spawn(|| call_within(&client, 3 * SECOND));
        // For keys, and for its end.
        held.until(0, 2);
        held.pass(3000);
        let error = late.join().expect("no panic").expect_err("too late");
        assert_surely_late(&error, "`slow`");
        // Nothing waits any longer.
        held.until(0, 0);

        let in_time = scope.spawn(|| call_within(&client, 8 * SECOND));
        held.until(0, 2);
        held.pass(5000);
        in_time.join().expect("no panic").expect("an answer");
    });
    // What is left of its time is the request's.
    assert_eq!(held.sent(), [(8000, Some(3000))]);
}

#[test]
fn keys_that_come_too_late_for_a_call_are_there_for_the_next() {
    let slow = Slow::new(false);
    let held = &slow.held;
    let client = slow.client(Cached::with_clock(slow.clone(), held.clone()));
    thread::scope(|scope| {
        let patient = scope.spawn(|| call(&client));
        held.until(0, 1);
        let late = scope.spawn(|| call_within(&client, 3 * SECOND));
        held.until(0, 2);
        held.pass(3000);
        let error = late.join().expect("no panic").expect_err("too late");
        assert_surely_late(&error, "`slow`");
        held.pass(2000);
        patient.join().expect("no panic").expect("an answer");
        call_within(&client, SECOND).expect("an answer");
    });
    assert_eq!(held.sent(), [(5000, None), (5000, Some(1000))]);
    assert_eq!(slow.asked.load(Ordering::SeqCst), 1);
}

#[test]
fn a_source_that_holds_the_thread_past_the_end_sends_nothing() {
    let slow = Slow::new(true);
    let client = slow.client(slow.clone());
    let error = call_within(&client, 3 * SECOND).expect_err("too late");
    assert_surely_late(&error, "time");
    assert_eq!(slow.held.sent(), []);
    call_within(&client, 6 * SECOND).expect("an answer");
    assert_eq!(slow.held.sent(), [(10_000, Some(1000))]);
}

/// One after the other, under one end: at five seconds all have keys, and one a second may begin.
#[test]
fn keys_and_a_turn_share_the_time_of_a_call() {
    let slow = Slow::new(false);
    let held = &slow.held;
    let limits = RateLimits::documented().limit::<Act<true>>(1);
    let builder = held.builder().credentials(slow.clone()).rate_limit(limits);
    let client = builder.build().expect("a client");
    thread::scope(|scope| {
        let calls: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| call_within(&client, 13 * SECOND / 2)))
            .collect();
        held.until(0, 6);
        held.pass(5000);
        held.until(1, 1);
        held.pass(1000);
        let outcomes = calls.into_iter().map(|call| call.join().expect("no panic"));
        let errors: Vec<Error> = outcomes.filter_map(Result::err).collect();
        let [error] = &errors[..] else {
            panic!("{errors:?}");
        };
        assert_surely_late(error, "rate limit");
    });
    assert_eq!(held.sent(), [(5000, Some(1500)), (6000, Some(500))]);
}
