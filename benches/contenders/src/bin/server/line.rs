//! The line that all answers share: when it has passed so many bytes.
//!
//! Its schedule is its own, whenever those who wait for it wake up: a timer that is late by a millisecond costs the line
//! nothing. Must not know: what passes.

use std::time::Duration;

use tokio::time::Instant;

const BYTES_PER_SECOND: f64 = 100e6 / 8.0;

/// Behind its schedule by more than this, nobody wanted it: timers are never as late.
const SLACK: Duration = Duration::from_millis(20);

pub(crate) struct Line {
    /// When all that it took on has passed.
    free: Instant,
}

impl Line {
    pub(crate) fn new(now: Instant) -> Self {
        Self { free: now }
    }

    /// Takes so many bytes on, and says when they have passed. Time in which nobody wanted it is gone.
    pub(crate) fn pass(&mut self, now: Instant, bytes: usize) -> Instant {
        if now.saturating_duration_since(self.free) > SLACK {
            self.free = now;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
        let takes = Duration::from_secs_f64(bytes as f64 / BYTES_PER_SECOND);
        self.free += takes;
        self.free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECE: usize = 16 * 1024;
    const PIECES: u32 = 1_000;

    /// A whole millisecond later than was wished, and a bit: as timers are.
    fn woken(wished: Instant) -> Instant {
        wished + Duration::from_micros(1_200)
    }

    /// How long the pieces take, and how long they must at 100 Mbit/s.
    fn ratio(took: Duration, pieces: u32) -> f64 {
        took.as_secs_f64() / (f64::from(pieces) * 16.0 * 1024.0 * 8.0 / 100e6)
    }

    #[test]
    fn a_lone_reader_has_the_whole_line_though_timers_are_late() {
        let start = Instant::now();
        let (mut line, mut now) = (Line::new(start), start);
        for _ in 0..PIECES {
            now = woken(line.pass(now, PIECE)).max(now);
        }
        let ratio = ratio(now - start, PIECES);
        assert!((0.98..1.02).contains(&ratio), "{ratio}");
    }

    #[test]
    fn readers_share_it() {
        let start = Instant::now();
        let (mut line, mut readers) = (Line::new(start), [start; 3]);
        for turn in 0..3 * PIECES {
            let reader = &mut readers[turn as usize % 3];
            *reader = woken(line.pass(*reader, PIECE));
        }
        let ratio = ratio(readers[2] - start, 3 * PIECES);
        assert!((0.98..1.02).contains(&ratio), "{ratio}");
    }

    #[test]
    fn time_in_which_nobody_wanted_it_is_gone() {
        let start = Instant::now();
        let mut line = Line::new(start);
        let later = start + Duration::from_millis(300);
        assert!(line.pass(later, PIECE) > later, "what was not used is not given back");
    }
}
