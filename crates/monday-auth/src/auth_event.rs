//! What happens to tokens, told through `tracing` with fingerprints only.
//!
//! The target is `monday_auth`. Must not know: the tokens.

use std::time::{Duration, SystemTime};

use crate::token_record::CONSENT_LIFE;
use crate::{AuthError, ConsentLost, Fingerprint, SecretFault, StoreError, TokenKey, TokenRecord};

/// How long before a consent ends it is told.
const SOON: Duration = Duration::from_hours(14 * 24);

/// Something that happened to a token.
#[derive(Debug)]
pub(crate) enum AuthEvent<'a> {
    LoggedIn { key: &'a TokenKey, record: &'a TokenRecord },
    Refreshed { key: &'a TokenKey, old: &'a TokenRecord, new: &'a TokenRecord },
    Adopted { key: &'a TokenKey, record: &'a TokenRecord },
    LeaseWaited { key: &'a TokenKey, waited: Duration },
    NotPersisted { key: &'a TokenKey, record: &'a TokenRecord, error: StoreError },
    RefreshFailed { key: &'a TokenKey, error: &'a AuthError },
    Rejected { key: &'a TokenKey, fingerprint: Fingerprint },
    LoggedOut { key: &'a TokenKey, record: &'a TokenRecord, revoked: bool },
    ReauthorizationSoon { key: &'a TokenKey, left: Duration },
    ReauthorizationRequired { key: &'a TokenKey, why: ConsentLost },
    AppSecretChanged { source_name: &'a str, old: Fingerprint, new: Fingerprint },
    AppSecretNotRead { source_name: &'a str, fault: SecretFault },
}

impl AuthEvent<'_> {
    /// Tells the consent's end, if it is near.
    pub(crate) fn tell_if_consent_ends(key: &TokenKey, record: &TokenRecord, now: SystemTime) {
        let end = record.authorized_at + CONSENT_LIFE;
        let left = end.duration_since(now).unwrap_or_default();
        if left <= SOON && record.refresh.is_some() {
            AuthEvent::ReauthorizationSoon { key, left }.tell();
        }
    }

    pub(crate) fn tell(&self) {
        match self {
            Self::LoggedIn { key, record } => {
                tracing::info!(target: "monday_auth", %key, token = %record.fingerprint(), scope = %record.scope, "logged in");
            }
            Self::Refreshed { key, old, new } => tracing::info!(
                target: "monday_auth", %key, old = %old.fingerprint(), new = %new.fingerprint(),
                generation = new.generation, "token refreshed"
            ),
            Self::Adopted { key, record } => tracing::debug!(
                target: "monday_auth", %key, token = %record.fingerprint(), generation = record.generation,
                "token taken from the store"
            ),
            Self::LeaseWaited { key, waited } => {
                tracing::debug!(target: "monday_auth", %key, waited_ms = millis(*waited), "waited for another refresh");
            }
            Self::NotPersisted { key, record, error } => tracing::error!(
                target: "monday_auth", %key, token = %record.fingerprint(), %error,
                "the refreshed token is in memory only"
            ),
            Self::RefreshFailed { key, error } => {
                tracing::warn!(target: "monday_auth", %key, %error, "token not refreshed");
            }
            Self::Rejected { key, fingerprint } => {
                tracing::warn!(target: "monday_auth", %key, token = %fingerprint, "token refused by the API");
            }
            Self::LoggedOut { key, record, revoked } => tracing::info!(
                target: "monday_auth", %key, token = %record.fingerprint(), revoked, "logged out"
            ),
            Self::ReauthorizationSoon { key, left } => tracing::warn!(
                target: "monday_auth", %key, days = left.as_secs() / 86_400, "the user must authorize the app again soon"
            ),
            Self::ReauthorizationRequired { key, why } => tracing::error!(
                target: "monday_auth", %key, %why, maybe_stolen = matches!(why, ConsentLost::Refused),
                "the user must authorize the app again"
            ),
            Self::AppSecretChanged { source_name, old, new } => tracing::info!(
                target: "monday_auth", source_name, %old, %new, "client secret changed"
            ),
            Self::AppSecretNotRead { source_name, fault } => tracing::warn!(
                target: "monday_auth", source_name, %fault, "client secret refused by the server, and not read anew"
            ),
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
