//! The runtime of `monday-auth`'s refreshes, on tokio.
//!
//! Must not know: tokens.

use std::time::Duration;

use monday_auth::{BoxFuture, Runtime};
use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::{Error, ErrorKind};

/// Runs refreshes on a tokio runtime, so that they outlive the calls that started them.
#[derive(Debug, Clone)]
pub struct TokioRuntime {
    handle: Handle,
    start: Instant,
}

impl TokioRuntime {
    /// The runtime this is called in; [`ErrorKind::Configuration`] outside of one.
    pub fn current() -> Result<Self, Error> {
        let handle = Handle::try_current().map_err(|_| Error::new(ErrorKind::Configuration))?;
        Ok(Self { handle, start: Instant::now() })
    }
}

impl Runtime for TokioRuntime {
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        drop(self.handle.spawn(task));
    }

    fn blocking(&self, work: Box<dyn FnOnce() + Send>) {
        drop(self.handle.spawn_blocking(work));
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        let _entered = self.handle.enter();
        Box::pin(tokio::time::sleep(time))
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}
