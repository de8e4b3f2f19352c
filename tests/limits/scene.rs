//! Operations with limits, and a service without a network that knows when calls begin.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use alibabacloud_runtime::clock::{Clock, Sleep};
use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::model::{Field, Record, Value};
use alibabacloud_runtime::retry::Jitter;
use alibabacloud_runtime::transport::{Request, Response, Transport, TransportError};
use alibabacloud_runtime::{
    BoxFuture, Builder, Client, Credentials, Operation, RateLimit, RateLimits, Result, RetryClass,
    RetryPolicy, Service,
};
use cams_tests::act::SERVICE;
use cams_tests::client::{KEYS, OK};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::IgnoredAny;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// An operation with such a limit.
pub(crate) struct Limited<const LIMIT: u32>(i64);

pub(crate) type Ten = Limited<10>;
pub(crate) type Five = Limited<5>;
pub(crate) type Slow = Limited<1>;
/// Without one.
pub(crate) type Free = Limited<0>;

impl<const LIMIT: u32> Record for Limited<LIMIT> {
    const NAME: &'static str = "Limited";
    const FIELDS: &'static [Field] = &[Field::query("name", "Name")];

    fn blank() -> Self {
        Self(0)
    }

    fn get(&self, _: usize) -> &dyn Value {
        &self.0
    }

    fn get_mut(&mut self, _: usize) -> &mut dyn Value {
        &mut self.0
    }
}

impl<const LIMIT: u32> Operation for Limited<LIMIT> {
    type Response = IgnoredAny;
    const SERVICE: &'static Service = &SERVICE;
    const ACTION: &'static str = match LIMIT {
        0 => "Free",
        5 => "Five",
        10 => "Ten",
        _ => "Slow",
    };
    const RETRY: RetryClass = RetryClass::Read;
    const RATE_LIMIT: Option<RateLimit> = match LIMIT {
        0 => None,
        calls => Some(RateLimit(calls)),
    };
}

/// The paused time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paused(pub(crate) Instant);

