//! What can go wrong with a token store.
//!
//! Must not know: records.

use std::io;

/// A store could not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another process saved first.
    #[error("the token store was changed by another process")]
    Conflict,
    /// The lease is for another key, or has ended.
    #[error("the lease on the token has ended")]
    NoLease,
    /// Reading or writing failed.
    #[error("the token store cannot be {doing}: {kind}")]
    Io {
        /// `read`, `written` or `locked`.
        doing: &'static str,
        /// Why.
        kind: io::ErrorKind,
    },
    /// Others can read or change it, or it is not what it should be.
    #[error("the token store is refused: {0}")]
    Exposed(&'static str),
    /// It holds something else than a token record of this key.
    #[error("the token record cannot be read: {0}")]
    Corrupt(&'static str),
    /// The place of the records is not what the store expects: there is no table, or another of its name.
    #[error("the token store is not set up: {0}")]
    NotSetUp(&'static str),
    /// The keyring is locked, or there is none.
    #[error("the keyring is not available: {0}")]
    KeyringUnavailable(&'static str),
    /// The store's server cannot be reached, or does not answer for now.
    #[error("the token store is not available")]
    Unavailable,
    /// The store's server does not let this app do it.
    #[error("the token store refuses this app")]
    Denied,
    /// A record of more than 64 KiB is none.
    #[error("the token record is longer than 64 KiB")]
    TooLong,
}

impl StoreError {
    /// Whether the same call may succeed later without anyone's doing.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Conflict | Self::NoLease | Self::Unavailable | Self::Io { .. })
    }

    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Conflict | Self::NoLease => "call again",
            Self::Io { .. } => "check that the disk has room and that this user may write there",
            Self::Exposed(_) => "make the folder 0700 and the file 0600, both this user's own and no links",
            Self::Corrupt(_) => "log in again: that puts the unreadable record aside",
            Self::NotSetUp(_) => {
                "set the store's place up as its documentation says, and let nothing else use it"
            }
            Self::KeyringUnavailable(_) => {
                "unlock the keyring, or choose another store; tokens are never put elsewhere by themselves"
            }
            Self::Unavailable => "check the store's server; tokens in use go on working",
            Self::Denied => "check the password or role that the store is used with, and what it may do",
            Self::TooLong => "use shorter names in the token's key; no token of monday's is so long",
        }
    }
}
