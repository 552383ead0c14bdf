//! The ledger's clock beside this process's.
//!
//! Must not know: what is timed.

use std::time::Duration;

use tokio::time::Instant;

/// Smaller differences are the network's, and following them would let times wander.
const SLACK: Duration = Duration::from_millis(50);

/// One moment on both clocks.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Clock {
    here: Instant,
    there: u64,
}

impl Clock {
    /// The clock after the ledger has said what time it is, asked at `begun`; the one before stays if it fits.
    pub(in super::super) fn set(before: Option<Self>, begun: Instant, now: Duration) -> Self {
        // It was read somewhere on the way.
        let half = begun.elapsed() / 2;
        let (here, there) = (begun + half, millis(now));
        match before {
            Some(clock) if clock.there(here).abs_diff(there) <= millis(SLACK + half) => clock,
            _ => Self { here, there },
        }
    }

    /// A time on the ledger's clock, in milliseconds.
    pub(in super::super) fn there(&self, here: Instant) -> u64 {
        match here.checked_duration_since(self.here) {
            Some(later) => self.there.saturating_add(millis(later)),
            None => self.there.saturating_sub(millis(self.here - here)),
        }
    }

    /// A time of the ledger's on this process's clock. One that is out of range is now.
    pub(in super::super) fn here(&self, there: u64) -> Instant {
        let time = match there.checked_sub(self.there) {
            Some(later) => self.here.checked_add(Duration::from_millis(later)),
            None => self.here.checked_sub(Duration::from_millis(self.there - there)),
        };
        time.unwrap_or_else(Instant::now)
    }
}

pub(in super::super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn times_come_back_as_they_went_and_a_clock_that_nearly_fits_stays() {
        let clock = Clock::set(None, Instant::now(), Duration::from_hours(1));
        for millis in [0, 1, 3_600_000, 3_600_001, 9_999_999] {
            assert_eq!(clock.there(clock.here(millis)), millis);
        }
        tokio::time::advance(Duration::from_secs(10)).await;
        let near = Clock::set(Some(clock), Instant::now(), Duration::from_millis(3_610_030));
        assert_eq!(near.there(Instant::now()), 3_610_000);
        let far = Clock::set(Some(clock), Instant::now(), Duration::from_secs(3_620));
        assert_eq!(far.there(Instant::now()), 3_620_000);
        // An answer that took long says less.
        let begun = Instant::now();
        tokio::time::advance(Duration::from_millis(400)).await;
        let late = Clock::set(Some(clock), begun, Duration::from_millis(3_610_390));
        assert_eq!(late.there(begun), 3_610_000);
        let first = Clock::set(None, begun, Duration::from_secs(9));
        assert_eq!(first.there(Instant::now()), 9_200);
    }
}