impl Clock for Paused {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045) + self.0.elapsed()
    }

    fn instant(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

impl Sleep for Paused {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Gives keys that are good for a second and a half, others each time it is asked.
#[derive(Debug)]
pub(crate) struct Brief {
    pub(crate) clock: Paused,
    pub(crate) asked: AtomicU32,
}

impl ProvideCredentials for Brief {
    fn name(&self) -> &str {
        "brief"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let end = self.clock.now() + Duration::from_millis(1500);
        let keys = Credentials::new(format!("id-{number}"), KEYS[1]).with_expiry(end);
        Box::pin(async { Ok(keys) })
    }
}

impl Jitter for Paused {
    fn up_to(&self, _: Duration) -> Duration {
        Duration::ZERO
    }
}

type Outcome = std::result::Result<Response, TransportError>;

/// Answers at once: what it was given to answer, else with success.
#[derive(Clone, Debug)]
struct Immediate {
    start: Instant,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Response>,
    begun: Vec<(u128, i64)>,
    /// What each request was signed with, by its ID.
    keys: Vec<String>,
}

impl Transport for Immediate {
    fn send(&self, request: Request) -> BoxFuture<'_, Outcome> {
        let name = request
            .url
            .rsplit_once("Name=")
            .and_then(|(_, name)| name.parse().ok());
        let signed = request.headers["authorization"].to_str().expect("text");
        let id = signed
            .split_once("Credential=")
            .and_then(|(_, rest)| rest.split_once(','))
            .map(|(id, _)| id.to_owned());
        let mut state = self.state.lock().expect("no panic");
        state.keys.push(id.expect("an ID"));
        state
            .begun
            .push((self.start.elapsed().as_millis(), name.expect("a name")));
        let ok = || Response::new(StatusCode::OK, HeaderMap::new(), OK);
        let answer = state.script.pop_front().unwrap_or_else(ok);
        Box::pin(async { Ok(answer) })
    }
}

/// A service that is down.
pub(crate) fn down() -> Response {
    Response::new(StatusCode::SERVICE_UNAVAILABLE, HeaderMap::new(), "{}")
}

/// A service that has too many calls, and asks to wait.
pub(crate) fn asking(milliseconds: u64) -> Response {
    let headers = [("x-acs-retry-after", milliseconds)].map(|(name, wait)| {
        let name = http::HeaderName::from_static(name);
        (name, HeaderValue::from(wait))
    });
    let body = r#"{"Code":"System.LimitControl"}"#;
    Response::new(StatusCode::BAD_REQUEST, headers.into_iter().collect(), body)
}

/// A client, its service, and what was sent when.
pub(crate) struct Scene {
    client: Client,
    service: Immediate,
}

impl Scene {
    pub(crate) fn new(setup: impl FnOnce(Builder<Client>) -> Builder<Client>) -> Self {
        let start = Instant::now();
        let service = Immediate {
            start,
            state: Arc::default(),
        };
        let builder = Builder::new(&SERVICE)
            .credentials(Credentials::new(KEYS[0], KEYS[1]))
            .transport(service.clone())
            .clock(Paused(start))
            .sleep(Paused(start))
            .jitter(Paused(start));
        let client = setup(builder).build().expect("a client");
        Self { client, service }
    }

    pub(crate) fn limited(limits: RateLimits) -> Self {
        Self::new(|builder| builder.rate_limit(limits))
    }

    /// Answers with these next.
    pub(crate) fn answer(&self, script: impl IntoIterator<Item = Response>) {
        self.service
            .state
            .lock()
            .expect("no panic")
            .script
            .extend(script);
    }

    pub(crate) fn clone_client(&self) -> Client {
        self.client.clone()
    }

    /// So many calls at once, all of which succeed.
    pub(crate) async fn calls<O: Operation>(&self, number: usize) {
        calls::<O>(&self.client, number).await;
    }

    pub(crate) fn spawn_named<O: Operation + From<i64>>(
        &self,
        name: i64,
    ) -> JoinHandle<Result<()>> {
        let client = self.client.clone();
        tokio::spawn(async move { client.call(O::from(name)).await.map(drop) })
    }

    pub(crate) async fn call_within<O: Operation>(&self, timeout: Duration) -> Result<()> {
        let call = self.client.call(O::blank()).timeout(timeout);
        call.await.map(drop)
    }

    pub(crate) async fn call_with<O: Operation>(&self, policy: RetryPolicy) -> Result<()> {
        self.client.call(O::blank()).retry(policy).await.map(drop)
    }

    /// When each attempt began, in milliseconds since the start.
    pub(crate) fn begun(&self) -> Vec<u128> {
        let state = self.service.state.lock().expect("no panic");
        state.begun.iter().map(|(time, _)| *time).collect()
    }

    /// The names of the requests, in their order.
    pub(crate) fn names(&self) -> Vec<i64> {
        let state = self.service.state.lock().expect("no panic");
        state.begun.iter().map(|(_, name)| *name).collect()
    }

    /// The IDs of the keys that the requests were signed with, in their order.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.service.state.lock().expect("no panic").keys.clone()
    }

    /// Milliseconds since the start.
    pub(crate) fn now(&self) -> u128 {
        self.service.start.elapsed().as_millis()
    }
}

impl<const LIMIT: u32> From<i64> for Limited<LIMIT> {
    fn from(name: i64) -> Self {
        Self(name)
    }
}

/// So many calls of a client at once, all of which succeed.
pub(crate) async fn calls<O: Operation>(client: &Client, number: usize) {
    let calls: Vec<_> = (0..number)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.call(O::blank()).await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
}

/// The most that began within any one second.
pub(crate) fn most_in_a_second(begun: &[u128]) -> usize {
    let from = |start: u128| {
        begun
            .iter()
            .filter(move |time| (start..start + 1000).contains(time))
    };
    begun
        .iter()
        .map(|start| from(*start).count())
        .max()
        .unwrap_or_default()
}
