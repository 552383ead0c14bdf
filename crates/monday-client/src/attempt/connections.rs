//! How connections are opened: by https or to this machine, trusting whom, through which proxy, and how long
//! they are kept.
//!
//! The one place that builds an HTTP client: nothing below it follows a redirect, keeps a cookie or sends a
//! request again that may have arrived. Must not know: what is sent.

mod connector;
mod route;
mod trust;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;

use super::request::Sent;
use crate::Error;
use connector::Connector;
use route::Route;
use trust::Trust;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A silent HTTP/2 connection is asked whether it lives, and given up if it does not answer.
const PING_AFTER: Duration = Duration::from_secs(15);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// An idle connection is closed after this.
const IDLE: Duration = Duration::from_secs(90);

/// Connections that are kept and used again.
pub(crate) type Pool = Client<Connector, Sent>;

/// The policy of the connections to be.
pub(crate) struct Connections {
    pub(crate) connect_timeout: Duration,
    trust: Trust,
}

impl Default for Connections {
    fn default() -> Self {
        Self { connect_timeout: CONNECT_TIMEOUT, trust: Trust::default() }
    }
}

impl Connections {
    /// Trusts the authorities of a PEM file beside those of the machine.
    pub(crate) fn trust(&mut self, pem: Vec<u8>) {
        self.trust.add(pem);
    }

    /// A pool of connections. Opens none. A file without a certificate is no trust.
    pub(crate) fn pool(&self, is_loopback: bool) -> Result<Pool, Error> {
        let tls = self.trust.config()?;
        Ok(self.pool_with(tls, is_loopback))
    }

    /// Two pools with the same trust: one for servers elsewhere, one for those of this machine.
    #[cfg(feature = "oauth")]
    pub(crate) fn pools(&self) -> Result<(Pool, Pool), Error> {
        let tls = self.trust.config()?;
        Ok((self.pool_with(tls.clone(), false), self.pool_with(tls, true)))
    }

    fn pool_with(&self, tls: ClientConfig, is_loopback: bool) -> Pool {
        // A proxy from the environment must not see requests to this machine.
        let proxies = (!is_loopback).then(|| Arc::new(Matcher::from_env()));
        let route = Route::new(proxies, &tls, self.connect_timeout);
        let https = HttpsConnectorBuilder::new().with_tls_config(tls);
        let https = if is_loopback { https.https_or_http() } else { https.https_only() };
        let https = https.enable_all_versions().wrap_connector(route);
        let connector = Connector::new(https, self.connect_timeout);
        Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .build(connector)
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections")
            .field("connect_timeout", &self.connect_timeout)
            .field("trust", &self.trust)
            .finish()
    }
}
