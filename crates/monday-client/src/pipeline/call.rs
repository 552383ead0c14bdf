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

    /// A mutation that may have been done leaves its key, so that the caller can find out or repeat it
    /// safely.
    pub(super) fn finish(&self, error: Error) -> Error {
        match &self.key {
            Some(key) if self.may_be_done => error.with_idempotency_key(key.as_str()),
            _ => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::outgoing::Typed;

    fn call(kind: monday_core::OperationKind) -> Call {
        let request = monday_core::Request::<()>::from_document(kind, "A", "query A { a }", &()).unwrap();
        let key = IdempotencyKey::of(&Typed::new(&request)).unwrap();
        let credential = Credential::personal_token("personal-token-1234").unwrap();
        let deadline = Deadline::after(Duration::from_hours(2));
        Call::new(CallOptions::default(), deadline, key, credential, Repeatable::of(kind))
    }

    #[tokio::test(start_paused = true)]
    async fn a_mutation_is_not_sent_again_when_its_key_may_soon_be_forgotten() {
        use monday_core::OperationKind::{Mutation, Query};
        let server = Error::new(ErrorKind::Server);
        for (kind, minutes, expected) in [(Mutation, 24, true), (Mutation, 25, false), (Query, 60, true)] {
            let mut call = call(kind);
            tokio::time::advance(Duration::from_mins(minutes)).await;
            assert_eq!(call.next_after(&server).is_some(), expected, "{kind:?} after {minutes} minutes");
            call.may_be_done = server.may_be_done();
            let error = call.finish(Error::new(ErrorKind::Server));
            assert_eq!(error.is_ambiguous(), kind == Mutation);
        }
        // Nor when the wait itself would end too late.
        let mut call = call(Mutation);
        tokio::time::advance(Duration::from_mins(20)).await;
        let busy = Error::new(ErrorKind::RateLimited).with_retry_after(Duration::from_mins(6));
        assert!(call.next_after(&busy).is_none());
    }
}
