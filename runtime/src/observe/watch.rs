//! Watching one call: times it, and tells at each of its turns.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::spans::{self, Trace};
use super::{
    AttemptEnded, AttemptStarted, CallEnded, CallInfo, KeysRenewed, Observers, Outcome,
    RetryScheduled,
};
use crate::client::Inner;
use crate::retry::Answered;
use crate::transport::Response;
use crate::{Error, Result, RetryClass, envelope};

/// A call under way. Dropped before it has ended, it tells that the call was given up.
pub(crate) struct Watch<'a> {
    client: &'a Inner,
    operation: &'static str,
    class: RetryClass,
    trace: Trace,
    /// None where nobody looks; then nothing else is done.
    begun: Option<Instant>,
    attempts: AtomicU32,
}

/// The end of a call that was answered: all but whether the answer fits.
pub(crate) struct Ending {
    trace: Trace,
    request_id: Option<String>,
    status: u16,
    attempts: u32,
    latency: Duration,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(client: &'a Inner, operation: &'static str, class: RetryClass) -> Self {
        let trace = Trace::of_call(&info(client, operation, class));
        let watched = trace.is_on() || !client.observers.is_empty();
        Self {
            client,
            operation,
            class,
            trace,
            begun: watched.then(|| client.clock.instant()),
            attempts: AtomicU32::new(0),
        }
    }

    /// What is known of the call beforehand.
    fn call(&self) -> CallInfo<'a> {
        info(self.client, self.operation, self.class)
    }

    /// The attempts of the call, to be found where it is looked for what happens in it.
    pub(crate) fn within<F: Future>(
        &self,
        attempts: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        self.trace.within(attempts)
    }

    /// Makes an attempt.
    pub(crate) async fn attempt(
        &self,
        attempt: impl Future<Output = Result<Response>>,
    ) -> Result<Response> {
        if self.begun.is_none() {
            return attempt.await;
        }
        let under_way = Attempt::begin(self);
        let outcome = under_way.trace.within(attempt).await;
        under_way.end(&outcome);
        outcome
    }

    /// Tells that there is another attempt after this failure.
    pub(crate) fn retrying(&self, error: Option<&Error>, wait: Duration) {
        if self.begun.is_none() {
            return;
        }
        let retry = RetryScheduled {
            call: self.call(),
            attempt: self.attempts.load(Ordering::Relaxed),
            reason: Outcome::of(error),
            code: error.and_then(Error::code),
            wait,
        };
        self.trace.retry_scheduled(&retry);
        let observers = &self.client.observers;
        observers.tell(|observer| observer.retry_scheduled(&retry));
    }

    /// Takes what came of the call. A failure is told now, an answer once it has been
    /// [decoded](Ending::tell).
    pub(crate) fn ended(mut self, outcome: Result<Answered>) -> Result<Answered> {
        let Some(begun) = self.begun.take() else {
            return outcome;
        };
        let latency = since(self.client, begun);
        match outcome {
            Ok(mut answered) => {
                answered.ending = Some(Box::new(Ending {
                    trace: self.trace.clone(),
                    request_id: envelope::request_id_of(&answered.response),
                    status: answered.response.status.as_u16(),
                    attempts: answered.attempts,
                    latency,
                }));
                Ok(answered)
            }
            Err(error) => {
                let ended = failed(self.call(), &error, latency);
                tell_end(self.client, &self.trace, &ended);
                Err(error)
            }
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let Some(begun) = self.begun else {
            return;
        };
        let ended = CallEnded {
            call: self.call(),
            attempts: self.attempts.load(Ordering::Relaxed),
            outcome: Outcome::Cancelled,
            status: None,
            code: None,
            request_id: None,
            latency: since(self.client, begun),
        };
        tell_end(self.client, &self.trace, &ended);
    }
}

impl Ending {
    /// Tells the end of a call whose answer was good, or wasn't what it should be.
    pub(crate) fn tell(
        &self,
        client: &Inner,
        operation: &'static str,
        class: RetryClass,
        error: Option<&Error>,
    ) {
        let call = info(client, operation, class);
        let ended = match error {
            Some(error) => failed(call, error, self.latency),
            None => CallEnded {
                call,
                attempts: self.attempts,
                outcome: Outcome::Success,
                status: Some(self.status),
                code: None,
                request_id: self.request_id.as_deref(),
                latency: self.latency,
            },
        };
        tell_end(client, &self.trace, &ended);
    }
}

/// An attempt under way. Dropped before it has ended, it tells that it was given up.
struct Attempt<'a> {
    watch: &'a Watch<'a>,
    trace: Trace,
    number: u32,
    begun: Instant,
    ended: bool,
}

impl<'a> Attempt<'a> {
    fn begin(watch: &'a Watch<'a>) -> Self {
        let number = watch.attempts.fetch_add(1, Ordering::Relaxed) + 1;
        let started = AttemptStarted {
            call: watch.call(),
            attempt: number,
        };
        let observers = &watch.client.observers;
        observers.tell(|observer| observer.attempt_started(&started));
        Self {
            watch,
            trace: watch.trace.of_attempt(&started),
            number,
            begun: watch.client.clock.instant(),
            ended: false,
        }
    }

    fn end(mut self, outcome: &Result<Response>) {
        self.ended = true;
        let request_id;
        let (error, status, id) = match outcome {
            Ok(answer) => {
                request_id = envelope::request_id_of(answer);
                (None, Some(answer.status.as_u16()), request_id.as_deref())
            }
            Err(error) => (Some(error), error.status(), error.request_id()),
        };
        self.tell(AttemptEnded {
            code: error.and_then(Error::code),
            status,
            request_id: id,
            ..self.given_as(Outcome::of(error))
        });
    }

    /// This attempt, with nothing known of an answer.
    fn given_as(&self, outcome: Outcome) -> AttemptEnded<'a> {
        AttemptEnded {
            call: self.watch.call(),
            attempt: self.number,
            outcome,
            status: None,
            code: None,
            request_id: None,
            latency: since(self.watch.client, self.begun),
        }
    }

    fn tell(&self, ended: AttemptEnded<'_>) {
        self.trace.attempt_ended(&ended);
        let observers = &self.watch.client.observers;
        observers.tell(|observer| observer.attempt_ended(&ended));
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.tell(self.given_as(Outcome::Cancelled));
        }
    }
}

impl Observers {
    /// Tells that a source was asked for keys.
    pub(crate) fn keys_renewed(&self, provider: &str, error: Option<&Error>, latency: Duration) {
        let renewed = KeysRenewed {
            provider,
            error,
            latency,
        };
        spans::keys_renewed(&renewed);
        self.tell(|observer| observer.keys_renewed(&renewed));
    }
}

fn info<'a>(client: &'a Inner, operation: &'static str, class: RetryClass) -> CallInfo<'a> {
    CallInfo {
        product: client.service.product,
        version: client.service.version,
        operation,
        class,
        endpoint: client.endpoint.authority(),
    }
}

fn failed<'a>(call: CallInfo<'a>, error: &'a Error, latency: Duration) -> CallEnded<'a> {
    CallEnded {
        call,
        attempts: error.attempts(),
        outcome: Outcome::of(Some(error)),
        status: error.status(),
        code: error.code(),
        request_id: error.request_id(),
        latency,
    }
}

fn tell_end(client: &Inner, trace: &Trace, ended: &CallEnded<'_>) {
    trace.call_ended(ended);
    client.observers.tell(|observer| observer.call_ended(ended));
}

fn since(client: &Inner, begun: Instant) -> Duration {
    client.clock.instant().saturating_duration_since(begun)
}
