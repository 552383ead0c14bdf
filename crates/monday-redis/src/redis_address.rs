//! Where Redis is, and what is refused before anything is sent there.
//!
//! Must not know: what is kept there.

use std::fmt;
use std::net::IpAddr;

use redis::{Client, ConnectionAddr, IntoConnectionInfo as _, TlsCertificates};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::{Limits, Link};

/// A URL of Redis and whom it is trusted by. Shows neither the URL nor its password.
pub struct RedisAddress {
    url: String,
    authority: Option<Vec<u8>>,
    allows_plain_text: bool,
}

/// Redis cannot be reached by this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum RedisUrlError {
    /// Not a Redis URL.
    #[error("the Redis URL cannot be read: it is `rediss://user:password@host:port/db`")]
    Invalid,
    /// Passwords and what is kept would cross the network in the open.
    #[error("Redis on another machine needs TLS: use `rediss://`, or allow plain text by name")]
    PlainText,
    /// The URL turns the check of certificates off.
    #[error("the Redis URL has `#insecure`: name a private authority instead")]
    Unverified,
    /// The PEM file holds no certificate of an authority.
    #[error("the private authority's PEM holds no certificate")]
    Certificate,
    /// There is nothing that a private authority could vouch for.
    #[error("a private authority is for `rediss://` only")]
    WithoutTls,
    /// A connection of the caller's is trusted and encrypted as the caller made it.
    #[error("a private authority, or plain text, is for a Redis URL, and not for a connection of one's own")]
    OwnConnection,
    /// The prefix would part keys that belong together on a cluster.
    #[error("the prefix of the Redis keys has braces")]
    Prefix,
}

impl RedisAddress {
    /// Redis at this URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), authority: None, allows_plain_text: false }
    }

    /// Trusts the certificate authorities of a PEM file instead of those of the machine.
    #[must_use]
    pub fn private_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.authority = Some(pem.into());
        self
    }

    /// Lets everything cross the network in the open, by `redis://` to another machine.
    #[must_use]
    pub fn allow_plain_text(mut self) -> Self {
        self.allows_plain_text = true;
        self
    }

    /// A way there that sends nothing yet: the connection is made when first needed.
    ///
    /// TLS comes from rustls, and the `redis` crate uses the process's provider of cryptography: if none is installed,
    /// this installs aws-lc-rs.
    pub fn link(self, limits: Limits) -> Result<Link, RedisUrlError> {
        Ok(Link::to(client(&self.url, self.authority, self.allows_plain_text)?, limits))
    }
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisAddress")
            .field("allows_plain_text", &self.allows_plain_text)
            .finish_non_exhaustive()
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
    if !matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
        return Err(RedisUrlError::WithoutTls);
    }
    if CertificateDer::pem_slice_iter(&pem).next().is_none_or(|first| first.is_err()) {
        return Err(RedisUrlError::Certificate);
    }
    let trusted = TlsCertificates { client_tls: None, root_cert: Some(pem) };
    Client::build_with_tls(info, trusted).map_err(|_| RedisUrlError::Certificate)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}
