//! The calls of one operation: when the last ones began, and who waits for its turn.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker, ready};
use std::time::{Duration, Instant};

use super::later;
use crate::BoxFuture;
use crate::clock::{Clock, Sleep};

/// Lets no more than `most` calls begin within any `window`.
pub(crate) struct Queue {
    most: usize,
    window: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When the calls of the last window began, in order.
    begun: VecDeque<Instant>,
    /// Those who wait, in the order of their numbers, which is that of their turns.
    waiting: VecDeque<Waiting>,
    numbers: u64,
    /// The service asked for peace until then.
    pause: Option<Instant>,
}

struct Waiting {
    number: u64,
    /// When its turn was to come, as of its last poll.
    turn: Instant,
    waker: Waker,
}

enum Turn {
    Now,
    At(Instant),
    /// Too late; so much time would have been needed.
    Missed(Duration),
}

impl Queue {
    pub(super) fn new(most: usize, window: Duration) -> Self {
        Self {
            most: most.max(1),
            window,
            state: Mutex::default(),
        }
    }

    /// Waits until one more call may begin, and counts it.
    ///
    /// Dropping the future gives the place to those behind.
    ///
    /// # Errors
    ///
    /// How long it would take, if that is past the deadline. This is known at once, or as soon as
    /// others delay it.
    pub(crate) async fn turn(
        &self,
        clock: &dyn Clock,
        sleep: &dyn Sleep,
        deadline: Option<Instant>,
    ) -> Result<(), Duration> {
        let mut place = Place {
            queue: self,
            number: None,
        };
        let mut timer: Option<(Instant, BoxFuture<'_, ()>)> = None;
        let mut waited_until: Option<Instant> = None;
        poll_fn(|context| {
            loop {
                // A wait that is over has brought its time, whatever the clock says: with one that
                // lags behind, this would go round and round.
                let now = clock.instant();
                let now = waited_until.map_or(now, |until| now.max(until));
                let when = match place.step(now, deadline, context.waker()) {
                    Turn::Now => return Poll::Ready(Ok(())),
                    Turn::Missed(wait) => return Poll::Ready(Err(wait)),
                    Turn::At(when) => when,
                };
                let (_, wait) = match &mut timer {
                    // Those in front may have left.
                    Some(set) if set.0 == when => set,
                    unset => unset.insert((when, sleep.sleep(when.saturating_duration_since(now)))),
                };
                ready!(wait.as_mut().poll(context));
                timer = None;
                waited_until = Some(when);
            }
        })
        .await
    }

    /// Lets nobody begin for so long: the service asked for it.
    pub(crate) fn pause(&self, clock: &dyn Clock, wait: Duration) {
        let until = later(clock.instant(), wait);
        let mut state = self.lock();
        // Whoever waits looks at it when its own time comes.
        state.pause = state.pause.max(Some(until));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// When the call with so many before it may begin, if those begin as soon as they may.
    fn turn(&self, before: usize, now: Instant, most: usize, window: Duration) -> Instant {
        let laps = u32::try_from(before / most).unwrap_or(u32::MAX);
        // A window must have passed since the call that was made `most` calls before.
        let slot = (self.begun.len() + before % most).checked_sub(most);
        let free = slot.and_then(|slot| self.begun.get(slot));
        let free = free.map_or(now, |begun| later(*begun, window));
        let first = free.max(now).max(self.pause.unwrap_or(now));
        later(first, window.saturating_mul(laps))
    }

    /// Counts a call that begins.
    fn begin(&mut self, now: Instant, window: Duration) {
        while self
            .begun
            .front()
            .is_some_and(|begun| later(*begun, window) <= now)
        {
            self.begun.pop_front();
        }
        self.begun.push_back(now);
    }

    /// How many of the first so many are to begin before those behind them. Whoever has let a whole
    /// window pass since its turn isn't polled, and could hold the others up for ever.
    fn present(&self, first: usize, now: Instant, window: Duration) -> usize {
        let Some(before) = now.checked_sub(window) else {
            return first;
        };
        let waiting = self.waiting.iter().take(first);
        waiting.filter(|waiting| waiting.turn > before).count()
    }

    fn position(&self, number: u64) -> Result<usize, usize> {
        self.waiting
            .binary_search_by_key(&number, |waiting| waiting.number)
    }
}

/// A call's place among those who wait, once it has one.
struct Place<'a> {
    queue: &'a Queue,
    number: Option<u64>,
}

impl Place<'_> {
    /// Begins the call if it is its turn; else keeps its place, and who to wake.
    fn step(&mut self, now: Instant, deadline: Option<Instant>, waker: &Waker) -> Turn {
        let Queue { most, window, .. } = *self.queue;
        let mut state = self.queue.lock();
        let number = self.number;
        let place = number.and_then(|number| state.position(number).ok());
        let first = place.unwrap_or(state.waiting.len());
        let before = state.present(first, now, window);
        let when = state.turn(before, now, most, window);
        // Not only the first one: whoever isn't polled holds its own place up, and no other.
        if when <= now {
            // What was read of the clock before may be a little behind.
            let begin = state.begun.back().map_or(now, |last| now.max(*last));
            state.begin(begin, window);
            if let Some(place) = place {
                state.waiting.remove(place);
            }
            self.number = None;
            return Turn::Now;
        }
        if deadline.is_some_and(|deadline| when >= deadline) {
            return Turn::Missed(when.saturating_duration_since(now));
        }
        match place {
            Some(place) => {
                let waiting = &mut state.waiting[place];
                waiting.turn = when;
                waiting.waker.clone_from(waker);
            }
            None => {
                let number = state.numbers;
                state.numbers += 1;
                let waker = waker.clone();
                state.waiting.push_back(Waiting {
                    number,
                    turn: when,
                    waker,
                });
                self.number = Some(number);
            }
        }
        Turn::At(when)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let Some(number) = self.number else { return };
        let mut state = self.queue.lock();
        let Ok(place) = state.position(number) else {
            return;
        };
        state.waiting.remove(place);
        // Each of those behind may begin sooner now.
        let behind = state.waiting.iter().skip(place);
        let behind: Vec<Waker> = behind.map(|waiting| waiting.waker.clone()).collect();
        drop(state);
        behind.into_iter().for_each(Waker::wake);
    }
}
