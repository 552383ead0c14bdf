//! What was spent in a stretch of time, and when it comes back.
//!
//! Time is an argument. Must not know: what is spent.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::plan::Windows;

#[derive(Debug)]
pub(super) struct Window {
    pub(super) most: u64,
    pub(super) length: Duration,
    windows: Windows,
    origin: Instant,
    /// Oldest first.
    spent: VecDeque<(Instant, u64)>,
    used: u64,
}

impl Window {
    pub(super) fn new((most, length): (u64, Duration), windows: Windows, origin: Instant) -> Self {
        // A window without length would never give anything back.
        let length = length.max(Duration::from_millis(1));
        Self { most, length, windows, origin, spent: VecDeque::new(), used: 0 }
    }

    pub(super) fn left(&mut self, now: Instant) -> u64 {
        while let Some((at, amount)) = self.spent.front().copied()
            && self.back(at) <= now
        {
            self.spent.pop_front();
            self.used -= amount;
        }
        self.most.saturating_sub(self.used)
    }

    pub(super) fn spend(&mut self, amount: u64, now: Instant) {
        self.spent.push_back((now, amount));
        self.used += amount;
    }

    /// Until so much fits; the whole length for what never fits.
    pub(super) fn wait(&mut self, amount: u64, now: Instant) -> Duration {
        let mut left = self.left(now);
        for (at, spent) in &self.spent {
            if left >= amount {
                break;
            }
            left += spent;
            if left >= amount {
                return self.back(*at).saturating_duration_since(now);
            }
        }
        if left >= amount { Duration::ZERO } else { self.length }
    }

    /// Until something comes back.
    pub(super) fn resets(&mut self, now: Instant) -> Duration {
        self.left(now);
        let first = self.spent.front().map_or(now + self.length, |(at, _)| self.back(*at));
        first.saturating_duration_since(now)
    }

    /// When that which was spent at this time comes back.
    fn back(&self, at: Instant) -> Instant {
        match self.windows {
            Windows::Sliding => at + self.length,
            Windows::Fixed => {
                let passed = at.saturating_duration_since(self.origin).as_nanos() % self.length.as_nanos();
                let passed = u64::try_from(passed).map_or(Duration::ZERO, Duration::from_nanos);
                at + self.length.saturating_sub(passed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_sliding_window_gives_back_bit_by_bit() {
        let start = Instant::now();
        let mut window = Window::new((10, 5 * SECOND), Windows::Sliding, start);
        window.spend(6, start);
        window.spend(4, start + 2 * SECOND);
        assert_eq!((window.left(start + 3 * SECOND), window.wait(7, start + 3 * SECOND)), (0, 4 * SECOND));
        assert_eq!(window.resets(start + 3 * SECOND), 2 * SECOND);
        assert_eq!((window.left(start + 5 * SECOND), window.left(start + 7 * SECOND)), (6, 10));
    }

    #[test]
    fn a_fixed_window_gives_everything_back_at_whole_windows_since_the_start() {
        let start = Instant::now();
        let mut window = Window::new((10, 5 * SECOND), Windows::Fixed, start);
        window.spend(6, start + SECOND);
        window.spend(4, start + 4 * SECOND);
        assert_eq!((window.left(start + 4 * SECOND), window.wait(1, start + 4 * SECOND)), (0, SECOND));
        assert_eq!(window.left(start + 5 * SECOND), 10);
    }

    #[test]
    fn what_never_fits_waits_for_a_whole_window() {
        let start = Instant::now();
        let mut window = Window::new((10, 5 * SECOND), Windows::Sliding, start);
        assert_eq!((window.wait(10, start), window.wait(11, start)), (Duration::ZERO, 5 * SECOND));
    }
}
