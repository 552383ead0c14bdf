//! What the refresh of tokens needs of an async runtime: tasks, sleep, two clocks.
//!
//! `monday-client` has the tokio one. Must not know: tokens.

#[cfg(test)]
mod tokio_now;

use std::fmt;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, SystemTime};

use futures_channel::oneshot;
use futures_util::future::{Either, select};

use crate::BoxFuture;

#[cfg(test)]
pub(crate) use tokio_now::TokioNow;

/// Tasks, sleep and clocks.
pub trait Runtime: fmt::Debug + Send + Sync + 'static {
    /// Runs a task that nobody waits for. It must go on when whoever started it is dropped.
    fn spawn(&self, task: BoxFuture<'static, ()>);

    /// Runs work that blocks its thread, away from the tasks.
    fn blocking(&self, work: Box<dyn FnOnce() + Send>);

    /// A future that is ready after this time.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// Time since a fixed point, on a clock that nobody sets.
    fn elapsed(&self) -> Duration;

    /// The time of day. It may jump.
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// The result of blocking work; `None` if the runtime went away before it was done.
pub(crate) async fn off_thread<T: Send + 'static>(
    runtime: &Arc<dyn Runtime>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (give, take) = oneshot::channel();
    runtime.blocking(Box::new(move || {
        // Whoever asked may be gone.
        let _ = give.send(work());
    }));
    take.await.ok()
}

/// A future that is ready after this time, where there is no runtime. Its thread ends when it is dropped.
pub(crate) fn on_timer(time: Duration) -> BoxFuture<'static, ()> {
    let (give, take) = oneshot::channel();
    let (dropped, wait) = mpsc::channel::<()>();
    let timer = thread::Builder::new().name("monday-auth timer".to_owned()).spawn(move || {
        let _ = wait.recv_timeout(time);
        let _ = give.send(());
    });
    Box::pin(async move {
        let _held = dropped;
        if timer.is_ok() {
            let _ = take.await;
        }
    })
}

/// The output of a future, if it comes in time.
pub(crate) async fn within<F: Future + Send>(
    runtime: &Arc<dyn Runtime>,
    time: Duration,
    future: F,
) -> Option<F::Output> {
    match select(Box::pin(future), runtime.sleep(time)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}
