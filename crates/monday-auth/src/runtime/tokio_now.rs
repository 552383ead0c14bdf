//! The runtime of the test that runs, on the real clock.
//!
//! Must not know: what is tested.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::Runtime;
use crate::BoxFuture;

#[derive(Debug)]
pub(crate) struct TokioNow;

static START: OnceLock<Instant> = OnceLock::new();

impl Runtime for TokioNow {
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }

    fn blocking(&self, work: Box<dyn FnOnce() + Send>) {
        std::thread::spawn(work);
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn elapsed(&self) -> Duration {
        START.get_or_init(Instant::now).elapsed()
    }
}
