//! Stops sending to a host that has stopped answering, and tries again with one request.
//!
//! Opens after ten failures of the transport or 5xx in a row, or ten of the last twenty. Refusals such as 429 are
//! answers: they are not counted. One client has one host. Must not know: operations.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use crate::{Error, ErrorKind};

const IN_A_ROW: u32 = 10;

/// The last twenty outcomes, and how many of them may fail.
const REMEMBERED: u32 = 20;
const HALF: u32 = REMEMBERED / 2;

const OPEN_FOR: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    in_a_row: u32,
    /// One bit for each outcome, the last one lowest; set where it failed.
    outcomes: u32,
    known: u32,
    open_until: Option<Instant>,
}

impl Breaker {
    /// Lets a request through, or says how long none will be. After that time one probe passes, the others wait
    /// for its outcome.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut state = self.lock();
        let Some(until) = state.open_until else {
            return Ok(());
        };
        let now = Instant::now();
        if now < until {
            return Err(Error::new(ErrorKind::Unavailable).with_retry_after(until - now));
        }
        state.open_until = Some(now + OPEN_FOR);
        Ok(())
    }

    /// Takes note of an answer.
    pub(crate) fn answered(&self, status: StatusCode) {
        if status.is_server_error() {
            return self.failed();
        }
        let mut state = self.lock();
        if state.open_until.is_some() {
            *state = State::default();
        }
        state.in_a_row = 0;
        if !status.is_client_error() {
            state.remember(false);
        }
    }

    /// Takes note of a failure of the transport.
    pub(crate) fn failed(&self) {
        let mut state = self.lock();
        state.in_a_row += 1;
        state.remember(true);
        let half_failed = state.known == REMEMBERED && state.outcomes.count_ones() >= HALF;
        if state.in_a_row >= IN_A_ROW || half_failed {
            state.open_until = Some(Instant::now() + OPEN_FOR);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn remember(&mut self, failed: bool) {
        self.outcomes = (self.outcomes << 1 | u32::from(failed)) & ((1 << REMEMBERED) - 1);
        self.known = (self.known + 1).min(REMEMBERED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(outcomes: impl IntoIterator<Item = u16>) -> Breaker {
        let breaker = Breaker::default();
        for status in outcomes {
            assert!(breaker.check().is_ok(), "it opened too early");
            breaker.answered(StatusCode::from_u16(status).unwrap());
        }
        breaker
    }

    #[tokio::test(start_paused = true)]
    async fn ten_failures_in_a_row_stop_the_sending_and_one_probe_starts_it_again() {
        let breaker = after([500; 10]);
        let refused = breaker.check().unwrap_err();
        assert_eq!((refused.kind(), refused.retry_after()), (ErrorKind::Unavailable, Some(OPEN_FOR)));

        tokio::time::advance(OPEN_FOR).await;
        assert!(breaker.check().is_ok(), "the probe");
        assert!(breaker.check().is_err(), "beside the probe");
        breaker.answered(StatusCode::OK);
        assert!(breaker.check().is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn half_of_the_last_twenty_stop_the_sending_and_a_probe_that_fails_too_goes_on_with_it() {
        let mixed = [200, 503].repeat(10);
        let breaker = after(mixed);
        assert!(breaker.check().is_err());
        tokio::time::advance(OPEN_FOR).await;
        assert!(breaker.check().is_ok(), "the probe");
        breaker.failed();
        assert!(breaker.check().is_err(), "the probe failed");
        tokio::time::advance(OPEN_FOR).await;
        assert!(breaker.check().is_ok(), "the next probe");
        breaker.answered(StatusCode::TOO_MANY_REQUESTS);
        assert!(breaker.check().is_ok(), "a host that refuses is there");
    }

    #[test]
    fn a_third_of_failures_is_borne() {
        assert!(after([200, 200, 503].repeat(50)).check().is_ok());
    }

    #[test]
    fn refusals_are_not_counted() {
        assert!(after([429, 400, 404].repeat(50)).check().is_ok());
        let beside_refusals: Vec<_> =
            [200, 503].repeat(9).into_iter().chain([429; 100]).chain([503]).collect();
        assert!(after(beside_refusals).check().is_ok());
    }

    #[test]
    fn a_success_between_failures_starts_the_row_again() {
        assert!(after([[500; 9].as_slice(), &[200], &[500]].concat()).check().is_ok());
    }
}
