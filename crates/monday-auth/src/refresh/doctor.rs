//! Examines one key's session: consent, tokens, scopes, store.
//!
//! Must not know: how any of it is mended.

use std::time::{Duration, SystemTime};

use super::session::Session;
use super::{LEASE_TIME, OAuthSessions};
use crate::time_words::in_words;
use crate::{
    AuthError, CONSENT_LIFE, ConsentLost, CredentialKind, Diagnosis, ScopeNeed, TokenKey, TokenRecord,
};

/// A consent that ends sooner is worth a warning.
const CONSENT_SOON: Duration = Duration::from_hours(14 * 24);

const LOG_IN: &str = "send the user through the login again";

impl OAuthSessions {
    /// Examines a key's session beside what its operations need ([`ScopeSet::minimal_for`](crate::ScopeSet)): whether
    /// there are tokens, when they and the consent end, whether the scopes suffice, and whether the store can be
    /// written. Sends nothing and spends nothing.
    pub async fn doctor(&self, key: &TokenKey, need: &ScopeNeed) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        let session = match self.session(key) {
            Ok(session) => session,
            Err(error) => {
                diagnosis.error(&error);
                return diagnosis;
            }
        };
        match session.load().await {
            Ok(Some(record)) => {
                let now = session.around.runtime.now();
                examine_tokens(&mut diagnosis, &record, now);
                examine_consent(&mut diagnosis, &record, now);
                examine_scopes(&mut diagnosis, &record, need);
            }
            Ok(None) => diagnosis.error(&AuthError::ReauthorizationRequired(ConsentLost::NoToken)),
            Err(error) => diagnosis.error(&error),
        }
        examine_store(&mut diagnosis, &session).await;
        diagnosis
    }
}

fn examine_tokens(diagnosis: &mut Diagnosis, record: &TokenRecord, now: SystemTime) {
    let token = record.fingerprint();
    let ends = match record.expires_at().map(|end| end.duration_since(now)) {
        None => format!("the access token {token} does not end by itself"),
        Some(Ok(left)) => format!("the access token {token} ends in {}", in_words(left)),
        Some(Err(_)) if record.can_refresh() => {
            format!("the access token {token} has ended; the next call refreshes it")
        }
        Some(Err(_)) => return diagnosis.problem(format!("the access token {token} has ended"), LOG_IN),
    };
    diagnosis.good(ends);
    if record.kind == CredentialKind::LegacyOAuth {
        diagnosis.warning("it is a token of the legacy flow", "exchange it for a pair (`migrate_legacy`)");
    } else if !record.needs_consent() && !record.can_refresh() {
        diagnosis.warning("there is no refresh token: the session ends with the access token", LOG_IN);
    }
}

fn examine_consent(diagnosis: &mut Diagnosis, record: &TokenRecord, now: SystemTime) {
    if record.needs_consent() {
        return diagnosis.error(&AuthError::ReauthorizationRequired(ConsentLost::RefusedBefore));
    }
    if record.kind == CredentialKind::LegacyOAuth {
        return;
    }
    let end = record.authorized_at() + CONSENT_LIFE;
    match end.duration_since(now) {
        Ok(left) if left >= CONSENT_SOON => {
            diagnosis.good(format!("the consent lasts {} more, as far as is known", in_words(left)));
        }
        Ok(left) => {
            let what = format!("the consent ends in {}, as far as is known", in_words(left));
            diagnosis.warning(what, "let the user authorize the app again before that");
        }
        Err(_) => diagnosis.warning("the consent has ended, as far as is known", LOG_IN),
    }
}

fn examine_scopes(diagnosis: &mut Diagnosis, record: &TokenRecord, need: &ScopeNeed) {
    if !need.unsettled.is_empty() {
        let what = format!("nobody has said which scopes these need: {}", need.unsettled.join(", "));
        diagnosis.warning(what, "try them; a missing scope shows as `missingRequiredPermissions`");
    }
    if record.scope().is_empty() {
        let advice = "ask for the scopes by name when the login begins";
        return diagnosis.warning("nothing says which scopes were granted", advice);
    }
    let review = need.review(record.scope());
    if review.missing.is_empty() {
        diagnosis.good(format!("the scopes suffice: {}", record.scope()));
    } else {
        diagnosis.error(&AuthError::ScopeMissing { missing: review.missing });
    }
    if !review.unused.is_empty() {
        let what = format!("scopes that nothing here needs: {}", review.unused);
        diagnosis.warning(what, "leave them out when the user consents next");
    }
}

async fn examine_store(diagnosis: &mut Diagnosis, session: &Session) {
    if session.state().unsaved.is_some() {
        let advice = "keep the process alive until the store can be written again";
        diagnosis.problem("the newest tokens are in memory only: saving them failed", advice);
    }
    let store = &session.around.store;
    match store.lease(&session.key, LEASE_TIME).await {
        Ok(Some(lease)) => match store.check_writable(&session.key, &lease).await {
            Ok(()) => diagnosis.good("the token store can be written"),
            Err(error) => diagnosis.error(&error.into()),
        },
        Ok(None) => {
            let advice = "ask again; if it stays so, look for a stopped process that uses the same store";
            diagnosis.warning("another process holds the lease on this key", advice);
        }
        Err(error) => diagnosis.error(&error.into()),
    }
}
