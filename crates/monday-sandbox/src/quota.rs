//! The rate limits the sandbox announces: those of the largest plan, counted but not enforced.

use std::time::{Duration, Instant};

const CALLS_A_MINUTE: u64 = 5_000;
const CONCURRENT: u64 = 250;
const MINUTE: Duration = Duration::from_mins(1);

pub(crate) const POLICY: &str =
    "\"minuteRate\";q=5000;w=60, \"concurrency\";q=250;qu=\"concurrent-requests\"";

/// The calls of the current minute.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    since: Option<Instant>,
    count: u64,
}

impl Calls {
    /// Counts a call and says what is left, as the `RateLimit` header.
    pub(crate) fn count(&mut self) -> String {
        let now = Instant::now();
        let since = match self.since {
            Some(since) if now.duration_since(since) < MINUTE => since,
            _ => {
                self.count = 0;
                *self.since.insert(now)
            }
        };
        self.count += 1;
        // One call is always left: what is not enforced must not make a client wait.
        let left = CALLS_A_MINUTE.saturating_sub(self.count).max(1);
        let resets = MINUTE.saturating_sub(now.duration_since(since)).as_secs();
        format!("\"minuteRate\";r={left};t={resets}, \"concurrency\";r={}", CONCURRENT - 1)
    }
}
