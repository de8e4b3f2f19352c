//! How long a client waits between attempts, and for whom.

use std::time::Duration;

use alibabacloud_runtime::clock::Sleep;
use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::retry::{Jitter, RandomJitter};
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, Builder, Client, Credentials, RetryPolicy};
use cams_tests::act::SERVICE;
use cams_tests::server::Server;

use crate::scene::{
    Outcome, Scripted, Time, coded, down, failure, ok, outcome, read, scene, scene_with,
};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn waits_double_up_to_the_longest() {
    let policy = RetryPolicy::default()
        .max_attempts(6)
        .base_delay(SECOND)
        .max_delay(3 * SECOND);
    let (server, client, time) = scene_with(vec![down(); 6], |builder| builder.retry(policy));
    let error = failure(read(&client)).await;
    assert_eq!((error.attempts(), server.requests().len()), (6, 6));
    assert_eq!(time.waits(), [1000, 2000, 3000, 3000, 3000]);
}

#[tokio::test]
async fn by_default_there_are_three_attempts() {
    let (server, client, time) = scene(vec![down(); 4]);
    let error = failure(read(&client)).await;
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert_eq!(error.status(), Some(503));
    assert_eq!(time.waits(), [500, 1000]);
}

/// Always this.
#[derive(Debug)]
struct Always(Duration);

impl Jitter for Always {
    fn up_to(&self, _: Duration) -> Duration {
        self.0
    }
}

#[tokio::test]
async fn chance_chooses_within_bounds() {
    for (chosen, waits) in [
        (Duration::MAX, vec![500]),
        (Duration::from_millis(7), vec![7]),
        (Duration::ZERO, vec![]),
    ] {
        let (server, client, time) =
            scene_with([down(), ok()], |builder| builder.jitter(Always(chosen)));
        outcome(read(&client)).await.expect("an answer");
        assert_eq!(time.waits(), waits, "{chosen:?}");
        assert_eq!(server.requests().len(), 2);
    }

    let most = Duration::from_secs(20);
    let chosen: Vec<Duration> = (0..64).map(|_| RandomJitter.up_to(most)).collect();
    assert!(chosen.iter().all(|time| *time <= most), "{chosen:?}");
    // Once in two to the power of 64 these fail by chance.
    assert!(chosen.iter().any(|time| *time < most / 2), "{chosen:?}");
    assert!(chosen.iter().any(|time| *time > most / 2), "{chosen:?}");
    assert_eq!(RandomJitter.up_to(Duration::ZERO), Duration::ZERO);
}

#[tokio::test]
async fn what_the_service_asks_for_comes_first() {
    let limit = "Limit:1,Remain:0,TimeLeft:2000,Reset:1";
    for (status, name, value, wait) in [
        (429, "x-acs-retry-after", "1500", 2000),
        (400, "x-ratelimit-user-api", limit, 2500),
        (400, "x-ratelimit-user", limit, 2500),
        (503, "retry-after", "3", 3500),
        (503, "retry-after", "20", 20_500),
    ] {
        let asking = coded(status, "Throttling.User", &[(name, value)]);
        let (_server, client, time) = scene([asking, ok()]);
        outcome(read(&client)).await.expect("an answer");
        assert_eq!(time.waits(), [wait], "{name}: {value}");
    }
}

#[tokio::test]
async fn a_service_that_asks_for_too_much_ends_the_call() {
    let asking = coded(429, "Throttling", &[("retry-after", "21")]);
    let (server, client, time) = scene([asking.clone(), ok()]);
    let error = failure(read(&client)).await;
    assert!(error.is_throttled() && error.is_retryable(), "{error}");
    assert_eq!(error.retry_after(), Some(21 * SECOND));
    assert!(
        error.to_string().contains("waits for 20s at most"),
        "{error}"
    );
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    assert!(time.waits().is_empty());

    let policy = RetryPolicy::default().max_retry_after(30 * SECOND);
    let (server, client, _) = scene([asking, ok()]);
    outcome(read(&client).retry(policy))
        .await
        .expect("an answer");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_time_for_the_call_holds_for_all_attempts() {
    let policy = RetryPolicy::default().max_attempts(100).base_delay(SECOND);
    let (server, client, time) = scene(vec![down(); 100]);
    let call = read(&client).retry(policy).timeout(60 * SECOND);
    let error = failure(call).await;
    assert_eq!(time.waits(), [1000, 2000, 4000, 8000, 16_000, 20_000]);
    assert_eq!((error.attempts(), server.requests().len()), (7, 7));
    assert_eq!(error.status(), Some(503), "it is about the last attempt");
    assert!(
        error
            .to_string()
            .contains("the time for the call is too short"),
        "{error}"
    );

    // A wait as long as the time that is left leaves none for the attempt.
    for (timeout, waits) in [(500, vec![]), (501, vec![500])] {
        let (transport, time) = (Scripted::new([Outcome::Down]), Time::new());
        let client = crate::scene::builder(&time)
            .transport(transport.clone())
            .timeout(Duration::from_millis(timeout))
            .build()
            .expect("a client");
        let came = outcome(read(&client)).await;
        assert_eq!(came.is_ok(), timeout > 500, "{came:?}");
        assert_eq!(time.waits(), waits, "{timeout}");
    }
}

/// Takes a minute for its keys, but for the first time.
#[derive(Debug)]
struct Slow(Time, std::sync::atomic::AtomicBool);

impl ProvideCredentials for Slow {
    fn name(&self) -> &str {
        "slow"
    }

    fn provide(&self) -> BoxFuture<'_, alibabacloud_runtime::Result<Credentials>> {
        if self.1.swap(true, std::sync::atomic::Ordering::SeqCst) {
            self.0.pass(60 * SECOND);
        }
        Box::pin(async { Ok(Credentials::new("id", "secret")) })
    }
}

