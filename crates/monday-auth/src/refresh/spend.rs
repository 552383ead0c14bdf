//! Spends a refresh token: how often the server is asked within a lease.
//!
//! Must not know: what becomes of the answer.

use std::time::Duration;

use super::refresh_step;
use super::session::Session;
use crate::oauth::{READ_TIME, REQUEST_TIME};
use crate::runtime::within;
use crate::{AuthError, HttpFault, Lease, OAuthCode, StoreError, TokenGrant, TokenRecord, Unusable};

/// A request that was not sent is tried so often.
const NOT_SENT_TRIES: u32 = 3;

/// A request whose answer is lost is sent again so often: with the answer the session is lost, so it can only help.
const LOST_AGAIN: u32 = 2;

/// What a lease must have left beyond the request itself, for the save.
const FOR_THE_SAVE: Duration = Duration::from_secs(2);

impl Session {
    pub(super) async fn spend(&self, record: &TokenRecord, lease: &Lease) -> Result<TokenGrant, Unusable> {
        let Some(refresh) = &record.refresh else {
            return Err(AuthError::Rejected { fingerprint: record.fingerprint() }.into());
        };
        let runtime = &self.around.runtime;
        let (mut not_sent, mut lost, mut is_refused) = (0, 0, false);
        let app = &self.around.app;
        loop {
            // A process that was stopped for a while may have lost the lease without knowing.
            if lease.remaining() < REQUEST_TIME + FOR_THE_SAVE {
                return Err(AuthError::Store(StoreError::NoLease).into());
            }
            refresh_step("posting");
            let secret = app.secret.current();
            let request = app.refresh(&secret, refresh, &*self.around.http, runtime.now());
            let answer = within(runtime, REQUEST_TIME + Duration::from_millis(500), request).await;
            let answer = answer.unwrap_or_else(|| Err(AuthError::Transport(HttpFault::MaybeSent).into()));
            let fault = match &answer {
                Err(unusable) => match *unusable.error {
                    AuthError::Transport(fault) => fault,
                    // The app was not authenticated, so nothing was done: the refresh token is as good as before.
                    AuthError::OAuth(ref fault) if fault.code == OAuthCode::InvalidClient && !is_refused => {
                        is_refused = true;
                        let newer = app.secret.after_refusal(secret.fingerprint(), runtime.sleep(READ_TIME));
                        if newer.await.is_none() || !self.still_leases(lease).await {
                            return answer;
                        }
                        continue;
                    }
                    _ => return answer,
                },
                Ok(_) => return answer,
            };
            let again = if fault == HttpFault::NotSent {
                not_sent += 1;
                not_sent < NOT_SENT_TRIES
            } else {
                self.state().maybe_spent = Some(record.version());
                lost += 1;
                lost <= LOST_AGAIN
            };
            if !again || lease.remaining() < REQUEST_TIME + FOR_THE_SAVE {
                return answer;
            }
            runtime.sleep(Duration::from_millis(100 << (2 * (not_sent + lost)).min(4))).await;
            if !self.still_leases(lease).await {
                return answer;
            }
        }
    }

    /// Asks the store, too: while a machine sleeps, its own clock may stand still, and someone else spend the
    /// token.
    async fn still_leases(&self, lease: &Lease) -> bool {
        self.around.store.check_writable(&self.key, lease).await.is_ok()
            && lease.remaining() >= REQUEST_TIME + FOR_THE_SAVE
    }
}
