//! A source's credential in use, and one reading at a time.
//!
//! Must not know: how the source is read.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::Shared;

use super::missing;
use crate::{AuthError, BoxFuture, Credential, Fingerprint, Generation};

/// For sources that cost something to read: a refused token that is still there is not asked about again for so long.
pub(super) const QUIET: Duration = Duration::from_secs(30);

pub(super) type Found = Result<Option<Credential>, AuthError>;
type Reading = Shared<BoxFuture<'static, Found>>;

/// Reads a source when first needed and after a refusal. Callers that come during a reading share it.
#[derive(Default)]
pub(super) struct Kept {
    state: Arc<Mutex<State>>,
    quiet: Duration,
}

#[derive(Default)]
struct State {
    current: Option<Credential>,
    reading: Option<Reading>,
    refused: Option<(Fingerprint, Instant)>,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    pub(super) fn new(quiet: Duration) -> Self {
        Self { state: Arc::default(), quiet }
    }

    /// The credential in use, else what the source has.
    pub(super) async fn find(&self, read: impl FnOnce() -> BoxFuture<'static, Found>) -> Found {
        let reading = {
            let mut state = lock(&self.state);
            match &state.current {
                Some(current) => return Ok(Some(current.clone())),
                None => self.reading(&mut state, read),
            }
        };
        reading.await
    }

    /// As [`find`](Self::find), where nothing is an error.
    pub(super) async fn get(
        &self,
        name: &'static str,
        read: impl FnOnce() -> BoxFuture<'static, Found>,
    ) -> Result<Credential, AuthError> {
        self.find(read).await?.ok_or_else(|| missing(name))
    }

    /// Another credential than the refused one.
    pub(super) async fn after_refusal(
        &self,
        refused: Fingerprint,
        name: &'static str,
        read: impl FnOnce() -> BoxFuture<'static, Found>,
    ) -> Result<Credential, AuthError> {
        let rejected = AuthError::Rejected { fingerprint: refused };
        // A reading whose callers gave up may have ended long ago: what it found is no news.
        let ended = lock(&self.state).reading.clone();
        drop(ended.map(futures_util::FutureExt::now_or_never));
        let reading = {
            let mut state = lock(&self.state);
            // Another caller may have read the newer token already.
            if let Some(newer) = state.current.as_ref().filter(|current| current.fingerprint() != refused) {
                return Ok(newer.clone());
            }
            let lately =
                |(fingerprint, at): (_, Instant)| fingerprint == refused && at.elapsed() < self.quiet;
            if state.refused.is_some_and(lately) {
                return Err(rejected);
            }
            self.reading(&mut state, read)
        };
        let fresh = reading.await?.ok_or_else(|| missing(name))?;
        if fresh.fingerprint() == refused {
            lock(&self.state).refused = Some((refused, Instant::now()));
            return Err(rejected);
        }
        Ok(fresh)
    }

    fn reading(&self, state: &mut State, read: impl FnOnce() -> BoxFuture<'static, Found>) -> Reading {
        if let Some(reading) = &state.reading {
            return reading.clone();
        }
        let (kept, read) = (Arc::clone(&self.state), read());
        let reading = async move {
            let found = read.await;
            let mut state = lock(&kept);
            state.reading = None;
            found.map(|found| found.map(|fresh| state.settle(fresh)))
        };
        state.reading.insert(reading.boxed().shared()).clone()
    }
}

impl State {
    /// Puts a credential into use, with the generation after that of the one before.
    fn settle(&mut self, fresh: Credential) -> Credential {
        let next = match &self.current {
            Some(current) if current.fingerprint() == fresh.fingerprint() => current.generation(),
            Some(current) => Generation(current.generation().0 + 1),
            None => Generation::default(),
        };
        self.current.insert(fresh.with_generation(next)).clone()
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kept").field(&lock(&self.state).current).finish()
    }
}
