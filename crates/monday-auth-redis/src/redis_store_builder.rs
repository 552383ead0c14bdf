//! How a store in Redis is reached, and what is refused before anything is sent.
//!
//! Must not know: what is kept there.

use std::fmt;
use std::net::IpAddr;

use redis::aio::ConnectionManager;
use redis::{Client, ConnectionAddr, IntoConnectionInfo as _, TlsCertificates};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::key_names::KeyNames;
use crate::link::Link;
use crate::{RedisStore, RedisUrlError};

/// Builds a [`RedisStore`]. Shows neither the URL nor its password.
pub struct RedisStoreBuilder {
    way: Way,
    prefix: String,
    authority: Option<Vec<u8>>,
    allows_plain_text: bool,
}

enum Way {
    Url(String),
    Managed(ConnectionManager),
}

impl RedisStoreBuilder {
    pub(crate) fn url(url: String) -> Self {
        Self::new(Way::Url(url))
    }

    pub(crate) fn managed(manager: ConnectionManager) -> Self {
        Self::new(Way::Managed(manager))
    }

    fn new(way: Way) -> Self {
        Self { way, prefix: "monday-auth:".to_owned(), authority: None, allows_plain_text: false }
    }

    /// What all keys in Redis begin with, without braces. Default: `monday-auth:`.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Trusts the certificate authorities of a PEM file instead of those of the machine: for a server whose certificate
    /// comes from an authority of one's own. Only for `rediss://`.
    #[must_use]
    pub fn private_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.authority = Some(pem.into());
        self
    }

    /// Lets tokens and password cross the network in the open, by `redis://` to another machine: for a network that
    /// encrypts by itself.
    #[must_use]
    pub fn allow_plain_text(mut self) -> Self {
        self.allows_plain_text = true;
        self
    }

    /// Builds it. Sends nothing.
    ///
    /// TLS comes from rustls, and the `redis` crate uses the process's provider of cryptography: if none is installed,
    /// this installs aws-lc-rs.
    pub fn build(self) -> Result<RedisStore, RedisUrlError> {
        let names = KeyNames::new(&self.prefix).ok_or(RedisUrlError::Prefix)?;
        let link = match self.way {
            Way::Managed(manager) => Link::Managed(manager),
            Way::Url(url) => Link::own(client(&url, self.authority, self.allows_plain_text)?),
        };
        Ok(RedisStore::new(link, names))
    }
}

fn client(url: &str, authority: Option<Vec<u8>>, allows_plain_text: bool) -> Result<Client, RedisUrlError> {
    // The crate's errors may repeat the URL.
    let info = url.into_connection_info().map_err(|_| RedisUrlError::Invalid)?;
    match info.addr() {
        ConnectionAddr::TcpTls { insecure: true, .. } => return Err(RedisUrlError::Unverified),
        ConnectionAddr::Tcp(host, _) if !allows_plain_text && !is_loopback(host) => {
            return Err(RedisUrlError::PlainText);
        }
        ConnectionAddr::TcpTls { .. } if CryptoProvider::get_default().is_none() => {
            // Whoever was faster has installed one as well.
            let _ = aws_lc_rs::default_provider().install_default();
        }
        _ => {}
    }
    let Some(pem) = authority else {
        return Client::open(info).map_err(|_| RedisUrlError::Invalid);
    };
    let is_tls = matches!(info.addr(), ConnectionAddr::TcpTls { .. });
    if !is_tls || CertificateDer::pem_slice_iter(&pem).next().is_none_or(|first| first.is_err()) {
        return Err(RedisUrlError::Certificate);
    }
    let trusted = TlsCertificates { client_tls: None, root_cert: Some(pem) };
    Client::build_with_tls(info, trusted).map_err(|_| RedisUrlError::Certificate)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

impl fmt::Debug for RedisStoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStoreBuilder").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
