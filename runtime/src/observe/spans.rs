//! Spans and events of `tracing`. No other file names that crate.
//!
//! Names are OpenTelemetry's where it has any. What comes from the service is cut and escaped, so that
//! an answer can't forge lines in a log.

use std::time::Duration;

use tracing::field::{Empty, display};
use tracing::{Instrument, Span, debug, debug_span, info_span, warn};

use super::{
    AttemptEnded, AttemptStarted, CallEnded, CallInfo, KeysRenewed, Outcome, RetryScheduled,
};
use crate::error::Shown;

/// What all of it is filtered by.
const TARGET: &str = "alibabacloud_runtime";

/// The longest code or request ID that is recorded, in characters.
const LONGEST: usize = 100;

/// The span of a call or an attempt.
#[derive(Clone)]
pub(super) struct Trace(Span);

impl Trace {
    pub(super) fn of_call(call: &CallInfo<'_>) -> Self {
        let (host, port) = split(call.endpoint);
        Self(info_span!(
            target: TARGET,
            "call",
            otel.name = %format_args!("{}/{}", call.product, call.operation),
            otel.kind = "client",
            otel.status_code = Empty,
            rpc.system = "alibabacloud",
            rpc.service = call.product,
            rpc.method = call.operation,
            server.address = host,
            server.port = port,
            alibabacloud.api_version = call.version,
            alibabacloud.attempts = Empty,
            alibabacloud.code = Empty,
            alibabacloud.request_id = Empty,
            http.response.status_code = Empty,
            error.type = Empty,
            outcome = Empty,
            latency_ms = Empty,
        ))
    }

    pub(super) fn of_attempt(&self, started: &AttemptStarted<'_>) -> Self {
        let call = &started.call;
        let resent = Some(started.attempt.saturating_sub(1)).filter(|resent| *resent > 0);
        Self(debug_span!(
            target: TARGET,
            parent: &self.0,
            "attempt",
            otel.name = %format_args!("{}/{} attempt", call.product, call.operation),
            otel.kind = "client",
            otel.status_code = Empty,
            alibabacloud.attempt = started.attempt,
            alibabacloud.code = Empty,
            alibabacloud.request_id = Empty,
            http.request.method = "POST",
            http.request.resend_count = resent,
            http.response.status_code = Empty,
            error.type = Empty,
            outcome = Empty,
            latency_ms = Empty,
        ))
    }

    /// Whether anybody takes it.
    pub(super) fn is_on(&self) -> bool {
        !self.0.is_disabled()
    }

    /// The same future, inside of the span whenever it is polled.
    pub(super) fn within<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future.instrument(self.0.clone())
    }

    pub(super) fn attempt_ended(&self, ended: &AttemptEnded<'_>) {
        self.ended(
            ended.outcome,
            ended.status,
            ended.code,
            ended.request_id,
            ended.latency,
        );
    }

    pub(super) fn call_ended(&self, ended: &CallEnded<'_>) {
        self.0.record("alibabacloud.attempts", ended.attempts);
        self.ended(
            ended.outcome,
            ended.status,
            ended.code,
            ended.request_id,
            ended.latency,
        );
    }

    fn ended(
        &self,
        outcome: Outcome,
        status: Option<u16>,
        code: Option<&str>,
        request_id: Option<&str>,
        latency: Duration,
    ) {
        let span = &self.0;
        span.record("outcome", outcome.as_str());
        span.record("latency_ms", millis(latency));
        if let Some(status) = status {
            span.record("http.response.status_code", status);
        }
        if let Some(code) = code {
            span.record("alibabacloud.code", display(Shown(code, LONGEST)));
        }
        if let Some(id) = request_id {
            span.record("alibabacloud.request_id", display(Shown(id, LONGEST)));
        }
        if outcome == Outcome::Success {
            span.record("otel.status_code", "OK");
            return;
        }
        span.record("otel.status_code", "ERROR");
        match code.filter(|_| matches!(outcome, Outcome::ServiceError | Outcome::Throttled)) {
            Some(code) => span.record("error.type", display(Shown(code, LONGEST))),
            None => span.record("error.type", outcome.as_str()),
        };
    }

    pub(super) fn retry_scheduled(&self, retry: &RetryScheduled<'_>) {
        debug!(
            target: TARGET,
            parent: &self.0,
            {
                alibabacloud.attempt = retry.attempt,
                reason = retry.reason.as_str(),
                alibabacloud.code = retry.code.map(|code| display(Shown(code, LONGEST))),
                wait_ms = millis(retry.wait),
            },
            "the call is repeated"
        );
    }
}

/// Of the source its name, and nothing of its error, which may say more about a machine than its
/// traces should.
pub(super) fn keys_renewed(renewed: &KeysRenewed<'_>) {
    let (provider, latency) = (renewed.provider, millis(renewed.latency));
    if renewed.error.is_none() {
        debug!(
            target: TARGET,
            { alibabacloud.credentials_provider = provider, latency_ms = latency },
            "keys were renewed"
        );
    } else {
        warn!(
            target: TARGET,
            { alibabacloud.credentials_provider = provider, latency_ms = latency },
            "keys couldn't be renewed"
        );
    }
}

/// Host and port.
fn split(endpoint: &str) -> (&str, Option<u16>) {
    let port = |(host, port): (_, &str)| Some((host, Some(port.parse().ok()?)));
    let split = endpoint.rsplit_once(':').and_then(port);
    split.unwrap_or((endpoint, None))
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
