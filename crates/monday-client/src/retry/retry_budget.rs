//! How many retries a client may make beside its calls: a tenth of the calls, and ten.
//!
//! In an outage retries would multiply the load. Must not know: why an attempt failed.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// In tenths of a retry.
const RETRY: u64 = 10;
const FREE: u64 = 10 * RETRY;

/// A long good time must not pay for an outage: at most so many are saved.
const MOST: u64 = 100 * RETRY;

#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU64);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(AtomicU64::new(FREE))
    }
}

impl RetryBudget {
    /// A call was made.
    pub(crate) fn earn(&self) {
        let _ = self.0.fetch_update(Relaxed, Relaxed, |left| (left < MOST).then_some(left + 1));
    }

    /// Takes a retry, if there is one.
    pub(crate) fn spend(&self) -> bool {
        self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(RETRY)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retries(calls: u32) -> u32 {
        let budget = RetryBudget::default();
        (0..calls).for_each(|_| budget.earn());
        std::iter::repeat_with(|| budget.spend()).take_while(|spent| *spent).map(|_| 1).sum()
    }

    #[test]
    fn a_tenth_of_the_calls_and_ten_may_be_retried() {
        for (calls, expected) in [(0, 10), (9, 10), (10, 11), (100, 20), (900, 100), (1_000_000, 100)] {
            assert_eq!(retries(calls), expected, "{calls} calls");
        }
    }
}
