//! How a store in Redis is reached, and what is refused before anything is sent.
//!
//! Must not know: what is kept there.

use std::fmt;
use std::time::Duration;

use monday_redis::{Limits, Link, RedisAddress};
use redis::aio::ConnectionManager;

use crate::key_names::KeyNames;
use crate::{RedisStore, RedisUrlError};

/// A refresh waits for no more than this.
const LIMITS: Limits = Limits { connect: Duration::from_secs(2), answer: Duration::from_secs(2) };

/// Builds a [`RedisStore`]. Shows neither the URL nor its password.
pub struct RedisStoreBuilder {
    way: Way,
    prefix: String,
}

enum Way {
    Address(RedisAddress),
    Managed(ConnectionManager),
    /// The caller's connection, with settings that are not for it.
    Overruled,
}

impl RedisStoreBuilder {
    pub(crate) fn url(url: String) -> Self {
        Self::new(Way::Address(RedisAddress::new(url)))
    }

    pub(crate) fn managed(manager: ConnectionManager) -> Self {
        Self::new(Way::Managed(manager))
    }

    fn new(way: Way) -> Self {
        Self { way, prefix: "monday-auth:".to_owned() }
    }

    /// What all keys in Redis begin with, without braces. Default: `monday-auth:`.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Trusts the certificate authorities of a PEM file instead of those of the machine: for a server whose certificate
    /// comes from an authority of one's own. Only for `rediss://`, not for a connection of the caller's.
    #[must_use]
    pub fn private_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.way = self.way.with(|address| address.private_authority(pem));
        self
    }

    /// Lets tokens and password cross the network in the open, by `redis://` to another machine: for a network that
    /// encrypts by itself. Not for a connection of the caller's.
    #[must_use]
    pub fn allow_plain_text(mut self) -> Self {
        self.way = self.way.with(RedisAddress::allow_plain_text);
        self
    }

    /// Builds it. Sends nothing. What [`RedisUrlError`] lists is an error.
    ///
    /// TLS comes from rustls, and the `redis` crate uses the process's provider of cryptography: if none is installed,
    /// this installs aws-lc-rs.
    pub fn build(self) -> Result<RedisStore, RedisUrlError> {
        let names = KeyNames::new(&self.prefix).ok_or(RedisUrlError::Prefix)?;
        let link = match self.way {
            Way::Managed(manager) => Link::on(manager, LIMITS),
            Way::Address(address) => address.link(LIMITS)?,
            Way::Overruled => return Err(RedisUrlError::OwnConnection),
        };
        Ok(RedisStore::new(link, names))
    }
}

impl Way {
    fn with(self, change: impl FnOnce(RedisAddress) -> RedisAddress) -> Self {
        match self {
            Self::Address(address) => Self::Address(change(address)),
            Self::Managed(_) | Self::Overruled => Self::Overruled,
        }
    }
}

impl fmt::Debug for RedisStoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStoreBuilder").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
