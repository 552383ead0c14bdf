//! A source's credential in use, and one reading at a time.
//!
//! Must not know: how the source is read.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::Shared;

use super::{CredentialSource, missing};
use crate::{
    AuthError, BoxFuture, Credential, CredentialProvider, Fingerprint, Generation, Rejection, RequestContext,
};

/// For sources that cost something to read: a refused token that is still there is not asked about again for
/// so long.
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

    /// Another credential than the refused one; `None` if there is nothing any more.
    pub(super) async fn after_refusal(
        &self,
        refused: Fingerprint,
        read: impl FnOnce() -> BoxFuture<'static, Found>,
    ) -> Found {
        let rejected = AuthError::Rejected { fingerprint: refused };
        // A reading whose callers gave up may have ended long ago: what it found is no news.
        let ended = lock(&self.state).reading.clone();
        drop(ended.map(futures_util::FutureExt::now_or_never));
        let reading = {
            let mut state = lock(&self.state);
            // Another caller may have read the newer token already.
            if let Some(newer) = state.current.as_ref().filter(|current| current.fingerprint() != refused) {
                return Ok(Some(newer.clone()));
            }
            let lately =
                |(fingerprint, at): (_, Instant)| fingerprint == refused && at.elapsed() < self.quiet;
            if state.refused.is_some_and(lately) {
                return Err(rejected);
            }
            self.reading(&mut state, read)
        };
        let fresh = reading.await?;
        if fresh.as_ref().is_some_and(|fresh| fresh.fingerprint() == refused) {
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

/// A source that is read when needed and kept: what it must say to be a provider.
pub(super) trait KeptSource: fmt::Debug + Send + Sync + 'static {
    /// What it is called in errors and traces.
    fn label(&self) -> &'static str;

    /// The error when nothing is set.
    fn absent(&self) -> AuthError {
        missing(self.label())
    }

    fn kept(&self) -> &Kept;

    fn read_anew(&self) -> BoxFuture<'static, Found>;
}

impl<S: KeptSource> CredentialProvider for S {
    fn credential<'a>(&'a self, _: &'a RequestContext<'a>) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(async move { self.find().await?.ok_or_else(|| self.absent()) })
    }

    fn rejected<'a>(
        &'a self,
        credential: &'a Credential,
        _: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(async move {
            let fresh = self.kept().after_refusal(credential.fingerprint(), || self.read_anew());
            fresh.await?.ok_or_else(|| self.absent())
        })
    }
}

impl<S: KeptSource> CredentialSource for S {
    fn name(&self) -> &'static str {
        self.label()
    }

    fn find(&self) -> BoxFuture<'_, Found> {
        Box::pin(self.kept().find(|| self.read_anew()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuse(kept: &Kept, refused: &Credential, there: &Credential) -> Found {
        let there = there.clone();
        let read = || -> BoxFuture<'static, Found> { Box::pin(std::future::ready(Ok(Some(there)))) };
        kept.after_refusal(refused.fingerprint(), read).now_or_never().unwrap()
    }

    #[test]
    fn a_rejected_token_is_replaced_by_a_newer_one_and_never_by_itself() {
        let kept = Kept::default();
        let old = Credential::personal_token("token-old-1").unwrap();
        let rejected = Err(AuthError::Rejected { fingerprint: old.fingerprint() });
        assert_eq!(refuse(&kept, &old, &old), rejected);
        let fresh = Credential::personal_token("token-new-1").unwrap();
        let new = refuse(&kept, &old, &fresh).unwrap().unwrap();
        assert_eq!((new.generation(), new.fingerprint()), (Generation(1), fresh.fingerprint()));
        // A second caller that was refused with the old token gets the newer one without another read.
        assert_eq!(refuse(&kept, &old, &old), Ok(Some(new)));
    }
}
