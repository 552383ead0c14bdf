//! A refresh from start to end, as a task that outlives its callers.
//!
//! Must not know: how often the authorization server is asked.

use std::sync::Arc;
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::FutureExt as _;

use super::live::{Live, Need};
use super::session::{Flight, Outcome, Session};
use super::{LEASE_TIME, LEASE_WAIT, refresh_step};
use crate::auth_event::AuthEvent;
use crate::{
    AuthError, ConsentLost, Expect, Fingerprint, HttpFault, Lease, OAuthCode, StoreError, TokenGrant,
    TokenRecord, Unusable, Version,
};

/// How long a refused refresh token is looked for a successor of.
const SECOND_LOOK: Duration = Duration::from_secs(3);
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// How often a save that failed is tried again in the background, at growing distances.
const SAVE_TRIES: u32 = 12;

impl Session {
    /// The flight that is under way, else a new one. Dropping it does not stop it.
    pub(super) fn flight(self: &Arc<Self>, refused: Option<Fingerprint>) -> Flight {
        let mut state = self.state();
        if let Some(flight) = state.flight.as_ref().filter(|flight| flight.peek().is_none()) {
            return flight.clone();
        }
        let (give, take) = oneshot::channel::<Outcome>();
        let flight = async { take.await.unwrap_or(Err(AuthError::Aborted)) }.boxed().shared();
        state.flight = Some(flight.clone());
        drop(state);
        let this = Arc::clone(self);
        self.around.runtime.spawn(Box::pin(async move {
            let outcome = this.fly(refused).await;
            this.note(&outcome);
            this.state().flight = None;
            // Every caller may be gone.
            let _ = give.send(outcome);
        }));
        flight
    }

    async fn fly(self: &Arc<Self>, refused: Option<Fingerprint>) -> Outcome {
        let held = self.state().live.as_ref().map(|live| live.record.version());
        refresh_step("started");
        if let Some(live) = self.adopt(self.load().await?, held, refused)? {
            return Ok(live);
        }
        let lease = match self.lease(held, refused).await? {
            Leased::Ours(lease) => lease,
            Leased::Done(live) => return Ok(live),
        };
        refresh_step("leased");
        // Whoever held the lease before may have refreshed.
        let found = self.load().await?;
        if let Some(live) = self.adopt(found.clone(), held, refused)? {
            return Ok(live);
        }
        let record = self.save_unsaved(found, &lease).await?;
        if let Some(live) = self.adopt(record.clone(), held, refused)? {
            return Ok(live);
        }
        let Some(record) = record else {
            self.forget();
            return Err(AuthError::ReauthorizationRequired(ConsentLost::NoToken));
        };
        if !record.can_refresh() {
            return self.end_of(&record, refused);
        }
        refresh_step("reread");
        self.around.store.check_writable(&self.key, &lease).await?;
        refresh_step("preflighted");
        match self.spend(&record, &lease).await {
            Ok(grant) => {
                refresh_step("answered");
                self.keep(&record, grant, &lease).await
            }
            Err(unusable) => self.refused(&record, unusable, held, &lease).await,
        }
    }

    /// Waits for the flight under way, and saves what the store has not taken yet.
    pub(super) async fn settle(self: &Arc<Self>) -> Result<(), AuthError> {
        let flight = self.state().flight.clone();
        if let Some(flight) = flight {
            // Its failure has been told, and leaves nothing that could be lost.
            let _ = flight.await;
        }
        if self.state().unsaved.is_none() {
            return Ok(());
        }
        let lease = self.lease_only().await?;
        let found = self.load().await?;
        self.save_unsaved(found, &lease).await?;
        Ok(())
    }

    pub(super) async fn load(&self) -> Result<Option<Arc<TokenRecord>>, AuthError> {
        Ok(self.around.store.load(&self.key).await?)
    }

    /// Uses a record of the store if it is newer than what is held, was not refused, and is not due.
    fn adopt(
        &self,
        record: Option<Arc<TokenRecord>>,
        held: Option<Version>,
        refused: Option<Fingerprint>,
    ) -> Result<Option<Arc<Live>>, AuthError> {
        let Some(record) = record else {
            return Ok(None);
        };
        let is_newer = held.is_none_or(|held| record.version() > held);
        if !is_newer || refused == Some(record.fingerprint()) {
            return Ok(None);
        }
        let runtime = &self.around.runtime;
        let trial =
            Live::new(Arc::clone(&record), &self.around.audience, runtime.now(), runtime.elapsed(), 0)?;
        if trial.need(runtime.elapsed()) == Need::Now
            && !(record.needs_consent && trial.is_valid(runtime.elapsed()))
        {
            return Ok(None);
        }
        AuthEvent::Adopted { key: &self.key, record: &record }.tell();
        self.publish(record).map(Some)
    }

