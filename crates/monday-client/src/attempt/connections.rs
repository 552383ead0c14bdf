//! How connections are opened: by https or to this machine, trusting whom, without redirects and without
//! retries of reqwest's own.
//!
//! The one place that builds an HTTP client. Must not know: what is sent.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Certificate;
use reqwest::redirect::Policy;

use super::names::Names;
use crate::{Error, ErrorKind};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A silent HTTP/2 connection is asked whether it lives, and given up if it does not answer.
const PING_AFTER: Duration = Duration::from_secs(15);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// The policy of the connections to be.
pub(crate) struct Connections {
    pub(crate) connect_timeout: Duration,
    pem_files: Vec<Vec<u8>>,
}

impl Default for Connections {
    fn default() -> Self {
        Self { connect_timeout: CONNECT_TIMEOUT, pem_files: Vec::new() }
    }
}

impl Connections {
    /// Trusts the authorities of a PEM file beside those of the machine.
    pub(crate) fn trust(&mut self, pem: Vec<u8>) {
        self.pem_files.push(pem);
    }

    fn roots(&self) -> Result<Vec<Certificate>, Error> {
        let mut all = Vec::new();
        for pem in &self.pem_files {
            let roots = Certificate::from_pem_bundle(pem).unwrap_or_default();
            if roots.is_empty() {
                return Err(Error::new(ErrorKind::Configuration));
            }
            all.extend(roots);
        }
        Ok(all)
    }

    /// A pool of connections. Opens none. A file without a certificate is no trust.
    pub(crate) fn pool(&self, is_loopback: bool) -> Result<reqwest::Client, Error> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .dns_resolver(Arc::new(Names))
            .connect_timeout(self.connect_timeout)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .tls_certs_merge(self.roots()?);
        // A proxy from the environment must not see requests to this machine.
        let builder = if is_loopback { builder.no_proxy() } else { builder.https_only(true) };
        builder.build().map_err(|_| Error::new(ErrorKind::Configuration))
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file of certificates may hold a private key too.
        f.debug_struct("Connections")
            .field("connect_timeout", &self.connect_timeout)
            .field("pem_files", &self.pem_files.len())
            .finish()
    }
}
