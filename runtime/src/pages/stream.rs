//! The streams that a caller reads.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::Paginated;
use super::cursor::Cursor;
use super::walk::Walk;
use crate::call::Options;
use crate::retry::Answered;
use crate::{BoxFuture, Client, Result, attempt};

/// The pages of a listing, as whole answers: what [`Call::pages`](crate::Call::pages) gives.
///
/// ```text
/// let mut pages = client.list_things(request).pages();
/// while let Some(page) = pages.next().await {
///     let page = page?;
/// }
/// ```
///
/// Nothing is sent before the first page is asked for, and no page before it is asked for. It is also
/// a [`Stream`].
///
/// # Where it begins and ends
///
/// It begins with the page that the request names, by its number or its token, and otherwise with
/// the first. Every answer is handed out, the empty one included that may be the last.
///
/// Where pages have numbers, it ends with an empty page, or once as many entries have come as the
/// answers say there are. If it began in the middle, the pages before are taken to be as long as
/// the request wants them; where it doesn't say, only an empty page ends it. Where pages have
/// tokens, it ends with the page that gives none.
///
/// # Errors
///
/// After an error it is at its end. Beside those of a call, there are these:
///
/// - The request begins with a page that has no number, or one below 1: nothing is sent.
/// - The service gives a page or a token again that it has given before, so that there would be no
///   end ([`Error::is_pagination`](crate::Error::is_pagination)). An
///   [extra parameter](crate::Call::query) that replaces the page's number has the same effect. A
///   listing that grows while it is read may repeat a page, too, the more so the shorter its pages.
/// - The next page's number doesn't fit into the request.
///
/// The pages before an error are good. Each page is a call, which is repeated as
/// [other calls](crate::RetryPolicy) are; to go on after an error, keep the number or token of the last
/// page.
#[must_use = "a stream does nothing until its pages are asked for"]
pub struct Pages<O: Paginated> {
    walk: Walk<O>,
    /// The call under way.
    flight: Option<(Cursor, BoxFuture<'static, Result<Answered>>)>,
}

/// The entries of a listing, from page to page: what [`Call::items`](crate::Call::items) gives.
///
/// ```text
/// let mut things = client.list_things(request).items();
/// while let Some(thing) = things.next().await {
///     let thing = thing?;
/// }
/// ```
///
/// It begins, ends and fails as [`Pages`] do; all entries of the pages before an error come before
/// it. A page is asked for once all entries of the one before are taken. It is also a [`Stream`].
#[must_use = "a stream does nothing until its entries are asked for"]
pub struct Items<O: Paginated> {
    pages: Pages<O>,
    /// What is left of the page.
    items: vec::IntoIter<O::Item>,
}

impl<O: Paginated> Pages<O> {
    pub(crate) fn new(client: Client, request: O, options: Options) -> Self {
        Self {
            walk: Walk::new(client, request, options),
            flight: None,
        }
    }

    /// The next page; `None` at the end.
    ///
    /// Dropping the future of this loses nothing: the call goes on with the next one. Dropping the
    /// stream gives it up.
    pub async fn next(&mut self) -> Option<Result<O::Response>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Response>>> {
        let (cursor, mut flight) = match self.flight.take() {
            Some(flight) => flight,
            None => match self.walk.next() {
                Some(Ok((cursor, call))) => (cursor, fly(self.walk.client().clone(), call)),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            },
        };
        match flight.as_mut().poll(context) {
            Poll::Ready(answer) => Poll::Ready(Some(self.walk.take(cursor, answer))),
            Poll::Pending => {
                self.flight = Some((cursor, flight));
                Poll::Pending
            }
        }
    }
}

/// A call that holds its client.
fn fly(client: Client, call: attempt::Call) -> BoxFuture<'static, Result<Answered>> {
    Box::pin(async move { attempt::call(client.inner(), call).await })
}

impl<O: Paginated> Items<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self {
            pages,
            items: Vec::new().into_iter(),
        }
    }

    /// The next entry; `None` at the end.
    ///
    /// Dropping the future of this loses nothing: the call goes on with the next one. Dropping the
    /// stream gives it up.
    pub async fn next(&mut self) -> Option<Result<O::Item>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(mut page)) => {
                    let items = O::items(&mut page).map(std::mem::take);
                    self.items = items.unwrap_or_default().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paginated> Stream for Pages<O> {
    type Item = Result<O::Response>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<O: Paginated> Stream for Items<O> {
    type Item = Result<O::Item>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.items.len(), None)
    }
}

// Nothing in them is pinned in place: the call under way is on the heap.
impl<O: Paginated> Unpin for Pages<O> {}
impl<O: Paginated> Unpin for Items<O> {}

impl<O: Paginated> fmt::Debug for Pages<O> {
    /// The operation, not its parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::ACTION)
            .field("timeout", &self.walk.timeout())
            .finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    /// The operation and how many entries are at hand, neither parameters nor entries.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &O::ACTION)
            .field("at_hand", &self.items.len())
            .finish_non_exhaustive()
    }
}
