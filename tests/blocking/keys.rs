//! Keys for calls that block: over the network, kept, and renewed once for all who wait.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use alibabacloud_cams::{Client, RetryPolicy};
use alibabacloud_runtime::credentials::{Cached, Credentials, ProvideCredentials};
use alibabacloud_runtime::{BoxFuture, Result};
use cams_tests::client::{OK, bounded, request};
use cams_tests::server::{Answer, Server};
use tokio::sync::Notify;

use crate::home::{Home, LATER, TestClock, issued};

/// As long as a test waits for another thread.
const PATIENCE: Duration = Duration::from_secs(20);

fn client(server: &Server, keys: impl ProvideCredentials + 'static) -> Client {
    let builder = Client::builder().credentials(keys).endpoint(server.url());
    let builder = builder.allow_http(true).retry(RetryPolicy::off());
    builder.build().expect("a client")
}

/// The access key ID that a request was signed with.
fn signed_by(server: &Server, request: usize) -> String {
    let requests = server.requests();
    let header = requests[request]
        .header("authorization")
        .expect("a signature");
    let (_, rest) = header.split_once("Credential=").expect("a key");
    rest.split(',').next().unwrap_or_default().to_owned()
}

fn metadata() -> Server {
    let text = |text: &str| Answer::new(200, &[], text);
    let script = [text("tok"), text("sender"), text(&issued("a", LATER))];
    Server::start(script)
}

fn instance(home: &Home, metadata: &Server) -> Cached {
    let providers = home.providers().metadata_endpoint(metadata.url());
    providers.ecs_role(None).expect("it isn't switched off")
}

#[test]
fn the_role_of_an_instance_is_asked_for_without_an_async_runtime() {
    let metadata = metadata();
    let home = Home::new().without("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    let server = Server::start(vec![Answer::json(200, OK); 2]);
    let client = client(&server, instance(&home, &metadata));
    for _ in 0..2 {
        let call = client.delete_chat_group(request());
        call.send_blocking().expect("an answer");
    }
    assert_eq!(signed_by(&server, 1), "a");
    let asked = metadata.requests();
    let methods: Vec<_> = asked.iter().map(|request| &*request.method).collect();
    assert_eq!(methods, ["PUT", "GET", "GET"]);
    assert_eq!(asked[1].header("content-length").unwrap_or("0"), "0");
}

#[test]
fn a_role_is_assumed_with_the_keys_of_a_profile() {
    let body = format!(r#"{{"Credentials": {}}}"#, issued("role", LATER));
    let sts = Server::start([Answer::json(200, body)]);
    let home = Home::new();
    home.config(
        r#"{"profiles": [{"name": "default", "mode": "AK", "access_key_id": "base",
        "access_key_secret": "s"}]}"#,
    );
    let providers = home.providers().sts_endpoint(sts.url());
    let role = alibabacloud_runtime::credentials::Role::new("acs:ram::1:role/r");
    let role = providers.assume_role(providers.cli_profile(None), role);
    let server = Server::start([Answer::json(200, OK)]);
    let client = client(&server, role.expect("a role"));
    let call = client.delete_chat_group(request());
    call.send_blocking().expect("an answer");
    assert_eq!(
        (signed_by(&sts, 0), signed_by(&server, 0)),
        ("base".into(), "role".into())
    );
}

/// Outside of a Tokio runtime, where the other library can't be used, a thread of its own asks.
#[test]
fn who_awaits_in_another_runtime_has_keys_from_the_network_too() {
    let metadata = metadata();
    let home = Home::new().without("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    let source = instance(&home, &metadata);
    let mut future = Box::pin(source.provide());
    let (sender, woken) = mpsc::channel();
    let waker = Arc::new(Notifies(Mutex::new(sender))).into();
    let mut context = std::task::Context::from_waker(&waker);
    let given = loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(given) => break given,
            std::task::Poll::Pending => woken.recv_timeout(PATIENCE).expect("a wake-up"),
        }
    };
    assert_eq!(given.expect("keys").access_key_id(), "a");
}

struct Notifies(Mutex<Sender<()>>);

impl std::task::Wake for Notifies {
    fn wake(self: Arc<Self>) {
        // Nobody waits any longer.
        let _ = self.0.lock().expect("no panic").send(());
    }
}

/// A source that gives keys of an hour once it is let, and tells when it is asked.
#[derive(Clone, Debug)]
struct Gate {
    clock: TestClock,
    count: Arc<AtomicUsize>,
    asked: Sender<String>,
    open: Arc<Mutex<Receiver<()>>>,
}

impl Gate {
    fn new() -> (Self, Sender<()>, Receiver<String>) {
        let (asked, was_asked) = mpsc::channel();
        let (opens, open) = mpsc::channel();
        let gate = Self {
            clock: TestClock::default(),
            count: Arc::default(),
            asked,
            open: Arc::new(Mutex::new(open)),
        };
        (gate, opens, was_asked)
    }

    fn cached(&self) -> Cached {
        Cached::with_clock(self.clone(), self.clock.clone())
    }
}

