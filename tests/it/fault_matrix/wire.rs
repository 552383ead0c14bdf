//! F6 to F11, F17 to F20: connections that break, stand still or end too early.
//!
//! Must not know: how an attempt is made again.

use std::time::Duration;

use monday_sdk::ErrorKind;

use super::call::{Kind, SLACK};
use super::row::{Row, good};
use crate::scripted_server::{Framing, Step};

/// Time enough for a connection, its handshake and an answer, ten at once beside all other tests.
const SHORT: Duration = Duration::from_secs(2);

pub(super) fn rows() -> Vec<Row> {
    use ErrorKind::{Disconnected, Stalled, Timeout, Truncated};
    let without_length = || good().framed(Framing::Chunked);
    let until_close = || good().framed(Framing::Close);
    let longer = || good().declaring(good().body.len() + 10);
    let empty = || {
        let mut answer = good();
        answer.body.clear();
        answer
    };
    let drip = || Step::Drip(good(), Duration::from_millis(100));
    vec![
        Row::once("F6 reset before any byte", Step::Reset).reconnected().only(&Kind::WITH_FILE),
        Row::always("F6 always reset before any byte", Step::Reset)
            .fails(Disconnected, 4)
            .ambiguous()
            .reconnected()
            .only(&Kind::WITH_FILE),
        Row::once("F7 reset within the body", Step::ResetAfter(good(), 20)).only(&Kind::WITH_FILE),
        Row::always("F7 always reset within the body", Step::ResetAfter(good(), 20))
            .fails(Disconnected, 4)
            .ambiguous(),
        Row::once("F7 reset after the head", Step::ResetAfter(good(), 0)),
        Row::once("F9 the stream is refused", Step::Refuse).only(&Kind::WITH_FILE),
        Row::once("F9 the connection goes away", Step::GoAway).reconnected().only(&Kind::WITH_FILE),
        Row::always("F9 it always goes away", Step::GoAway).fails(Disconnected, 4).ambiguous().reconnected(),
        Row::once("F10 no answer once", Step::Silence).first_byte(SHORT).takes(SHORT, SHORT * 5),
        Row::always("F10 never an answer", Step::Silence).first_byte(SHORT).fails(Stalled, 4).ambiguous(),
        Row::always("F10 no answer before the deadline", Step::Silence)
            .deadline(SHORT * 2)
            .fails(Timeout, 1)
            .ambiguous(),
        Row::always("F11 a body that drips", drip()).deadline(SHORT * 2).fails(Timeout, 1).ambiguous(),
        Row::always("F11 a head that drips", Step::EndlessHead(Duration::from_millis(50)))
            .deadline(SHORT * 2)
            .fails(Timeout, 1)
            .ambiguous(),
        Row::once("F11 a head that drips once", Step::EndlessHead(Duration::from_millis(50)))
            .first_byte(SHORT),
        // The floor is 1 KiB a second over 20 seconds, so the second attempt has five seconds left.
        Row::always("F11 a body below the floor", drip())
            .deadline(Duration::from_secs(25))
            .takes(Duration::from_secs(24), Duration::from_secs(26) + SLACK)
            .fails(Timeout, 2)
            .ambiguous()
            .only(&[Kind::Query, Kind::Mutation]),
        Row::once("F17 shorter than declared", Step::EndAfter(longer(), usize::MAX)),
        Row::always("F17 always shorter than declared", Step::EndAfter(longer(), usize::MAX))
            .fails(Truncated, 4)
            .ambiguous(),
        Row::once("F18 a chunk cut", Step::EndAfter(without_length(), 30)),
        Row::always("F18 always a chunk cut", Step::EndAfter(without_length(), 30))
            .fails(Truncated, 4)
            .ambiguous(),
        Row::once(
            "F19 the end of the connection is not the end of the JSON",
            Step::EndAfter(until_close(), 30),
        ),
        Row::always("F19 always so", Step::EndAfter(until_close(), 30)).fails(Truncated, 4).ambiguous(),
        Row::once("F20 an empty body", Step::Answer(empty())),
        Row::always("F20 always an empty body", Step::Answer(empty())).fails(Truncated, 4).ambiguous(),
    ]
}
