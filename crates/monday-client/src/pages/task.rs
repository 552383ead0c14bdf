//! Work that goes on while nobody waits for it, in the span of whoever started it, and stops when it is
//! dropped.
//!
//! Must not know: what the work is.

use tokio::task::JoinSet;
use tracing::Instrument as _;

/// It needs a tokio runtime to start.
#[derive(Debug)]
pub(super) struct Task<T>(JoinSet<T>);

impl<T: Send + 'static> Task<T> {
    pub(super) fn start(work: impl Future<Output = T> + Send + 'static) -> Self {
        let mut task = JoinSet::new();
        task.spawn(work.in_current_span());
        Self(task)
    }

    /// What came of it; `None` when its runtime is going down. A panic in it is the caller's.
    pub(super) async fn outcome(mut self) -> Option<T> {
        match self.0.join_next().await? {
            Ok(outcome) => Some(outcome),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => None,
        }
    }
}
