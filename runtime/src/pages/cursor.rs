//! Where a listing has been read to: what to ask next, and when to end.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

use super::Pagination;
use crate::model::{Scalar, Value, View, write_json};
use crate::{Error, Result};

/// The state of reading one listing.
pub(super) struct Cursor {
    position: Position,
    /// Pages that were good.
    pages: u64,
    seen: Seen,
}

enum Position {
    Number {
        field: &'static str,
        /// The number of the page that was asked for.
        number: i64,
        count: Count,
    },
    Token,
}

/// How many entries have been passed, to be compared with the total.
enum Count {
    /// Every page from the first on was counted.
    Counted(u64),
    /// The first pages were skipped, and taken to be as long as was asked for. A service may have
    /// shorter ones, so this may be too many.
    Assumed(u64),
    /// Pages were skipped, and nobody knows how long they are.
    Unknown,
}

/// What comes after a page.
pub(super) enum Next {
    /// Another page: the request says which.
    Ask,
    End,
    /// The page was good, but there is no next one to be had.
    Fail(Error),
}

/// A page as it came, without its types.
pub(super) struct Page<'a> {
    pub(super) items: &'a dyn Value,
    pub(super) length: usize,
    /// The total, or the token of the next page.
    pub(super) mark: Option<&'a dyn Value>,
}

impl Cursor {
    /// Begins where the request says, or else at the first page.
    pub(super) fn begin(
        pagination: Pagination,
        size: Option<i64>,
        place: &mut dyn Value,
    ) -> Result<Self> {
        let mut seen = Seen::default();
        let position = match pagination {
            Pagination::Page(field) => {
                let number = first_number(field, place)?;
                set_number(field, place, number)?;
                let size = size.filter(|size| *size > 0);
                let count = match (number, size) {
                    (1, _) => Count::Counted(0),
                    (_, Some(size)) => {
                        let skipped = number.unsigned_abs() - 1;
                        Count::Assumed(skipped.saturating_mul(size.unsigned_abs()))
                    }
                    (_, None) => Count::Unknown,
                };
                Position::Number {
                    field,
                    number,
                    count,
                }
            }
            Pagination::Token(_) => {
                if let Some(token) = token(place) {
                    seen.is_new(|hasher| hasher.write(token.as_bytes()));
                }
                Position::Token
            }
        };
        Ok(Self {
            position,
            pages: 0,
            seen,
        })
    }

    /// Takes a page in, and writes into the request which one is next.
    pub(super) fn take(&mut self, page: &Page<'_>, place: &mut dyn Value) -> Result<Next> {
        match &mut self.position {
            Position::Number {
                field,
                number,
                count,
            } => {
                if page.length > 0 && !self.seen.is_new(|hasher| write(page.items, hasher)) {
                    return Err(Error::pagination(format!(
                        "{} the service gave a page again that it had given before; either it \
                         doesn't heed `{field}`, or entries were added meanwhile",
                        after(self.pages)
                    )));
                }
                self.pages += 1;
                count.add(page.length);
                if page.length == 0 || count.reaches(page.mark.and_then(integer)) {
                    return Ok(Next::End);
                }
                let next = number.checked_add(1);
                let set = next.map(|next| {
                    *number = next;
                    set_number(field, place, next)
                });
                Ok(match set {
                    Some(Ok(())) => Next::Ask,
                    _ => Next::Fail(Error::pagination(format!(
                        "{} the number of the next one is more than `{field}` can hold",
                        after(self.pages)
                    ))),
                })
            }
            Position::Token => {
                self.pages += 1;
                let Some(token) = page.mark.and_then(token) else {
                    return Ok(Next::End);
                };
                if !self.seen.is_new(|hasher| hasher.write(token.as_bytes())) {
                    return Ok(Next::Fail(Error::pagination(format!(
                        "{} the service gave the token of a page that it had given before; to go \
                         on would be to go round in a circle",
                        after(self.pages)
                    ))));
                }
                // The field is text, which takes any other.
                Ok(place
                    .set(Scalar::Text(token))
                    .map_or(Next::End, |()| Next::Ask))
            }
        }
    }
}

impl Count {
    fn add(&mut self, length: usize) {
        if let Self::Counted(count) | Self::Assumed(count) = self {
            *count = count.saturating_add(length as u64);
        }
    }

    /// Whether all entries have been passed, as far as the total can be believed.
    fn reaches(&self, total: Option<i64>) -> bool {
        let total = total.and_then(|total| u64::try_from(total).ok());
        let Some(total) = total.filter(|total| *total > 0) else {
            return false;
        };
        match self {
            Self::Counted(count) => *count >= total,
            // More than there are: the skipped pages were shorter than assumed, and the rest may
            // still come.
            Self::Assumed(count) => *count == total,
            Self::Unknown => false,
        }
    }
}

/// What has come before, as hashes: tokens may be secrets, and pages are long. The key of the hashes
/// is drawn anew for each listing.
#[derive(Default)]
struct Seen {
    key: RandomState,
    hashes: HashSet<u64>,
}

impl Seen {
    /// Notes something, and tells whether it comes for the first time.
    fn is_new(&mut self, write: impl FnOnce(&mut dyn Hasher)) -> bool {
        let mut hasher = self.key.build_hasher();
        write(&mut hasher);
        self.hashes.insert(hasher.finish())
    }
}

/// Writes a value into a hash, as JSON.
fn write(value: &dyn Value, hasher: &mut dyn Hasher) {
    struct Sink<'a>(&'a mut dyn Hasher);

    impl io::Write for Sink<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    // What was read from JSON can be written as JSON, and this sink takes everything.
    let _ = write_json(value, Sink(hasher));
}

/// The page that a request asks for; the first one where it says nothing.
fn first_number(field: &str, place: &dyn Value) -> Result<i64> {
    let number = match place.view() {
        View::Absent => return Ok(1),
        _ => integer(place),
    };
    number.filter(|number| *number >= 1).ok_or_else(|| {
        Error::configuration(format!(
            "`{field}` of the request doesn't hold the number of a page; the first one is 1"
        ))
    })
}

fn set_number(field: &str, place: &mut dyn Value, number: i64) -> Result<()> {
    // An optional field that refuses a value is left with another one; nothing is sent then.
    place.set(Scalar::Integer(number)).map_err(|_| {
        Error::configuration(format!(
            "`{field}` of the request can't hold the page's number"
        ))
    })
}

/// An integer, or one that is written as text.
pub(super) fn integer(value: &dyn Value) -> Option<i64> {
    match value.view() {
        View::Integer(number) => Some(number),
        View::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text that isn't empty.
fn token(value: &dyn Value) -> Option<&str> {
    match value.view() {
        View::Text(token) if !token.is_empty() => Some(token),
        _ => None,
    }
}

/// How far it went.
fn after(pages: u64) -> String {
    match pages {
        1 => "after 1 page,".to_owned(),
        pages => format!("after {pages} pages,"),
    }
}
