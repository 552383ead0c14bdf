//! The tokens of all keys of one app: log in, hand out, log out.
//!
//! Must not know: the steps of a refresh.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;

use super::OAuthProvider;
use super::session::{Session, Surroundings};
use crate::auth_event::AuthEvent;
use crate::{
    AppFault, Audience, AuthError, AuthorizationCode, CredentialKind, Expect, HttpSend, OAuthApp, Runtime,
    ScopeSet, Secret, StoreError, TokenGrant, TokenKey, TokenRecord, TokenStore,
};

/// The sessions of an app, in one store. Clones share everything; use one for each store in a process.
#[derive(Debug, Clone)]
pub struct OAuthSessions {
    around: Arc<Surroundings>,
    sessions: Arc<Mutex<HashMap<TokenKey, Arc<Session>>>>,
}

/// Builds [`OAuthSessions`].
#[derive(Debug)]
pub struct OAuthSessionsBuilder(Surroundings);

impl OAuthSessionsBuilder {
    /// The server that the access tokens are for. Default: monday's API.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.0.audience = audience;
        self
    }

    /// Builds it. Reads and sends nothing.
    #[must_use]
    pub fn build(self) -> OAuthSessions {
        OAuthSessions { around: Arc::new(self.0), sessions: Arc::default() }
    }
}

impl OAuthSessions {
    /// The app's sessions in this store; `http` reaches the authorization server, `runtime` runs what must outlive its
    /// callers.
    pub fn builder(
        app: OAuthApp,
        store: impl TokenStore,
        http: Arc<dyn HttpSend>,
        runtime: Arc<dyn Runtime>,
    ) -> OAuthSessionsBuilder {
        let audience = Audience::monday();
        OAuthSessionsBuilder(Surroundings { app, store: Arc::new(store), http, runtime, audience })
    }

    /// The app.
    #[must_use]
    pub fn app(&self) -> &OAuthApp {
        &self.around.app
    }

    /// The credentials of a key. There need be none yet: asking for one then says so.
    pub fn provider(&self, key: &TokenKey) -> Result<OAuthProvider, AuthError> {
        Ok(OAuthProvider(self.session(key)?))
    }

    pub(super) fn session(&self, key: &TokenKey) -> Result<Arc<Session>, AuthError> {
        if key.app() != self.around.app.client_id() {
            return Err(AuthError::App(AppFault::OtherKey));
        }
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Arc::new(Session::new(Arc::clone(&self.around), key.clone()));
        Ok(Arc::clone(sessions.entry(key.clone()).or_insert_with(fresh)))
    }

    /// Exchanges a code and keeps the tokens under the key, in place of any others.
    pub async fn log_in(&self, key: &TokenKey, code: AuthorizationCode) -> Result<OAuthProvider, AuthError> {
        let session = self.session(key)?;
        let grant = self.around.app.exchange(code, &*self.around.http).await?;
        self.keep(session, grant).await
    }

    /// Keeps tokens that were exchanged elsewhere under the key, in place of any others.
    pub async fn adopt(&self, key: &TokenKey, grant: TokenGrant) -> Result<OAuthProvider, AuthError> {
        self.keep(self.session(key)?, grant).await
    }

    /// Exchanges a token of the legacy flow, and keeps the new pair under the key.
    pub async fn migrate_legacy(&self, key: &TokenKey, token: &Secret) -> Result<OAuthProvider, AuthError> {
        let session = self.session(key)?;
        let grant = self.around.app.migrate_legacy(token, &*self.around.http).await?;
        self.keep(session, grant).await
    }

    async fn keep(&self, session: Arc<Session>, grant: TokenGrant) -> Result<OAuthProvider, AuthError> {
        let (store, key) = (&self.around.store, &session.key);
        let lease = session.lease_only().await?;
        let old = match store.load(key).await {
            Err(StoreError::Corrupt(_)) => {
                store.set_aside(key, &lease).await?;
                None
            }
            found => found?,
        };
        let record = Arc::new(TokenRecord::first(grant, old.as_deref(), self.around.app.server().issuer()));
        let expect = old.map_or(Expect::Absent, |old| Expect::Version(old.version()));
        store.save(key, Arc::clone(&record), expect, &lease).await?;
        session.forget();
        session.publish(Arc::clone(&record))?;
        AuthEvent::LoggedIn { key, record: &record }.tell();
        Ok(OAuthProvider(session))
    }

    /// Revokes the refresh token, then the access token, and deletes both here whatever the server says. The error is
    /// the server's, if the store's work went well.
    pub async fn log_out(&self, key: &TokenKey) -> Result<(), AuthError> {
        let session = self.session(key)?;
        // A refresh under way would bring back what is being revoked; but a stuck one must not keep tokens here.
        let lease = session.lease_only().await;
        let found = session.load().await;
        let deleted = self.around.store.delete(key).await;
        session.forget();
        let mut result = Ok(());
        if let Ok(Some(record)) = &found
            && record.kind != CredentialKind::LegacyOAuth
        {
            if let Some(refresh) = &record.refresh {
                result = self.around.app.revoke(refresh, true, &*self.around.http).await;
            }
            let access = self.around.app.revoke(&record.access, false, &*self.around.http).await;
            result = result.and(access);
            AuthEvent::LoggedOut { key, record, revoked: result.is_ok() }.tell();
        }
        deleted?;
        drop(lease);
        result
    }

    /// [`OAuthProvider::settle`] for all keys at once; the error is the first one's.
    pub async fn settle(&self) -> Result<(), AuthError> {
        let sessions: Vec<_> =
            self.sessions.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        let settled = join_all(sessions.iter().map(Session::settle)).await;
        settled.into_iter().collect()
    }

    /// The scopes the user consented to, as the store has them.
    pub async fn granted(&self, key: &TokenKey) -> Result<Option<ScopeSet>, AuthError> {
        Ok(self.session(key)?.load().await?.map(|record| record.scope.clone()))
    }
}
