//! A walk through a listing: gives calls, takes their answers.
//!
//! It waits for nothing itself. Whoever does, asks for [a call](Walk::next), makes it in any way, and
//! [hands its answer in](Walk::take), until there is no further call.

use std::mem;

use super::cursor::{Cursor, Next, Page, integer};
use super::{Paginated, Pagination};
use crate::call::Options;
use crate::retry::Answered;
use crate::{Client, Error, Result, RetryClass, attempt, call};

/// A request, and how far its listing has been read.
pub(super) struct Walk<O> {
    client: Client,
    request: O,
    options: Options,
    state: State,
}

enum State {
    Begin,
    /// The request says which page is next.
    Ask(Cursor),
    Fail(Error),
    /// The end, or a call is under way: its cursor is with it.
    End,
}

impl<O: Paginated> Walk<O> {
    pub(super) fn new(client: Client, request: O, options: Options) -> Self {
        Self {
            client,
            request,
            options,
            state: State::Begin,
        }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn timeout(&self) -> Option<std::time::Duration> {
        self.options.timeout
    }

    /// The call for the next page, and the cursor that its answer is to be handed in with; none at
    /// the end.
    pub(super) fn next(&mut self) -> Option<Result<(Cursor, attempt::Call)>> {
        let cursor = match mem::replace(&mut self.state, State::End) {
            State::Begin => self.begin(),
            State::Ask(cursor) => Ok(cursor),
            State::Fail(error) => Err(error),
            State::End => return None,
        };
        let call = |cursor| {
            (
                cursor,
                call::untyped(self.client.inner(), &self.request, self.options.clone()),
            )
        };
        Some(cursor.map(call).map_err(|error| self.told(error)))
    }

    /// Takes the answer to a call, and gives back a page that is good.
    pub(super) fn take(
        &mut self,
        mut cursor: Cursor,
        answer: Result<Answered>,
    ) -> Result<O::Response> {
        let mut response = call::decoded::<O>(self.client.inner(), self.class(), answer?)?;
        // Taken out while the rest is looked at, and put back.
        let items = O::items(&mut response).map(mem::take).unwrap_or_default();
        let mark = match O::PAGINATION {
            Pagination::Page(_) => O::total(&response),
            Pagination::Token(_) => O::next_token(&response),
        };
        let page = Page {
            items: &items,
            length: items.len(),
            mark,
        };
        let next = cursor.take(&page, self.request.position());
        self.state = match next {
            Ok(Next::Ask) => State::Ask(cursor),
            Ok(Next::End) => State::End,
            Ok(Next::Fail(error)) => State::Fail(error),
            Err(error) => return Err(self.told(error)),
        };
        if let Some(place) = O::items(&mut response) {
            *place = items;
        }
        Ok(response)
    }

    fn begin(&mut self) -> Result<Cursor> {
        // Before the position is asked for: that may make what holds the size.
        let size = self.request.size().and_then(integer);
        Cursor::begin(O::PAGINATION, size, self.request.position())
    }

    fn told(&self, error: Error) -> Error {
        let host = self.client.inner().endpoint.authority();
        error.during(O::ACTION, self.class(), host)
    }

    fn class(&self) -> RetryClass {
        self.options.class.unwrap_or(O::RETRY)
    }
}
