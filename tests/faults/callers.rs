//! How calls are made, and with what.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use alibabacloud_runtime::clock::Sleep;
use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::retry::Jitter;
use alibabacloud_runtime::transport::Certificate;
use alibabacloud_runtime::{
    BoxFuture, Builder, Call, Client, Credentials, Operation, Result, RetryPolicy,
};
use cams_tests::act::SERVICE;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::door::Door;
use crate::handshake::authority;
use crate::operation::Carry;
use crate::script::Case;
use crate::server::{State, key_id};
use crate::truth::ATTEMPTS;

/// A way to make the call of a case. Each of them goes through the same faults.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// The test that makes calls so.
    pub(crate) test: &'static str,
    pub(crate) make: fn(Client, Case) -> BoxFuture<'static, Result<Value>>,
    pub(crate) over_tls: bool,
    /// Whether a call can be given up.
    pub(crate) can_give_up: bool,
}

/// Awaits it.
pub(crate) fn awaiting(client: Client, case: Case) -> BoxFuture<'static, Result<Value>> {
    Box::pin(async move {
        let (id, load) = (case.id(), load(&case));
        if case.read {
            said(client.call(Carry::<true> { id, load }), &case).await
        } else {
            said(client.call(Carry::<false> { id, load }), &case).await
        }
    })
}

/// Makes it on a thread of its own, which it blocks. There is no async runtime on it.
pub(crate) fn blocking(client: Client, case: Case) -> BoxFuture<'static, Result<Value>> {
    let (sender, ended) = oneshot::channel();
    thread::spawn(move || {
        let (id, load) = (case.id(), load(&case));
        let outcome = if case.read {
            said(client.call(Carry::<true> { id, load }), &case).send_blocking()
        } else {
            said(client.call(Carry::<false> { id, load }), &case).send_blocking()
        };
        drop(client);
        sender.send(outcome).expect("somebody who waits");
    });
    Box::pin(async { ended.await.expect("no panic") })
}

fn load(case: &Case) -> String {
    "x".repeat(case.load)
}

/// With what the caller says about it.
fn said<'a, O: Operation>(call: Call<'a, O>, case: &Case) -> Call<'a, O> {
    match case.idempotent {
        None => call,
        Some(said) => call.idempotent(said),
    }
}

/// A client of this server; with a door, for the one call that goes through it. It has patience
/// with a busy machine, unless its call is one that waits in vain.
pub(crate) fn client(
    url: &str,
    state: &Arc<State>,
    door: Option<&Arc<Door>>,
    patient: bool,
) -> Client {
    let patience = if patient { 30_000 } else { 700 };
    let patience = Duration::from_millis(patience);
    let policy = RetryPolicy::default()
        .max_attempts(u32::try_from(ATTEMPTS).expect("few"))
        // Ends an answer that drips.
        .attempt_timeout(patience * 2);
    let mut builder = Builder::<Client>::new(&SERVICE)
        .credentials(Rotated(Arc::clone(state)))
        .endpoint(url)
        .allow_http(true)
        // Shorter: the library counts the other one from here on, too.
        .connect_timeout(patience * 2 / 3)
        .read_timeout(patience)
        .max_response_bytes(crate::actions::FLOOD / 2)
        .retry(policy)
        .sleep(NoSleep(door.cloned()))
        .jitter(Longest);
    if state.tls.is_some() {
        builder = builder.add_root_certificate(Certificate::from_pem(authority()));
    }
    builder.build().expect("a client")
}

/// The keys that the server takes now.
#[derive(Debug)]
struct Rotated(Arc<State>);

impl ProvideCredentials for Rotated {
    fn name(&self) -> &str {
        "rotated"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        let keys = Credentials::new(key_id(self.0.generation()), "testsecret");
        Box::pin(async { Ok(keys) })
    }
}

/// Doesn't wait; tells the door that another attempt begins.
#[derive(Debug)]
struct NoSleep(Option<Arc<Door>>);

impl Sleep for NoSleep {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {
            if let Some(door) = &self.0 {
                door.next_attempt();
            }
        })
    }
}

/// No wait is none by chance: each attempt is told to the door.
#[derive(Debug)]
struct Longest;

impl Jitter for Longest {
    fn up_to(&self, most: Duration) -> Duration {
        most
    }
}
