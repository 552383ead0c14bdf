//! The calls of a day: once they are spent, nothing is sent before midnight UTC.
//!
//! By the wall clock, which goes on while a machine sleeps. Must not know: how many there are.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::{Error, ErrorKind};

const SECONDS: u64 = 86_400;

#[derive(Debug, Default)]
pub(super) struct Day {
    pub(super) ends: Option<SystemTime>,
}

impl Day {
    /// An error while the day is spent.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.ends.map(|ends| ends.duration_since(SystemTime::now())) {
            // A clock that was set back must not close the client for longer than a day.
            Some(Ok(wait)) if wait <= Duration::from_secs(SECONDS) => {
                Err(Error::new(ErrorKind::DailyLimit).with_retry_after(wait))
            }
            _ => Ok(()),
        }
    }

    /// Closes it. Returns how long it lasts.
    pub(super) fn close(&mut self) -> Duration {
        let now = SystemTime::now();
        let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let today = Duration::new(since_epoch.as_secs() % SECONDS, since_epoch.subsec_nanos());
        let wait = Duration::from_secs(SECONDS).saturating_sub(today);
        self.ends = Some(now + wait);
        wait
    }
}
