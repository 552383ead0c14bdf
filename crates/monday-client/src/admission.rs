//! How many requests of one client are under way, and how many may wait for a place.
//!
//! Fair: first come, first served. Beyond the queue the answer is `Overloaded`, at once. Must not know: why requests
//! take long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

/// monday's smallest plan takes 40 requests at once; a tenth is left for others.
pub(crate) const DEFAULT_IN_FLIGHT: usize = 36;
const QUEUE_PER_PLACE: usize = 64;

#[derive(Debug)]
pub(crate) struct Admission {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    longest_queue: usize,
}

/// A place among the requests under way; given back when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: OwnedSemaphorePermit,
}

/// Counts a waiting caller, also one that gives up.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Admission {
    pub(crate) fn new(in_flight: usize) -> Self {
        let in_flight = in_flight.clamp(1, Semaphore::MAX_PERMITS / QUEUE_PER_PLACE);
        Self {
            places: Arc::new(Semaphore::new(in_flight)),
            waiting: AtomicUsize::new(0),
            longest_queue: in_flight * QUEUE_PER_PLACE,
        }
    }

    /// Waits for a place, until the deadline at most.
    pub(crate) async fn enter(&self, deadline: Deadline) -> Result<Place, Error> {
        if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(Place { _permit: permit });
        }
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if ahead >= self.longest_queue {
            return Err(Error::new(ErrorKind::Overloaded));
        }
        match tokio::time::timeout_at(deadline.instant(), Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Place { _permit: permit }),
            // The semaphore is never closed.
            Ok(Err(_)) | Err(_) => Err(Error::new(ErrorKind::Overloaded)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn soon() -> Deadline {
        Deadline::after(Duration::from_secs(1))
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_is_given_back_when_dropped_and_a_waiter_gives_up_at_the_deadline() {
        let admission = Admission::new(1);
        let place = admission.enter(soon()).await.unwrap();
        assert_eq!(admission.enter(soon()).await.unwrap_err().kind(), ErrorKind::Overloaded);
        drop(place);
        assert!(admission.enter(soon()).await.is_ok());
        assert_eq!(admission.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn beyond_the_queue_the_answer_is_overloaded_at_once() {
        let admission = Arc::new(Admission::new(1));
        let _place = admission.enter(soon()).await.unwrap();
        let waiters: Vec<_> = (0..QUEUE_PER_PLACE)
            .map(|_| {
                let admission = Arc::clone(&admission);
                tokio::spawn(async move { admission.enter(soon()).await.map(drop) })
            })
            .collect();
        while admission.waiting.load(Ordering::Relaxed) < QUEUE_PER_PLACE {
            tokio::task::yield_now().await;
        }
        let before = tokio::time::Instant::now();
        assert_eq!(admission.enter(soon()).await.unwrap_err().kind(), ErrorKind::Overloaded);
        assert_eq!(before.elapsed(), Duration::ZERO);
        for waiter in waiters {
            waiter.abort();
            let _ = waiter.await;
        }
        assert_eq!(
            admission.waiting.load(Ordering::Relaxed),
            0,
            "a waiter that was cancelled is still counted"
        );
    }
}
