//! One call and its options.

use std::fmt;
use std::time::Duration;

use crate::attempt::{self, Outgoing};
#[cfg(feature = "blocking")]
use crate::blocking;
use crate::client::Inner;
use crate::retry::Answered;
#[cfg(feature = "blocking")]
use crate::{BlockingItems, BlockingPages};
use crate::{
    BoxFuture, Client, Items, Operation, Pages, Paginated, Result, RetryClass, RetryPolicy,
    envelope,
};

/// A call that is ready to be made: await it, or, with the feature `blocking`, call `send_blocking`.
///
/// ```text
/// let answer = client.some_operation(request).timeout(Duration::from_secs(3)).await?;
/// ```
///
/// Dropping the future gives the call up; a request that is on its way by then may still be carried
/// out.
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<'a, O> {
    client: &'a Client,
    request: O,
    options: Options,
}

/// What a caller may decide about a call, beside its request.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) timeout: Option<Duration>,
    /// None is the client's.
    pub(crate) retry: Option<RetryPolicy>,
    /// None is what the operation says.
    pub(crate) class: Option<RetryClass>,
}

impl<'a, O: Operation> Call<'a, O> {
    pub(crate) fn new(client: &'a Client, request: O) -> Self {
        Self {
            client,
            request,
            options: Options {
                extra: Vec::new(),
                timeout: client.inner().timeout,
                retry: None,
                class: None,
            },
        }
    }

    /// How long the call may take as a whole, with all its attempts and the waits between them.
    /// Default: what the client was built with.
    ///
    /// This holds for the [source of keys](crate::credentials::ProvideCredentials) as well, but where
    /// the client has nothing to wait with (see [`Builder::retry`](crate::Builder::retry)): there, the
    /// call waits for as long as the source takes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Whether and how the call is repeated if it fails. Default: what the client was built with.
    ///
    /// A policy that repeats needs something to wait with; see
    /// [`Builder::retry`](crate::Builder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Says whether it does no harm to carry this request out twice. Default: no harm where the
    /// operation only reads.
    ///
    /// With `true`, a request that sends or changes something is repeated even after failures that
    /// leave open whether it was carried out, such as a timeout: a message may be sent to a person
    /// twice. With `false`, one that reads is repeated only where it surely wasn't carried out.
    /// [`RetryPolicy`] has the whole table.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.options.class = Some(if idempotent {
            RetryClass::Read
        } else {
            RetryClass::Send
        });
        self
    }

    /// Sends a parameter that the request type lacks, or another value for one that it has.
    ///
    /// The name is the one on the wire, the value is sent as it is: JSON where the service expects
    /// JSON. A parameter that the request already sends is replaced, wherever it is sent; others go
    /// into the query.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.extra.push((name.into(), value.into()));
        self
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> Call<'_, O> {
    /// Makes the call on this thread, which waits for its answer. No async runtime is needed.
    ///
    /// ```text
    /// let answer = client.some_operation(request).send_blocking()?;
    /// ```
    ///
    /// Everything else is as if it were awaited: keys, retries, timeouts, errors. It is sent over
    /// [ureq](https://docs.rs/ureq), whose connections all blocking calls of a client and its clones
    /// share, unless the client was given a [transport](crate::Builder::transport). That one has to
    /// do without a Tokio runtime, and so have a [source of keys](crate::credentials::ProvideCredentials)
    /// and a [`sleep`](crate::Builder::sleep) of your own.
    ///
    /// Within an async runtime it works as well, but holds up all that its thread has to do: await
    /// the call there instead.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub fn send_blocking(self) -> Result<O::Response> {
        blocking::drive(self.into_future())
    }
}

#[cfg(feature = "blocking")]
impl<O: Paginated> Call<'_, O> {
    /// Reads a listing entry by entry, as [`items`](Self::items) do, with calls that block.
    pub fn items_blocking(self) -> BlockingItems<O> {
        BlockingItems(self.items())
    }

    /// Reads a listing page by page, as [`pages`](Self::pages) do, with calls that block.
    pub fn pages_blocking(self) -> BlockingPages<O> {
        BlockingPages(self.pages())
    }
}

impl<O: Paginated> Call<'_, O> {
    /// Reads a listing entry by entry, and asks for further pages as they are needed.
    ///
    /// The options of this call hold for every page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }

    /// Reads a listing page by page: whole answers, each with what it says beside its entries.
    ///
    /// The options of this call hold for every page.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), self.request, self.options)
    }
}

/// A call without its types. Its request is written at once, so that nothing of it is copied before.
pub(crate) fn untyped<O: Operation>(
    client: &Inner,
    request: &O,
    options: Options,
) -> attempt::Call {
    let operation = attempt::Operation {
        action: O::ACTION,
        version: O::SERVICE.version,
        rate_limit: O::RATE_LIMIT,
    };
    attempt::Call {
        action: O::ACTION,
        class: options.class.unwrap_or(O::RETRY),
        retry: options.retry,
        timeout: options.timeout,
        outgoing: Outgoing::new(client, operation, request, options.extra),
    }
}

/// The response of an answer that reports success.
pub(crate) fn decoded<O: Operation>(
    client: &Inner,
    class: RetryClass,
    answer: Answered,
) -> Result<O::Response> {
    let decoded = envelope::decode(answer.response).map_err(|error| {
        let error = error.after(answer.attempts, true, None);
        error.during(O::ACTION, class, client.endpoint.authority())
    });
    if let Some(ending) = answer.ending {
        ending.tell(client, O::ACTION, class, decoded.as_ref().err());
    }
    decoded
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Response>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let client = self.client.inner();
        let call = untyped(client, &self.request, self.options);
        let class = call.class;
        Box::pin(async move {
            // What lies in there is compiled once, not once for each of some hundred operations.
            let answer = attempt::call(client, call).await?;
            decoded::<O>(client, class, answer)
        })
    }
}

impl<O: Operation> fmt::Debug for Call<'_, O> {
    /// The operation, not its parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &O::ACTION)
            .field("timeout", &self.options.timeout)
            .finish_non_exhaustive()
    }
}
