//! Which attempts are followed by another, and after how long.
//!
//! The table is data: class of the fault x what the request may do twice. Must not know: how attempts are made.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};

use crate::Error;
use crate::judge::RetryClass;

/// All attempts of one call together.
pub(crate) const ATTEMPTS: usize = 4;

const FIRST_DELAY: Duration = Duration::from_millis(200);
const LONGEST_DELAY: Duration = Duration::from_secs(20);

/// What may happen if a request is sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// Nothing: a query.
    Query,
    /// Nothing: a mutation under an idempotency key.
    KeyedMutation,
    /// It may be done twice.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "every mutation has a key until callers can refuse one")
    )]
    PlainMutation,
}

/// Whether a fault of this class is followed by another attempt.
const fn repeats(class: RetryClass, request: Repeatable) -> bool {
    match (class, request) {
        (RetryClass::Never, _) | (RetryClass::MaybeExecuted, Repeatable::PlainMutation) => false,
        (RetryClass::NotExecuted, _)
        | (RetryClass::MaybeExecuted, Repeatable::Query | Repeatable::KeyedMutation) => true,
    }
}

/// The attempts that one call has left.
#[derive(Debug)]
pub(crate) struct Attempts {
    request: Repeatable,
    delays: ExponentialBackoff,
}

impl Attempts {
    pub(crate) fn new(request: Repeatable) -> Self {
        let delays = ExponentialBuilder::default()
            .with_min_delay(FIRST_DELAY)
            .with_max_delay(LONGEST_DELAY)
            .with_max_times(ATTEMPTS - 1)
            .with_jitter();
        Self { request, delays: delays.build() }
    }

    /// How long to wait before the next attempt; `None` when there is none. The server's hint is a floor.
    pub(crate) fn next_after(&mut self, error: &Error) -> Option<Duration> {
        if !repeats(RetryClass::of(error.kind()), self.request) {
            return None;
        }
        let delay = self.delays.next()?;
        Some(error.retry_after().map_or(delay, |hint| hint.max(delay)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn every_cell_of_the_table_is_as_written_here() {
        use Repeatable::{KeyedMutation, PlainMutation, Query};
        use RetryClass::{MaybeExecuted, Never, NotExecuted};
        let table = [
            (Never, [false, false, false]),
            (NotExecuted, [true, true, true]),
            (MaybeExecuted, [true, true, false]),
        ];
        for (class, cells) in table {
            for (request, expected) in [Query, KeyedMutation, PlainMutation].into_iter().zip(cells) {
                assert_eq!(repeats(class, request), expected, "{class:?} {request:?}");
            }
        }
    }

    #[test]
    fn every_kind_has_its_class() {
        use ErrorKind::{
            Conflict, Connect, Disconnected, Locked, RateLimited, Server, Truncated, Unavailable,
        };
        let of =
            |class| ErrorKind::ALL.iter().filter(|kind| RetryClass::of(**kind) == class).collect::<Vec<_>>();
        assert_eq!(of(RetryClass::NotExecuted), [&RateLimited, &Conflict, &Locked, &Unavailable, &Connect]);
        assert_eq!(of(RetryClass::MaybeExecuted), [&Server, &Truncated, &Disconnected]);
    }

    #[test]
    fn there_are_four_attempts_and_the_hint_is_a_floor() {
        let mut attempts = Attempts::new(Repeatable::Query);
        let hint = Duration::from_secs(7);
        let error = Error::new(ErrorKind::RateLimited).with_retry_after(hint);
        let delays: Vec<_> = std::iter::from_fn(|| attempts.next_after(&error)).collect();
        assert_eq!(delays.len(), ATTEMPTS - 1);
        assert!(delays.iter().all(|delay| *delay >= hint));
        assert_eq!(Attempts::new(Repeatable::Query).next_after(&Error::new(ErrorKind::NotFound)), None);
    }
}