    /// Takes the lease. Meanwhile its holder may finish, which serves as well.
    async fn lease(&self, held: Option<Version>, refused: Option<Fingerprint>) -> Result<Leased, AuthError> {
        let begun = self.elapsed();
        let mut pause = Duration::from_millis(10);
        loop {
            if let Some(lease) = self.around.store.lease(&self.key, LEASE_TIME).await? {
                let waited = self.elapsed().saturating_sub(begun);
                if waited >= Duration::from_millis(10) {
                    AuthEvent::LeaseWaited { key: &self.key, waited }.tell();
                }
                return Ok(Leased::Ours(lease));
            }
            if let Some(live) = self.adopt(self.load().await?, held, refused)? {
                return Ok(Leased::Done(live));
            }
            if self.elapsed().saturating_sub(begun) >= LEASE_WAIT {
                return Err(AuthError::LeaseTimeout);
            }
            self.around.runtime.sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(250));
        }
    }

    /// Waits for the lease whatever the holder does: for logins and logouts.
    pub(super) async fn lease_only(&self) -> Result<Lease, AuthError> {
        let begun = self.elapsed();
        loop {
            if let Some(lease) = self.around.store.lease(&self.key, LEASE_TIME).await? {
                return Ok(lease);
            }
            if self.elapsed().saturating_sub(begun) >= LEASE_WAIT {
                return Err(AuthError::LeaseTimeout);
            }
            self.around.runtime.sleep(Duration::from_millis(50)).await;
        }
    }

    /// Brings the store up to what is in use, if an earlier save failed.
    async fn save_unsaved(
        &self,
        found: Option<Arc<TokenRecord>>,
        lease: &Lease,
    ) -> Result<Option<Arc<TokenRecord>>, AuthError> {
        let unsaved = self.state().unsaved.clone();
        let Some(unsaved) = unsaved else {
            return Ok(found);
        };
        let Some(stored) = &found else {
            // Logged out meanwhile: nobody wants these tokens.
            self.state().unsaved = None;
            self.revoke_unwanted(&unsaved).await;
            return Ok(None);
        };
        // A process that was stopped with the answer in hand finds the end that another wrote for want of it.
        let was_given_up = stored.needs_consent() && !unsaved.needs_consent();
        if unsaved.version() > stored.version() || was_given_up && unsaved.version() == stored.version() {
            let expect = Expect::Version(stored.version());
            self.around.store.save(&self.key, Arc::clone(&unsaved), expect, lease).await?;
            self.state().unsaved = None;
            return Ok(Some(unsaved));
        }
        self.state().unsaved = None;
        Ok(found)
    }

    /// Saves what the server sent, then uses it.
    async fn keep(self: &Arc<Self>, old: &TokenRecord, grant: TokenGrant, lease: &Lease) -> Outcome {
        let new = Arc::new(old.succeeded_by(grant));
        let result = self.save(old, &new, lease).await;
        refresh_step("saved");
        let live = match result {
            Ok(()) => self.publish(Arc::clone(&new))?,
            Err(StoreError::Conflict) => match self.load().await? {
                Some(other) if other.version() >= new.version() => self.publish(other)?,
                Some(other) => {
                    // Older than what the server has just sent: the server's word counts.
                    let expect = Expect::Version(other.version());
                    let saved = self.around.store.save(&self.key, Arc::clone(&new), expect, lease).await;
                    self.keep_unsaved_if(saved.is_err(), &new);
                    self.publish(Arc::clone(&new))?
                }
                None => {
                    // Logged out meanwhile: nobody wants these tokens.
                    self.forget();
                    self.revoke_unwanted(&new).await;
                    return Err(AuthError::ReauthorizationRequired(ConsentLost::NoToken));
                }
            },
            Err(error) => {
                AuthEvent::NotPersisted { key: &self.key, record: &new, error }.tell();
                self.keep_unsaved_if(true, &new);
                self.publish(Arc::clone(&new))?
            }
        };
        refresh_step("published");
        AuthEvent::Refreshed { key: &self.key, old, new: &live.record }.tell();
        AuthEvent::tell_if_consent_ends(&self.key, &live.record, self.around.runtime.now());
        Ok(live)
    }

    /// Revokes what nobody keeps. If that fails, its time will end it.
    async fn revoke_unwanted(&self, record: &TokenRecord) {
        if let Some(refresh) = &record.refresh {
            let _ = self.around.app.revoke(refresh, true, &*self.around.http).await;
        }
    }

    async fn save(&self, old: &TokenRecord, new: &Arc<TokenRecord>, lease: &Lease) -> Result<(), StoreError> {
        self.around.store.save(&self.key, Arc::clone(new), Expect::Version(old.version()), lease).await
    }

    /// Keeps the only copy of a pair in memory, and tries to save it in the background.
    fn keep_unsaved_if(self: &Arc<Self>, failed: bool, new: &Arc<TokenRecord>) {
        if !failed {
            return;
        }
        self.state().unsaved = Some(Arc::clone(new));
        let this = Arc::clone(self);
        self.around.runtime.spawn(Box::pin(async move {
            for attempt in 0..SAVE_TRIES {
                this.around.runtime.sleep(Duration::from_secs(1 << attempt.min(6))).await;
                if this.state().unsaved.is_none() {
                    return;
                }
                let Ok(Some(lease)) = this.around.store.lease(&this.key, LEASE_TIME).await else {
                    continue;
                };
                if let Ok(found) = this.load().await {
                    let _ = this.save_unsaved(found, &lease).await;
                }
            }
        }));
    }

    /// What to do after the authorization server gave no tokens.
    async fn refused(
        self: &Arc<Self>,
        record: &Arc<TokenRecord>,
        unusable: Unusable,
        held: Option<Version>,
        lease: &Lease,
    ) -> Outcome {
        let (error, refresh) = (*unusable.error, unusable.refresh);
        if let Some(refresh) = refresh {
            // The old refresh token is burnt, so this one is the session.
            let rescued = Arc::new(record.with_refresh(refresh, self.around.runtime.now()));
            let saved = self.save(record, &rescued, lease).await;
            self.keep_unsaved_if(saved.is_err(), &rescued);
            return Err(error);
        }
        let spent = self.state().maybe_spent == Some(record.version());
        match &error {
            AuthError::OAuth(fault) if fault.code == OAuthCode::InvalidGrant => {}
            AuthError::Transport(HttpFault::NotSent) => return Err(error),
            AuthError::Transport(_) | AuthError::ServerUnavailable { .. } => {
                self.state().maybe_spent = Some(record.version());
                return Err(error);
            }
            _ => return Err(error),
        }
        let begun = self.elapsed();
        while self.elapsed().saturating_sub(begun) < SECOND_LOOK {
            let found = self.load().await?;
            if found.as_ref().is_some_and(|found| found.version() > record.version())
                && let Some(live) = self.adopt(found, held.max(Some(record.version())), None)?
            {
                return Ok(live);
            }
            self.around.runtime.sleep(LOOK_EVERY).await;
        }
        let lost = if spent { ConsentLost::AnswerLost } else { ConsentLost::Refused };
        AuthEvent::ReauthorizationRequired { key: &self.key, why: lost }.tell();
        let tombstone = Arc::new(record.tombstone());
        if self.save(record, &tombstone, lease).await.is_ok() {
            self.publish(tombstone)?;
        }
        Err(AuthError::ReauthorizationRequired(lost))
    }

    /// A record that cannot be refreshed: its access token is used to its end.
    fn end_of(&self, record: &Arc<TokenRecord>, refused: Option<Fingerprint>) -> Outcome {
        let live = self.publish(Arc::clone(record))?;
        let is_refused = refused == Some(record.fingerprint());
        if live.is_valid(self.elapsed()) && !is_refused {
            return Ok(live);
        }
        Err(match (record.needs_consent, record.refresh.is_some(), is_refused) {
            (true, ..) => AuthError::ReauthorizationRequired(ConsentLost::RefusedBefore),
            (false, false, true) if record.expires_at.is_none() => {
                AuthError::Rejected { fingerprint: record.fingerprint() }
            }
            _ => AuthError::ReauthorizationRequired(ConsentLost::NoRefreshToken),
        })
    }
}

enum Leased {
    /// The lease is this flight's.
    Ours(Lease),
    /// Whoever has it has refreshed.
    Done(Arc<Live>),
}
