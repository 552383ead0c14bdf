//! What everything here runs on: a runtime for one call after the other, and the tasks that have to end before it does.
//!
//! Must not know: tokens, accounts.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use monday_sdk::TokioRuntime;
use monday_sdk::auth::{BoxFuture, Runtime};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::Failure;

/// A refresh takes less, with everything that it waits for.
const LONGEST: Duration = Duration::from_mins(1);

/// A runtime. When it goes it waits for the refreshes under way: one that is cut off may have spent the only refresh token.
pub(super) struct CommandRuntime {
    runtime: tokio::runtime::Runtime,
    tasks: Arc<Tasks>,
}

impl CommandRuntime {
    pub(super) fn new() -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let entered = runtime.enter();
        let tokio = TokioRuntime::current().map_err(|error| error.to_string())?;
        drop(entered);
        let tasks = Tasks { tokio, handle: runtime.handle().clone(), running: Mutex::default() };
        Ok(Self { runtime, tasks: Arc::new(tasks) })
    }

    /// Waits for a future.
    pub(super) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// For stores and sessions.
    pub(super) fn tasks(&self) -> Arc<dyn Runtime> {
        Arc::clone(&self.tasks) as Arc<dyn Runtime>
    }
}

impl Drop for CommandRuntime {
    fn drop(&mut self) {
        let all = async {
            while let Some(task) = self.tasks.next() {
                // One that failed has said so.
                let _ = task.await;
            }
        };
        let _ = self.runtime.block_on(async { tokio::time::timeout(LONGEST, all).await });
    }
}

/// The SDK's runtime on tokio, which remembers its tasks.
#[derive(Debug)]
struct Tasks {
    tokio: TokioRuntime,
    handle: Handle,
    running: Mutex<Vec<JoinHandle<()>>>,
}

impl Tasks {
    fn next(&self) -> Option<JoinHandle<()>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

impl Runtime for Tasks {
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        let task = self.handle.spawn(task);
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    fn blocking(&self, work: Box<dyn FnOnce() + Send>) {
        self.tokio.blocking(work);
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.tokio.sleep(time)
    }

    fn elapsed(&self) -> Duration {
        self.tokio.elapsed()
    }

    fn now(&self) -> SystemTime {
        self.tokio.now()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn a_task_that_is_under_way_ends_before_the_runtime_goes() {
        let runtime = CommandRuntime::new().unwrap();
        let has_ended = Arc::new(AtomicBool::new(false));
        let (tasks, flag) = (runtime.tasks(), Arc::clone(&has_ended));
        let sleep = tasks.sleep(Duration::from_millis(30));
        tasks.spawn(Box::pin(async move {
            sleep.await;
            flag.store(true, Ordering::SeqCst);
        }));
        runtime.block_on(async {});
        assert!(!has_ended.load(Ordering::SeqCst));
        drop(runtime);
        assert!(has_ended.load(Ordering::SeqCst));
    }
}
