//! Work that goes on without whom it was begun for, until the sandbox ends.
//!
//! Must not know: what the work is.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// Tasks that end with the sandbox.
#[derive(Debug, Default)]
pub(crate) struct Tasks(Mutex<JoinSet<()>>);

impl Tasks {
    /// Begins it; the result is lost if nobody waits for it, the work is not.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> oneshot::Receiver<T> {
        let (result, receiver) = oneshot::channel();
        let mut tasks = self.tasks();
        while tasks.try_join_next().is_some() {}
        tasks.spawn(async move {
            // Whoever waited may be gone.
            let _ = result.send(work.await);
        });
        receiver
    }

    /// Ends all.
    pub(crate) fn stop(&self) {
        self.tasks().abort_all();
    }

    /// Ends all, and waits until they have ended.
    pub(crate) async fn stopped(&self) {
        let mut tasks = std::mem::take(&mut *self.tasks());
        tasks.shutdown().await;
    }

    fn tasks(&self) -> MutexGuard<'_, JoinSet<()>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
