//! What the account may still do, as its server says, and the wait that follows from it.
//!
//! Knows the budgets of the last answer and the time before which nothing should be sent. Must not know: operations.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use monday_core::Quota;
use tokio::time::Instant;

use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

const DAY: u64 = 86_400;

/// A header that asks for a longer pause is not believed.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// Counts running requests, not time: its budget comes back when one of them ends.
const CONCURRENCY: &str = "concurrency";

#[derive(Debug, Default)]
pub(crate) struct Governor {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    quota: Quota,
    paused_until: Option<Instant>,
    /// By the wall clock, which goes on while a machine sleeps.
    day_ends: Option<SystemTime>,
}

impl Governor {
    /// The budgets of the last answer that named any.
    pub(crate) fn quota(&self) -> Quota {
        self.lock().quota.clone()
    }

    /// Waits until something may be sent. A wait past the deadline is an error at once.
    pub(crate) async fn admit(&self, deadline: Deadline) -> Result<(), Error> {
        // Another call's refusal may have lengthened the pause in the meantime.
        while let Some(wait) = self.pending()? {
            if !deadline.allows(wait) {
                return Err(Error::new(ErrorKind::RateLimited).with_retry_after(wait));
            }
            tracing::debug!(
                wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                "waiting for quota"
            );
            tokio::time::sleep(wait).await;
        }
        Ok(())
    }

    /// How long nothing should be sent; an error for the rest of a spent day.
    fn pending(&self) -> Result<Option<Duration>, Error> {
        let mut state = self.lock();
        match state.day_ends.map(|ends| ends.duration_since(SystemTime::now())) {
            Some(Ok(wait)) => return Err(Error::new(ErrorKind::DailyLimit).with_retry_after(wait)),
            Some(Err(_)) => state.day_ends = None,
            None => {}
        }
        let wait = state.paused_until.map(|until| until.saturating_duration_since(Instant::now()));
        if wait.is_none_or(|wait| wait.is_zero()) {
            state.paused_until = None;
            return Ok(None);
        }
        Ok(wait)
    }

    /// Takes note of an answer's headers: a budget that is spent pauses until it comes back.
    pub(crate) fn observe(&self, quota: &Quota) {
        if quota.budgets.is_empty() {
            return;
        }
        let spent =
            quota.budgets.iter().filter(|budget| budget.name != CONCURRENCY && budget.remaining == Some(0));
        let wait = spent.filter_map(|budget| budget.resets_in).max();
        self.lock().quota = quota.clone();
        if let Some(wait) = wait {
            self.pause(wait);
        }
    }

    /// Nothing is sent for this long.
    pub(crate) fn pause(&self, wait: Duration) {
        let until = Instant::now() + wait.min(LONGEST_PAUSE);
        let mut state = self.lock();
        state.paused_until = state.paused_until.max(Some(until));
    }

    /// Nothing is sent before midnight UTC, when the daily budget comes back. Returns how long that is.
    pub(crate) fn close_day(&self) -> Duration {
        let now = SystemTime::now();
        let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let wait = Duration::from_secs(DAY - since_epoch.as_secs() % DAY);
        self.lock().day_ends = Some(now + wait);
        wait
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(name: &str, seconds: u64) -> Quota {
        let mut quota = Quota::default();
        let budget = quota.budget_mut(name);
        (budget.remaining, budget.resets_in) = (Some(0), Some(Duration::from_secs(seconds)));
        quota
    }

    #[tokio::test(start_paused = true)]
    async fn a_spent_budget_waits_until_it_comes_back() {
        let governor = Governor::default();
        governor.observe(&spent("minuteRate", 38));
        let start = Instant::now();
        governor.admit(Deadline::after(Duration::from_mins(1))).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 38);
        assert_eq!(governor.quota().budget("minuteRate").unwrap().remaining, Some(0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_past_the_deadline_is_an_error_at_once_that_says_when() {
        let governor = Governor::default();
        governor.observe(&spent("minuteRate", 38));
        let start = Instant::now();
        let error = governor.admit(Deadline::after(Duration::from_secs(30))).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimited, Some(Duration::from_secs(38)))
        );
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_that_grows_while_a_call_waits_is_waited_too() {
        let governor = std::sync::Arc::new(Governor::default());
        governor.pause(Duration::from_secs(10));
        let other = std::sync::Arc::clone(&governor);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(5)).await;
            other.pause(Duration::from_secs(20));
        });
        let start = Instant::now();
        governor.admit(Deadline::after(Duration::from_mins(1))).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 25);
    }

    #[tokio::test(start_paused = true)]
    async fn neither_a_full_house_nor_an_absurd_header_stalls() {
        let governor = Governor::default();
        governor.observe(&spent("concurrency", 1000));
        governor.admit(Deadline::after(Duration::from_secs(1))).await.unwrap();
        governor.observe(&spent("minuteRate", u64::MAX));
        governor.admit(Deadline::after(Duration::from_mins(10))).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_spent_day_refuses_until_midnight() {
        let governor = Governor::default();
        let wait = governor.close_day();
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(DAY));
        let error = governor.admit(Deadline::after(Duration::from_secs(1_000_000))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DailyLimit);
        governor.lock().day_ends = Some(SystemTime::now() - Duration::from_secs(1));
        governor.admit(Deadline::after(Duration::from_secs(1))).await.unwrap();
    }
}
