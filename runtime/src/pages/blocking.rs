//! The same listings for callers without an async runtime.

use std::fmt;
use std::iter::FusedIterator;

use super::{Items, Pages, Paginated};
use crate::Result;
use crate::blocking::drive;

/// The pages of a listing, as whole answers: what
/// [`Call::pages_blocking`](crate::Call::pages_blocking) gives.
///
/// It begins, ends and fails as [`Pages`] do. Each page is a call that blocks, as
/// [`Call::send_blocking`](crate::Call::send_blocking) does.
#[must_use = "an iterator does nothing until its pages are asked for"]
pub struct BlockingPages<O: Paginated>(pub(crate) Pages<O>);

/// The entries of a listing, from page to page: what
/// [`Call::items_blocking`](crate::Call::items_blocking) gives.
///
/// ```text
/// for thing in client.list_things(request).items_blocking() {
///     let thing = thing?;
/// }
/// ```
///
/// It begins, ends and fails as [`Items`] do. Each page is a call that blocks, as
/// [`Call::send_blocking`](crate::Call::send_blocking) does.
#[must_use = "an iterator does nothing until its entries are asked for"]
pub struct BlockingItems<O: Paginated>(pub(crate) Items<O>);

impl<O: Paginated> Iterator for BlockingPages<O> {
    type Item = Result<O::Response>;

    fn next(&mut self) -> Option<Self::Item> {
        drive(self.0.next())
    }
}

impl<O: Paginated> Iterator for BlockingItems<O> {
    type Item = Result<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        drive(self.0.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        futures_core::Stream::size_hint(&self.0)
    }
}

impl<O: Paginated> FusedIterator for BlockingPages<O> {}
impl<O: Paginated> FusedIterator for BlockingItems<O> {}

impl<O: Paginated> fmt::Debug for BlockingPages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingPages").field(&self.0).finish()
    }
}

impl<O: Paginated> fmt::Debug for BlockingItems<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingItems").field(&self.0).finish()
    }
}
