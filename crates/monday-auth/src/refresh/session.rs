//! One key's tokens in this process: what is in use, what is under way, what failed.
//!
//! Must not know: the steps of a refresh.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::Shared;

use super::live::{Live, Need};
use crate::auth_event::AuthEvent;
use crate::{
    Audience, AuthError, BoxFuture, Credential, Fingerprint, HttpSend, OAuthApp, Runtime, TokenKey,
    TokenRecord, TokenStore, Version,
};

/// A refusal that no refresh will mend is not asked about again for so long.
const QUIET: Duration = Duration::from_secs(30);

pub(super) type Outcome = Result<Arc<Live>, AuthError>;
pub(super) type Flight = Shared<BoxFuture<'static, Outcome>>;

/// What all keys share.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub(super) app: OAuthApp,
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) http: Arc<dyn HttpSend>,
    pub(super) runtime: Arc<dyn Runtime>,
    pub(super) audience: Audience,
}

/// One key.
pub(super) struct Session {
    pub(super) around: Arc<Surroundings>,
    pub(super) key: TokenKey,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) live: Option<Arc<Live>>,
    pub(super) flight: Option<Flight>,
    /// Obtained, in use, and not in the store yet.
    pub(super) unsaved: Option<Arc<TokenRecord>>,
    /// A refresh token of this version may have been spent without an answer.
    pub(super) maybe_spent: Option<Version>,
    failure: Option<Failure>,
    failures: u32,
    /// A token that was fetched because the one before it was refused, and until when its own refusal is final.
    fetched_on_refusal: Option<(Fingerprint, Duration)>,
}

struct Failure {
    error: AuthError,
    until: Duration,
}

impl Session {
    pub(super) fn new(around: Arc<Surroundings>, key: TokenKey) -> Self {
        Self { around, key, state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.around.runtime.elapsed()
    }

    /// The credential to send now.
    pub(super) async fn credential(self: &Arc<Self>) -> Result<Credential, AuthError> {
        let held = self.state().live.clone();
        let Some(live) = held else {
            self.failed_lately()?;
            return Ok(self.flight(None).await?.credential.clone());
        };
        let need = live.need(self.elapsed());
        if need == Need::Nothing {
            return Ok(live.credential.clone());
        }
        let failed = self.failed_lately();
        if need == Need::Soon {
            if failed.is_ok() && live.record.can_refresh() {
                // It goes on by itself.
                drop(self.flight(None));
            }
            return Ok(live.credential.clone());
        }
        let outcome = match failed {
            Ok(()) => self.flight(None).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(fresh) => Ok(fresh.credential.clone()),
            // What is valid is used to its end, whatever the authorization server says.
            Err(_) if live.is_valid(self.elapsed()) => Ok(live.credential.clone()),
            Err(error) => Err(error),
        }
    }

    /// Another credential than the one that was refused.
    pub(super) async fn after_refusal(
        self: &Arc<Self>,
        refused: Fingerprint,
    ) -> Result<Credential, AuthError> {
        let rejected = AuthError::Rejected { fingerprint: refused };
        let elapsed = self.elapsed();
        let held = {
            let state = self.state();
            let final_until = state.fetched_on_refusal.filter(|(fingerprint, _)| *fingerprint == refused);
            let is_due = state.live.as_ref().is_some_and(|live| live.need(elapsed) == Need::Now);
            if final_until.is_some_and(|(_, until)| elapsed < until) && !is_due {
                return Err(rejected);
            }
            state.live.clone()
        };
        if let Some(newer) = held.filter(|live| live.credential.fingerprint() != refused) {
            return Ok(newer.credential.clone());
        }
        AuthEvent::Rejected { key: &self.key, fingerprint: refused }.tell();
        // A flight that was under way may end with the refused token; the next one knows of it.
        for _ in 0..2 {
            self.failed_lately()?;
            let live = self.flight(Some(refused)).await?;
            if live.credential.fingerprint() != refused {
                // A short token may have ended by then, which is no refusal.
                let quiet = live.record.life().map_or(QUIET, |life| QUIET.min(life / 4));
                let until = self.elapsed().saturating_add(quiet);
                self.state().fetched_on_refusal = Some((live.credential.fingerprint(), until));
                return Ok(live.credential.clone());
            }
        }
        Err(rejected)
    }

    fn failed_lately(&self) -> Result<(), AuthError> {
        let elapsed = self.elapsed();
        match &self.state().failure {
            Some(failure) if elapsed < failure.until => Err(failure.error.clone()),
            _ => Ok(()),
        }
    }

    /// Puts a record into use, unless a newer one is.
    pub(super) fn publish(&self, record: Arc<TokenRecord>) -> Outcome {
        let mut jitter = [0];
        // Without random numbers the refreshes of many processes are less spread, that is all.
        let _ = getrandom::fill(&mut jitter);
        let [jitter] = jitter;
        let runtime = &self.around.runtime;
        let live = Live::new(record, &self.around.audience, runtime.now(), runtime.elapsed(), jitter)?;
        let live = Arc::new(live);
        let mut state = self.state();
        if let Some(newer) = state.live.as_ref().filter(|held| held.record.version() > live.record.version())
        {
            return Ok(Arc::clone(newer));
        }
        state.live = Some(Arc::clone(&live));
        (state.failure, state.failures) = (None, 0);
        Ok(live)
    }

    /// Forgets everything: logged out.
    pub(super) fn forget(&self) {
        let mut state = self.state();
        let flight = state.flight.take();
        *state = State { flight, ..State::default() };
    }

    /// Remembers a failure, and for how long it is not tried again.
    pub(super) fn note(&self, outcome: &Outcome) {
        let Err(error) = outcome else {
            return;
        };
        let elapsed = self.elapsed();
        let mut state = self.state();
        let growing = Duration::from_secs(1 << state.failures.min(5)).min(QUIET);
        let wait = match error {
            AuthError::ServerUnavailable { retry_after: Some(wait), .. } => *wait,
            error if error.is_retryable() => growing,
            _ => QUIET,
        };
        state.failures = state.failures.saturating_add(1);
        state.failure = Some(Failure { error: error.clone(), until: elapsed.saturating_add(wait) });
        AuthEvent::RefreshFailed { key: &self.key, error }.tell();
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("key", &self.key).finish_non_exhaustive()
    }
}
