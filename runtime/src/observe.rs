//! Looking at calls from outside: hooks for metrics of your own, and spans for `tracing`.
//!
//! [`Observe`] is told when an attempt begins and ends, when a call is going to be repeated, when it has
//! ended, and when keys were renewed. Give one to [`Builder::observe`](crate::Builder::observe):
//!
//! ```
//! use std::collections::BTreeMap;
//! use std::sync::{Arc, Mutex};
//!
//! use alibabacloud_runtime::observe::{CallEnded, Observe, Outcome};
//!
//! /// Counts calls by operation and outcome.
//! #[derive(Debug, Default)]
//! struct Counts(Mutex<BTreeMap<(&'static str, Outcome), u64>>);
//!
//! impl Observe for Counts {
//!     fn call_ended(&self, ended: &CallEnded<'_>) {
//!         let mut counts = self.0.lock().expect("no panic");
//!         *counts.entry((ended.call.operation, ended.outcome)).or_default() += 1;
//!     }
//! }
//!
//! # fn example(service: &'static alibabacloud_runtime::Service) -> alibabacloud_runtime::Result<()> {
//! let counts = Arc::new(Counts::default());
//! # use alibabacloud_runtime::{Builder, Client};
//! let client: Client = Builder::new(service).observe(Arc::clone(&counts)).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! What it is told has no parameter, body, header or key in it: the operation, what came of it, the
//! service's code, the request ID, numbers and times. Times are the client's
//! [clock](crate::Builder::clock)'s. A client that nobody observes asks for no time and does none of
//! this.
//!
//! # Spans
//!
//! With the feature `tracing`, the same goes to [tracing](https://docs.rs/tracing), under the target
//! `alibabacloud_runtime` and, where OpenTelemetry has conventions, under their names:
//!
//! | | level | fields |
//! |---|---|---|
//! | span `call` | info | `otel.name`, `otel.kind`, `rpc.system`, `rpc.service`, `rpc.method`, `server.address`, `server.port`, `alibabacloud.api_version`; at its end `outcome`, `error.type`, `otel.status_code`, `http.response.status_code`, `alibabacloud.code`, `alibabacloud.request_id`, `alibabacloud.attempts`, `latency_ms` |
//! | span `attempt`, within it | debug | `otel.name`, `otel.kind`, `http.request.method`, `http.request.resend_count` from the second on, `alibabacloud.attempt`; at its end as above |
//! | event, that a call is repeated | debug | `alibabacloud.attempt`, `reason`, `alibabacloud.code`, `wait_ms` |
//! | event, that keys were renewed | debug | `alibabacloud.credentials_provider`, `latency_ms` |
//! | event, that they couldn't be | warn | the same |
//!
//! `outcome` and `reason` are [`Outcome`]s; `error.type` is the service's code where it gave one, else the
//! outcome. The transport works inside the span of its attempt, so what it traces itself is found there.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::{Error, RetryClass};

mod observers;
mod outcome;
#[cfg_attr(not(feature = "tracing"), path = "observe/no_spans.rs")]
mod spans;
mod watch;

pub(crate) use observers::Observers;
pub use outcome::Outcome;
pub(crate) use watch::{Ending, Watch};

/// Is told what happens in a client's calls.
///
/// A hook runs where the call runs, which waits for it: it should take note and return, and neither
/// block nor call. Calls run side by side, so hooks do too. A panic in a hook is caught, and the call
/// goes on; what prints panics prints it.
///
/// Every hook does nothing unless it is implemented, and more may be added.
pub trait Observe: fmt::Debug + Send + Sync {
    /// An attempt begins: keys are asked for, its turn by the rate limit is waited for, then it is
    /// signed and sent.
    fn attempt_started(&self, _started: &AttemptStarted<'_>) {}

    /// An attempt has ended, in whatever way; every one that began.
    fn attempt_ended(&self, _ended: &AttemptEnded<'_>) {}

    /// An attempt has failed, and another one follows after a wait.
    fn retry_scheduled(&self, _retry: &RetryScheduled<'_>) {}

    /// A call has ended, in whatever way; every one that was begun. Each page of a listing is a call.
    fn call_ended(&self, _ended: &CallEnded<'_>) {}

    /// A source of keys that [keeps them](crate::credentials::Cached) was asked for new ones. This
    /// is about the client's default chain; other sources
    /// [take observers themselves](crate::credentials::Cached::observe).
    fn keys_renewed(&self, _renewed: &KeysRenewed<'_>) {}
}

impl<T: Observe + ?Sized> Observe for Arc<T> {
    fn attempt_started(&self, started: &AttemptStarted<'_>) {
        (**self).attempt_started(started);
    }

    fn attempt_ended(&self, ended: &AttemptEnded<'_>) {
        (**self).attempt_ended(ended);
    }

    fn retry_scheduled(&self, retry: &RetryScheduled<'_>) {
        (**self).retry_scheduled(retry);
    }

    fn call_ended(&self, ended: &CallEnded<'_>) {
        (**self).call_ended(ended);
    }

    fn keys_renewed(&self, renewed: &KeysRenewed<'_>) {
        (**self).keys_renewed(renewed);
    }
}

/// Which call it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo<'a> {
    /// Product code of the service, as in `Ecs`.
    pub product: &'static str,
    /// Version of its API.
    pub version: &'static str,
    /// The operation's name on the wire.
    pub operation: &'static str,
    /// What the call may be repeated after.
    pub class: RetryClass,
    /// The host that is called, with its port where it isn't the usual one.
    pub endpoint: &'a str,
}

/// An attempt that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttemptStarted<'a> {
    /// The call.
    pub call: CallInfo<'a>,
    /// Its number within the call, from 1.
    pub attempt: u32,
}

/// An attempt that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttemptEnded<'a> {
    /// The call.
    pub call: CallInfo<'a>,
    /// Its number within the call, from 1.
    pub attempt: u32,
    /// What came of it. Whether its answer fits the response type shows in the call's outcome.
    pub outcome: Outcome,
    /// The HTTP status, if an answer at least began.
    pub status: Option<u16>,
    /// The service's error code, from an open set.
    pub code: Option<&'a str>,
    /// The ID under which the service's support finds the request.
    pub request_id: Option<&'a str>,
    /// How long it took, with the time for keys and for its turn.
    pub latency: Duration,
}

/// A repetition that is going to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryScheduled<'a> {
    /// The call.
    pub call: CallInfo<'a>,
    /// The number of the attempt that has failed, from 1.
    pub attempt: u32,
    /// What came of that attempt, which is why there is another one.
    pub reason: Outcome,
    /// The service's error code, from an open set.
    pub code: Option<&'a str>,
    /// How long the client waits before the next attempt.
    pub wait: Duration,
}

/// A call that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallEnded<'a> {
    /// The call.
    pub call: CallInfo<'a>,
    /// How many attempts there were; 0 where there was nothing to attempt.
    pub attempts: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// The HTTP status of the last attempt, if an answer at least began.
    pub status: Option<u16>,
    /// The service's error code, from an open set.
    pub code: Option<&'a str>,
    /// The ID under which the service's support finds the last request.
    pub request_id: Option<&'a str>,
    /// How long it took, with all attempts and waits.
    pub latency: Duration,
}

/// That a source was asked for new keys.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KeysRenewed<'a> {
    /// The [name](crate::credentials::ProvideCredentials::name) of the source.
    pub provider: &'a str,
    /// Why there are no new ones, if there aren't; old ones serve until they end.
    pub error: Option<&'a Error>,
    /// How long it took.
    pub latency: Duration,
}
