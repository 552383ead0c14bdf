//! Work that may block for ever, on a thread of its own and with a limit.
//!
//! Must not know: runtimes, what is done.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use futures_channel::oneshot;

use crate::BoxFuture;

/// The result of work that may block for ever, on a thread of its own and without a runtime; `None` if it has not come
/// in time. Begun at once, and not stopped by dropping the future; the thread stays as long as the work does.
pub(crate) fn on_thread<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> BoxFuture<'static, Option<T>> {
    let (give, take) = oneshot::channel();
    let timer = thread::Builder::new().name("monday-auth timer".to_owned()).spawn(move || {
        let (done, result) = mpsc::channel();
        let worker = thread::Builder::new().name("monday-auth".to_owned()).spawn(move || {
            // Whoever asked may have given up.
            let _ = done.send(work());
        });
        let result = worker.ok().and_then(|_| result.recv_timeout(limit).ok());
        let _ = give.send(result);
    });
    Box::pin(async move {
        timer.ok()?;
        take.await.ok().flatten()
    })
}
