//! How calls are made, and with what.

use std::sync::Arc;
use std::time::Duration;

use alibabacloud_runtime::clock::Sleep;
use alibabacloud_runtime::credentials::ProvideCredentials;
use alibabacloud_runtime::retry::Jitter;
use alibabacloud_runtime::{BoxFuture, Builder, Client, Credentials, Result, RetryPolicy};
use cams_tests::act::SERVICE;
use serde_json::Value;

use crate::door::Door;
use crate::operation::Carry;
use crate::script::Case;
use crate::server::{State, key_id};
use crate::truth::ATTEMPTS;

/// A way to make the call of a case. Each of them goes through the same faults.
pub(crate) type Way = fn(Client, Case) -> BoxFuture<'static, Result<Value>>;

/// Awaits it.
pub(crate) fn awaiting(client: Client, case: Case) -> BoxFuture<'static, Result<Value>> {
    Box::pin(async move {
        let (id, load) = (case.id(), "x".repeat(case.load));
        match (case.read, case.idempotent) {
            (true, None) => client.call(Carry::<true> { id, load }).await,
            (true, Some(said)) => {
                client
                    .call(Carry::<true> { id, load })
                    .idempotent(said)
                    .await
            }
            (false, None) => client.call(Carry::<false> { id, load }).await,
            (false, Some(said)) => {
                client
                    .call(Carry::<false> { id, load })
                    .idempotent(said)
                    .await
            }
        }
    })
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
    Builder::<Client>::new(&SERVICE)
        .credentials(Rotated(Arc::clone(state)))
        .endpoint(url)
        .allow_http(true)
        .read_timeout(patience)
        .max_response_bytes(crate::actions::FLOOD / 2)
        .retry(policy)
        .sleep(NoSleep(door.cloned()))
        .jitter(Longest)
        .build()
        .expect("a client")
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
