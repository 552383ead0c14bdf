//! The tokens of one consent as they are kept, and which of two records is the newer.
//!
//! Must not know: where records are kept, how tokens are fetched.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::{CredentialKind, Fingerprint, ScopeSet, Secret, TokenGrant};

/// How long monday's refresh tokens live after the consent, as clients have observed; monday does not document it.
pub const CONSENT_LIFE: Duration = Duration::from_hours(180 * 24);

/// Access and refresh token of one consent, and what is known of them.
#[derive(Debug)]
pub struct TokenRecord {
    pub(crate) access: Secret,
    pub(crate) refresh: Option<Secret>,
    pub(crate) kind: CredentialKind,
    pub(crate) scope: ScopeSet,
    pub(crate) obtained_at: SystemTime,
    pub(crate) expires_at: Option<SystemTime>,
    pub(crate) authorized_at: SystemTime,
    pub(crate) generation: u64,
    pub(crate) issuer: String,
    pub(crate) needs_consent: bool,
}

/// Where a record stands in its succession: a later consent is newer, then a later refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version {
    /// Milliseconds from 1970 to the consent.
    pub authorized_at: u64,
    /// Counts the saves since then.
    pub generation: u64,
}

impl TokenRecord {
    /// Where it stands in its succession.
    #[must_use]
    pub fn version(&self) -> Version {
        Version { authorized_at: millis(self.authorized_at), generation: self.generation }
    }

    /// The access token's fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.access.fingerprint()
    }

    /// The scopes the user consented to, as far as the server says.
    #[must_use]
    pub fn scope(&self) -> &ScopeSet {
        &self.scope
    }

    /// When the access token ends; `None` for a legacy token, which does not.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// When the user consented. Refreshing does not change it.
    #[must_use]
    pub fn authorized_at(&self) -> SystemTime {
        self.authorized_at
    }

    /// The refresh token was refused: only a new consent helps. The access token may live on for a while.
    #[must_use]
    pub fn needs_consent(&self) -> bool {
        self.needs_consent
    }

    /// Whether there is a refresh token.
    #[must_use]
    pub fn can_refresh(&self) -> bool {
        self.refresh.is_some() && !self.needs_consent
    }

    /// What is left of the access token; `None` when it does not end.
    pub(crate) fn remaining(&self, now: SystemTime) -> Option<Duration> {
        self.expires_at.map(|end| end.duration_since(now).unwrap_or_default())
    }

    /// How long the access token lives in all.
    pub(crate) fn life(&self) -> Option<Duration> {
        self.expires_at.map(|end| end.duration_since(self.obtained_at).unwrap_or_default())
    }

    /// The record of a new consent, in place of an older one.
    pub(crate) fn first(grant: TokenGrant, old: Option<&Self>, issuer: &str) -> Self {
        let after = old.map(|old| old.authorized_at + Duration::from_millis(1));
        Self {
            access: grant.access,
            refresh: grant.refresh,
            kind: grant.kind,
            scope: grant.scope.unwrap_or_default(),
            obtained_at: grant.received_at,
            expires_at: grant.expires_at,
            // Newer than the last consent even if the clock was set back.
            authorized_at: after.map_or(grant.received_at, |after| after.max(grant.received_at)),
            generation: old.map_or(1, |old| old.generation + 1),
            issuer: issuer.to_owned(),
            needs_consent: false,
        }
    }

    /// The record after a refresh. What the answer does not hold stays as it was (RFC 6749, section 6).
    pub(crate) fn succeeded_by(&self, grant: TokenGrant) -> Self {
        Self {
            access: grant.access,
            refresh: grant.refresh.or_else(|| self.refresh.as_ref().map(Secret::duplicate)),
            kind: grant.kind,
            scope: grant.scope.unwrap_or_else(|| self.scope.clone()),
            obtained_at: grant.received_at,
            expires_at: grant.expires_at,
            authorized_at: self.authorized_at,
            generation: self.generation + 1,
            issuer: self.issuer.clone(),
            needs_consent: false,
        }
    }

    /// The record after an answer of which only the refresh token could be used: due at once.
    pub(crate) fn with_refresh(&self, refresh: Secret, now: SystemTime) -> Self {
        Self {
            refresh: Some(refresh),
            expires_at: self.expires_at.map(|end| end.min(now)),
            needs_consent: false,
            ..self.tombstone()
        }
    }

    /// The record that tells every process that the refresh token is dead.
    pub(crate) fn tombstone(&self) -> Self {
        Self {
            access: self.access.duplicate(),
            refresh: None,
            kind: self.kind,
            scope: self.scope.clone(),
            obtained_at: self.obtained_at,
            expires_at: self.expires_at,
            authorized_at: self.authorized_at,
            generation: self.generation + 1,
            issuer: self.issuer.clone(),
            needs_consent: true,
        }
    }
}

pub(crate) fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
