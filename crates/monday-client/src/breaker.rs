//! Stops sending to a host that has stopped answering, and tries again with one request.
//!
//! Counts failures of the transport and 5xx in a row; refusals such as 429 are answers. Must not know: operations.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::{Error, ErrorKind};

const FAILURES_TO_OPEN: u32 = 10;
const OPEN_FOR: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    closed_until: Option<Instant>,
}

impl Breaker {
    /// Lets a request through, or says how long none will be. After that time one probe passes, the others wait
    /// for its outcome.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut state = self.lock();
        let Some(until) = state.closed_until else {
            return Ok(());
        };
        let now = Instant::now();
        if now < until {
            return Err(Error::new(ErrorKind::Unavailable).with_retry_after(until - now));
        }
        state.closed_until = Some(now + OPEN_FOR);
        Ok(())
    }

    pub(crate) fn succeeded(&self) {
        *self.lock() = State::default();
    }

    pub(crate) fn failed(&self) {
        let mut state = self.lock();
        state.failures += 1;
        if state.failures >= FAILURES_TO_OPEN {
            state.closed_until = Some(Instant::now() + OPEN_FOR);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn ten_failures_in_a_row_stop_the_sending_and_one_probe_starts_it_again() {
        let breaker = Breaker::default();
        for _ in 0..9 {
            breaker.failed();
        }
        assert!(breaker.check().is_ok());
        breaker.failed();
        let refused = breaker.check().unwrap_err();
        assert_eq!((refused.kind(), refused.retry_after()), (ErrorKind::Unavailable, Some(OPEN_FOR)));

        tokio::time::advance(OPEN_FOR).await;
        assert!(breaker.check().is_ok(), "the probe");
        assert!(breaker.check().is_err(), "beside the probe");
        breaker.succeeded();
        assert!(breaker.check().is_ok());
    }

    #[test]
    fn a_success_between_failures_starts_the_count_again() {
        let breaker = Breaker::default();
        for _ in 0..9 {
            breaker.failed();
        }
        breaker.succeeded();
        breaker.failed();
        assert!(breaker.check().is_ok());
    }
}
