//! What all calls of a client may repeat together, and that nothing is repeated where it is off.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use alibabacloud_runtime::clock::Sleep;
use alibabacloud_runtime::{BoxFuture, Client, RetryPolicy};

use crate::scene::{
    Outcome, Scripted, Time, builder, down, failure, ok, outcome, read, scene, scene_with,
};

fn scripted() -> (Scripted, Client) {
    let transport = Scripted::default();
    let client = builder(&Time::new()).transport(transport.clone());
    (transport, client.build().expect("a client"))
}

/// Uses up the budget of a client: 100 repetitions.
async fn exhaust(transport: &Scripted, client: &Client) {
    transport.then(Outcome::Down, 150);
    for _ in 0..50 {
        // A clone has no budget of its own.
        let error = failure(read(&client.clone())).await;
        assert_eq!(error.attempts(), 3, "{error}");
    }
    assert_eq!(transport.sent(), 150);
}

/// How many attempts a call makes while the service is down.
async fn attempts(transport: &Scripted, client: &Client) -> u32 {
    transport.then(Outcome::Down, 3);
    let error = failure(read(client)).await;
    let sent = transport.sent();
    assert_eq!(error.attempts(), sent, "{error}");
    for _ in sent..3 {
        // Those that weren't asked for.
        failure(read(client).retry(RetryPolicy::off())).await;
    }
    transport.sent();
    sent
}

#[tokio::test]
async fn repetitions_that_fail_use_the_budget_up() {
    let (transport, client) = scripted();
    exhaust(&transport, &client).await;
    transport.then(Outcome::Down, 1);
    let error = failure(read(&client)).await;
    assert_eq!((error.attempts(), transport.sent()), (1, 1));
    assert!(error.to_string().contains("fail too often"), "{error}");

    // First attempts that succeed bring it back, a fifth of a repetition each.
    for (successes, repetitions) in [(4, 0), (1, 1), (10, 2)] {
        for _ in 0..successes {
            outcome(read(&client)).await.expect("an answer");
        }
        transport.sent();
        let made = attempts(&transport, &client).await;
        assert_eq!(made, 1 + repetitions, "after {successes}");
    }
}

#[tokio::test]
async fn success_brings_no_more_than_a_full_budget() {
    let (transport, client) = scripted();
    for _ in 0..20 {
        outcome(read(&client)).await.expect("an answer");
    }
    transport.sent();
    exhaust(&transport, &client).await;
    assert_eq!(attempts(&transport, &client).await, 1);
}

#[tokio::test]
async fn repetitions_that_help_cost_nothing() {
    let (transport, client) = scripted();
    for _ in 0..120 {
        transport.then(Outcome::Down, 1);
        outcome(read(&client)).await.expect("an answer");
        assert_eq!(transport.sent(), 2);
    }
    assert_eq!(attempts(&transport, &client).await, 3);
}

#[tokio::test]
async fn repetitions_that_help_bring_nothing_either() {
    let (transport, client) = scripted();
    exhaust(&transport, &client).await;
    for script in [&[][..], &[Outcome::Down]] {
        for _ in 0..5 {
            script
                .iter()
                .for_each(|&outcome| transport.then(outcome, 1));
            outcome(read(&client)).await.expect("an answer");
        }
    }
    transport.sent();
    // What the five before brought, and nothing more.
    assert_eq!(attempts(&transport, &client).await, 2);
}

/// Waits for ever, as long as it is told to.
#[derive(Clone, Debug)]
struct Stuck(Arc<AtomicBool>);

impl Sleep for Stuck {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        if self.0.load(Ordering::SeqCst) {
            Box::pin(std::future::pending())
        } else {
            Box::pin(async {})
        }
    }
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_nothing_behind() {
    let (transport, stuck) = (Scripted::default(), Stuck(Arc::new(true.into())));
    let client = builder(&Time::new())
        .transport(transport.clone())
        .sleep(stuck.clone());
    let client = client.build().expect("a client");
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..120 {
        transport.then(Outcome::Down, 1);
        let mut call = read(&client).into_future();
        assert!(matches!(call.as_mut().poll(&mut context), Poll::Pending));
    }
    assert_eq!(transport.sent(), 120);
    stuck.0.store(false, Ordering::SeqCst);
    exhaust(&transport, &client).await;
}

#[tokio::test]
async fn off_is_off() {
    for policy in [RetryPolicy::off(), RetryPolicy::default().max_attempts(0)] {
        let (server, client, time) = scene_with([down(), ok()], |builder| builder.retry(policy));
        let error = failure(read(&client)).await;
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(error.to_string().starts_with("Act failed: "), "{error}");
        assert!(error.is_retryable() && time.waits().is_empty(), "{error}");
    }
}

#[tokio::test]
async fn the_policy_of_a_call_is_its_own() {
    let (server, client, _) = scene(vec![down(); 4]);
    failure(read(&client).retry(RetryPolicy::off())).await;
    assert_eq!(server.requests().len(), 1);
    failure(read(&client)).await;
    assert_eq!(server.requests().len(), 4);

    let (server, client, _) =
        scene_with([down(), ok()], |builder| builder.retry(RetryPolicy::off()));
    let call = read(&client).retry(RetryPolicy::default());
    outcome(call).await.expect("an answer");
    assert_eq!(server.requests().len(), 2);
}
