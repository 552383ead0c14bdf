//! What one call carries from attempt to attempt.
//!
//! Must not know: what an attempt passes through.

use std::time::Duration;

use monday_auth::Credential;
use monday_core::CallOptions;
use tokio::time::Instant;

use crate::Error;
use crate::deadline::Deadline;
use crate::idempotency::IdempotencyKey;
use crate::retry::{Attempts, Repeatable};

/// monday keeps the answer of a key for 30 minutes; after this no attempt starts.
const KEY_IS_SAFE_FOR: Duration = Duration::from_mins(25);

pub(super) struct Call {
    pub(super) options: CallOptions,
    pub(super) deadline: Deadline,
    pub(super) key: Option<IdempotencyKey>,
    pub(super) credential: Credential,
    pub(super) renewed: bool,
    /// Some attempt may have been executed, whatever the last one says.
    pub(super) may_be_done: bool,
    /// Requests that were sent before the one under way.
    pub(super) resends: u32,
    attempts: Attempts,
    start: Instant,
}

impl Call {
    pub(super) fn new(
        options: CallOptions,
        deadline: Deadline,
        key: Option<IdempotencyKey>,
        credential: Credential,
        repeatable: Repeatable,
    ) -> Self {
        Self {
            options,
            deadline,
            key,
            credential,
            renewed: false,
            may_be_done: false,
            resends: 0,
            attempts: Attempts::new(repeatable),
            start: Instant::now(),
        }
    }

    /// How long to wait before another attempt; `None` when there is none, or none in time.
    pub(super) fn next_after(&mut self, error: &Error) -> Option<Duration> {
        let (start, deadline, has_key) = (self.start, self.deadline, self.key.is_some());
        let key_is_safe = |wait: Duration| start.elapsed().saturating_add(wait) < KEY_IS_SAFE_FOR;
        let wait = self.attempts.next_after(error)?;
        (deadline.allows(wait) && (!has_key || key_is_safe(wait))).then_some(wait)
    }

    /// A mutation that may have been done leaves its key, so that the caller can find out or repeat it safely.
    pub(super) fn finish(&self, error: Error) -> Error {
        match &self.key {
            Some(key) if self.may_be_done => error.with_idempotency_key(key.as_str()),
            _ => error,
        }
    }
}
