//! Making a call: what stays the same from attempt to attempt, the attempts, and one of them.
//!
//! An attempt signs for itself, with keys, date and nonce of its own, so that whatever repeats
//! attempts repeats none of these. Only asking for keys, the rate limit, sending and the time between
//! attempts take waiting.

use std::pin::pin;
use std::time::Duration;

use crate::client::Inner;
use crate::error::Missed;
use crate::observe::Watch;
use crate::retry::{Answered, Retries, Terms};
use crate::transport::{Response, TransportError};
use crate::{BoxFuture, Error, Result, RetryClass, RetryPolicy, envelope};

mod keys;
mod outgoing;
mod signed;

use keys::Keys;
pub(crate) use outgoing::{Operation, Outgoing};
use signed::signed;

/// A call as it was asked for, without its types.
pub(crate) struct Call {
    pub(crate) action: &'static str,
    pub(crate) class: RetryClass,
    /// None is the client's.
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) outgoing: Result<Outgoing>,
}

/// Makes a call, and gives back an answer that reports success.
///
/// On the heap, so that the many futures that wait for this one are small.
pub(crate) fn call(client: &Inner, call: Call) -> BoxFuture<'_, Result<Answered>> {
    let (action, class) = (call.action, call.class);
    let during = move |error: Error| error.during(action, class, client.endpoint.authority());
    let outgoing = match call.outgoing {
        Ok(outgoing) => outgoing,
        Err(error) => {
            let told = async move { Watch::new(client, action, class).ended(Err(during(error))) };
            return Box::pin(told);
        }
    };
    let (policy, timeout) = (call.retry, call.timeout);
    Box::pin(async move {
        let watch = Watch::new(client, action, class);
        let outcome = {
            // Pinned and lent: handed on, it would have a place in each that it goes through.
            let retries = || Retries::new(client, policy.as_ref(), class, timeout);
            let attempts = pin!(attempts(client, &outgoing, retries, &watch));
            watch.within(attempts).await
        };
        watch.ended(outcome.map_err(during))
    })
}

async fn attempts<'a>(
    client: &Inner,
    outgoing: &Outgoing,
    retries: impl FnOnce() -> Result<Retries<'a>>,
    watch: &Watch<'_>,
) -> Result<Answered> {
    let mut retries = retries()?;
    let mut keys = Keys::new(client);
    loop {
        retries.begin();
        let error = {
            let attempt = pin!(attempt(client, outgoing, &mut keys, retries.terms()));
            match watch.attempt(attempt).await {
                Ok(answer) => return Ok(retries.succeeded(answer)),
                Err(error) => error,
            }
        };
        // Later calls gain from it, even if this one ends.
        let renewed = if keys.refused_by(&error) && retries.may_go_on() {
            keys.renew(retries.terms().deadline).await
        } else {
            Ok(false)
        };
        let wait = match renewed {
            Ok(renewed) => retries.failed(error, renewed)?,
            Err(why) => retries.failed(error.with_source(why), false)?,
        };
        watch.retrying(retries.last(), wait);
        if let Some(timer) = client.sleep.as_ref().filter(|_| !wait.is_zero()) {
            timer.sleep(wait).await;
        }
    }
}

async fn attempt(
    client: &Inner,
    outgoing: &Outgoing,
    keys: &mut Keys<'_>,
    terms: &Terms,
) -> Result<Response> {
    // Before its turn: calls that waited for keys after it would begin together.
    let mut given = keys.get(terms.deadline).await?;
    if turn(client, outgoing, terms).await? && given.have_ended(client.clock.now()) {
        given = keys.get(terms.deadline).await?;
    }
    let request = signed(client, outgoing, &given, terms)?;
    let outcome = conclude(client.transport.send(request).await);
    if let (Err(error), Some(queue)) = (&outcome, &outgoing.queue)
        && error.is_throttled()
        && let Some(wait) = error.retry_after()
        && wait <= client.retry.max_retry_after
    {
        queue.pause(&*client.clock, wait);
    }
    outcome
}

/// Waits until the rate limit lets an attempt begin, and says whether there is one.
async fn turn(client: &Inner, outgoing: &Outgoing, terms: &Terms) -> Result<bool> {
    let (Some(queue), Some(sleep)) = (&outgoing.queue, &client.sleep) else {
        return Ok(false);
    };
    // On the heap: most clients have no limit, and would carry the place for it.
    let turn = Box::pin(queue.turn(&*client.clock, &**sleep, terms.deadline));
    turn.await
        .map(|()| true)
        .map_err(|wait| Error::out_of_time(Missed::Turn(wait)))
}

/// Says what came of an attempt.
fn conclude(outcome: std::result::Result<Response, TransportError>) -> Result<Response> {
    outcome.map_err(Error::transport).and_then(envelope::check)
}
