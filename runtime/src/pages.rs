//! Listings that come in pages: what an operation declares of them, and the streams that read them.
//!
//! | room | what it does |
//! |---|---|
//! | `cursor` | decides what to ask next and when to end; knows no types and waits for nothing |
//! | `walk` | holds a request with its cursor; fed with answers, so that any way of waiting fits |
//! | `stream` | the asynchronous streams around it |
//! | `blocking` | the iterators around those |

#[cfg(feature = "blocking")]
mod blocking;
mod cursor;
mod stream;
mod walk;

#[cfg(feature = "blocking")]
pub use blocking::{BlockingItems, BlockingPages};
pub use stream::{Items, Pages};

use crate::Operation;
use crate::model::Value;

/// How the next page of a listing is asked for. Each holds the path of the request's field, for
/// messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pagination {
    /// By its number; the first page is number 1.
    Page(&'static str),
    /// With a token that the page before gave.
    Token(&'static str),
}

/// An operation whose answers are the pages of a listing.
///
/// Generated code implements it, with access to fields and nothing more; what is done with them is
/// in [`Pages`] and [`Items`].
pub trait Paginated: Operation {
    /// What is listed.
    type Item: Value + Send + 'static;

    /// How the next page is asked for.
    const PAGINATION: Pagination;

    /// The field that holds the number or the token; objects on the way to it are made where the
    /// request has none.
    fn position(&mut self) -> &mut dyn Value;

    /// How many entries a page is to have, where the request can say so.
    fn size(&self) -> Option<&dyn Value> {
        None
    }

    /// What a page lists.
    fn items(response: &mut Self::Response) -> Option<&mut Vec<Self::Item>>;

    /// How many entries all pages have, where answers tell.
    fn total(response: &Self::Response) -> Option<&dyn Value> {
        let _ = response;
        None
    }

    /// The token of the next page, where there is one.
    fn next_token(response: &Self::Response) -> Option<&dyn Value> {
        let _ = response;
        None
    }
}
