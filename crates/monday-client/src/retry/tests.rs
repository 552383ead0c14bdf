//! Every cell of the table, and every kind of error by name.
//!
//! Must not know: how attempts are made.

use super::*;
use crate::ErrorKind;

#[test]
fn every_kind_is_tried_again_as_written_here() {
    use ErrorKind::{
        Conflict, Connect, Disconnected, Dns, Locked, RateLimited, Server, Stalled, Truncated, Unavailable,
    };
    for kind in ErrorKind::ALL {
        // A query, a mutation with a key, a mutation without.
        let expected = match kind {
            RateLimited | Conflict | Locked | Unavailable | Connect | Dns => [true, true, true],
            Server | Truncated | Disconnected | Stalled => [true, true, false],
            _ => [false, false, false],
        };
        let requests = [Repeatable::Query, Repeatable::KeyedMutation, Repeatable::PlainMutation];
        let cells = requests.map(|request| Attempts::new(request).next_after(&Error::new(*kind)).is_some());
        assert_eq!(cells, expected, "{kind:?}");
    }
}

#[test]
fn the_table_has_one_row_for_each_class() {
    for class in [RetryClass::Never, RetryClass::NotExecuted, RetryClass::MaybeExecuted] {
        assert_eq!(TABLE.iter().filter(|(row, _)| *row == class).count(), 1, "{class:?}");
    }
}

#[test]
fn there_are_four_attempts_and_the_hint_is_a_floor() {
    let mut attempts = Attempts::new(Repeatable::Query);
    let hint = Duration::from_secs(7);
    let error = Error::new(ErrorKind::RateLimited).with_retry_after(hint);
    let waits: Vec<_> = std::iter::from_fn(|| attempts.next_after(&error)).collect();
    assert_eq!(waits.len(), 3);
    assert!(waits.iter().all(|wait| *wait >= hint && *wait <= hint.mul_f64(1.1)));
}
