//! The point in time when an answer stops being of use.
//!
//! Everything below gets what is left of it; nothing sleeps past it.

use std::time::Duration;

use tokio::time::Instant;

/// A deadline on the monotonic clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn after(total: Duration) -> Self {
        let now = Instant::now();
        // A sum past the end of the clock is a deadline that never comes.
        Self(now.checked_add(total).unwrap_or_else(|| now + Duration::from_hours(8760)))
    }

    pub(crate) fn instant(self) -> Instant {
        self.0
    }

    /// The end of a wait that begins now, or the deadline if that comes first.
    pub(crate) fn or_after(self, now: Instant, wait: Duration) -> Instant {
        now.checked_add(wait).map_or(self.0, |end| end.min(self.0))
    }

    pub(crate) fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether a wait would end before the deadline.
    pub(crate) fn allows(self, wait: Duration) -> bool {
        wait < self.remaining()
    }
}