#[tokio::test]
async fn an_attempt_without_time_leaves_the_error_before_it() {
    let (server, time) = (Server::start([down(), ok()]), Time::new());
    let client = crate::scene::builder(&time)
        .credentials(Slow(time.clone(), Default::default()))
        .endpoint(server.url())
        .allow_http(true)
        .build()
        .expect("a client");
    let error = failure(read(&client).timeout(30 * SECOND)).await;
    assert_eq!(
        (error.status(), error.attempts()),
        (Some(503), 1),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

/// Notes how long exchanges may take, and fails.
#[derive(Clone, Debug, Default)]
struct Noting(std::sync::Arc<std::sync::Mutex<Vec<Option<Duration>>>>);

impl Transport for Noting {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.0.lock().expect("no panic").push(request.timeout);
        let kind = alibabacloud_runtime::transport::TransportErrorKind::Timeout;
        Box::pin(async move { Err(TransportError::new(kind)) })
    }
}

#[tokio::test]
async fn an_attempt_has_its_own_time_within_that_of_the_call() {
    let (noting, time) = (Noting::default(), Time::new());
    let client = crate::scene::builder(&time).transport(noting.clone());
    let client = client.build().expect("a client");
    let policy = RetryPolicy::default().base_delay(SECOND);
    failure(read(&client).retry(policy.attempt_timeout(4 * SECOND))).await;
    let call = read(&client).retry(policy.attempt_timeout(4 * SECOND));
    failure(call.timeout(5 * SECOND)).await;
    let call = read(&client).retry(policy);
    failure(call.timeout(5 * SECOND)).await;
    let noted = noting.0.lock().expect("no panic").clone();
    let seconds = |times: [u64; 3]| times.map(|time| Some(Duration::from_secs(time)));
    assert_eq!(noted[..3], seconds([4, 4, 4]));
    assert_eq!(noted[3..6], seconds([4, 4, 2]));
    assert_eq!(noted[6..], seconds([5, 4, 2]));
}

/// A scripted transport that brings a timer.
#[derive(Debug)]
struct Timed(Scripted, Time);

impl Transport for Timed {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.0.send(request)
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        Some(Box::new(self.1.clone()))
    }
}

#[tokio::test]
async fn without_a_timer_nothing_waits() {
    let builder = || -> Builder<Client> {
        Builder::new(&SERVICE).credentials(Credentials::new("id", "secret"))
    };
    let transport = Scripted::new([Outcome::Down; 2]);
    let client = builder().transport(transport.clone());
    let client = client.build().expect("a client");
    let error = failure(read(&client)).await;
    assert_eq!((error.attempts(), transport.sent()), (1, 1));

    // To rely on it is an error, not to want it isn't.
    let policy = RetryPolicy::default();
    let error = failure(read(&client).retry(policy)).await;
    assert!(error.is_configuration(), "{error}");
    assert_eq!((error.attempts(), transport.sent()), (0, 0));
    let refused = builder().transport(transport.clone()).retry(policy);
    let error = refused.build().expect_err("no timer");
    assert!(error.to_string().contains("`sleep`"), "{error}");
    failure(read(&client).retry(RetryPolicy::off())).await;
    assert_eq!(transport.sent(), 1);

    let time = Time::new();
    let timed = Timed(Scripted::new([Outcome::Down]), time.clone());
    let client = builder().transport(timed).retry(policy);
    let client = client.build().expect("a client");
    outcome(read(&client)).await.expect("an answer");
    assert_eq!(time.waits().len(), 1);
}

#[tokio::test]
async fn the_built_in_transport_brings_a_timer() {
    let server = Server::start([down(), ok()]);
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let client: Client = Builder::new(&SERVICE)
        .credentials(Credentials::new("id", "secret"))
        .endpoint(server.url())
        .allow_http(true)
        .retry(policy)
        .build()
        .expect("a client");
    outcome(read(&client)).await.expect("an answer");
    assert_eq!(server.requests().len(), 2);
}