impl ProvideCredentials for Gate {
    fn name(&self) -> &str {
        "gate"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async {
            let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
            let thread = thread::current().name().unwrap_or_default().to_owned();
            self.asked.send(thread).expect("the test goes on");
            let open = self.open.lock().expect("no panic");
            open.recv_timeout(PATIENCE).expect("it is let");
            let keys = Credentials::new(format!("id-{number}"), "s");
            Ok(keys.with_expiry(self.clock.after(60)))
        })
    }
}

#[test]
fn threads_that_share_a_client_ask_for_keys_once() {
    const THREADS: usize = 8;
    let (gate, opens, was_asked) = Gate::new();
    let server = Server::start(vec![Answer::json(200, OK); 2 * THREADS]);
    let client = client(&server, gate.cached());
    for round in 1..=2 {
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    let call = client.delete_chat_group(request());
                    call.send_blocking().expect("an answer");
                });
            }
            was_asked.recv_timeout(PATIENCE).expect("asked");
            opens.send(()).expect("it waits");
        });
        assert_eq!(gate.count.load(Ordering::SeqCst), round);
        // To where callers wait for new keys.
        gate.clock.forward(58);
    }
    assert_eq!(signed_by(&server, 2 * THREADS - 1), "id-2");
}

#[test]
fn shortly_before_their_end_keys_are_renewed_on_a_thread_and_nobody_waits() {
    let (gate, opens, was_asked) = Gate::new();
    let server = Server::start(vec![Answer::json(200, OK); 1000]);
    let client = client(&server, gate.cached());
    let call = || client.delete_chat_group(request()).send_blocking();
    opens.send(()).expect("it isn't dropped");
    call().expect("an answer");
    was_asked.recv_timeout(PATIENCE).expect("asked");

    gate.clock.forward(50);
    call().expect("an answer");
    assert_eq!(
        was_asked.recv_timeout(PATIENCE).expect("asked"),
        "credentials"
    );
    call().expect("an answer");
    for request in 0..3 {
        assert_eq!(signed_by(&server, request), "id-1");
    }
    opens.send(()).expect("it waits");
    let renewed = (3..1000).any(|request| {
        call().expect("an answer");
        signed_by(&server, request) == "id-2"
    });
    assert!(renewed);
    assert_eq!(gate.count.load(Ordering::SeqCst), 2);
}

/// The wait for keys ends with the call's time, and as soon as there are some.
#[test]
fn the_time_for_a_call_holds_for_its_keys_and_holds_nothing_up() {
    let (gate, opens, was_asked) = Gate::new();
    let server = Server::start([Answer::json(200, OK)]);
    let client = client(&server, gate.cached());
    let call = client
        .delete_chat_group(request())
        .timeout(Duration::from_millis(20));
    let error = call.send_blocking().expect_err("no keys in time");
    assert!(
        error.is_timeout() && !error.may_have_been_carried_out(),
        "{error}"
    );
    assert_eq!(server.requests().len(), 0);

    let (sender, done) = mpsc::channel();
    let calling = client.clone();
    thread::spawn(move || {
        let call = calling
            .delete_chat_group(request())
            .timeout(Duration::from_secs(3600));
        sender
            .send(call.send_blocking().is_ok())
            .expect("the test goes on");
    });
    was_asked.recv_timeout(PATIENCE).expect("asked");
    opens.send(()).expect("it waits");
    assert_eq!(done.recv_timeout(PATIENCE), Ok(true));
    assert_eq!(gate.count.load(Ordering::SeqCst), 1);
}

/// A source whose first answer waits for the runtime, as one over its own library does.
#[derive(Clone, Debug, Default)]
struct Awaited {
    count: Arc<AtomicUsize>,
    lets: Arc<Notify>,
}

impl ProvideCredentials for Awaited {
    fn name(&self) -> &str {
        "awaited"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async {
            let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
            if number == 1 {
                self.lets.notified().await;
            }
            Ok(Credentials::new(format!("id-{number}"), "s"))
        })
    }
}

/// The one thread of the runtime does both: to wait for the other would be to wait for ever.
#[tokio::test]
async fn a_call_that_blocks_does_not_wait_for_one_that_is_awaited() {
    let source = Awaited::default();
    let server = Server::start(vec![Answer::json(200, OK); 3]);
    let client = client(&server, Cached::new(source.clone()));
    let awaiting = tokio::spawn({
        let client = client.clone();
        async move { client.delete_chat_group(request()).await }
    });
    bounded(async {
        while source.count.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let call = || client.delete_chat_group(request()).send_blocking();
    call().expect("an answer");
    assert_eq!(signed_by(&server, 0), "id-2");

    // What the one that was asked first says is as good, and ends its own wait.
    source.lets.notify_one();
    let awaited = bounded(awaiting).await.expect("no panic");
    awaited.expect("an answer");
    assert_eq!(signed_by(&server, 1), "id-1");
    call().expect("an answer");
    assert_eq!(source.count.load(Ordering::SeqCst), 2);
}
