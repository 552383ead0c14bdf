//! How a store in PostgreSQL is reached, and what is refused before anything is sent.
//!
//! Must not know: what is kept there.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::encryption::connector;
use crate::hosts_in_turn::{HostsInTurn, is_complete};
use crate::link::{CONNECT_TIME, Link};
use crate::statements::Statements;
use crate::{PostgresStore, PostgresUrlError};

/// A refresh needs one connection, and giving a lease back another; keys refresh side by side.
const CONNECTIONS: usize = 4;

/// How long a pooled connection may take to show that it lives.
const RECYCLE_TIME: Duration = Duration::from_secs(1);

/// How long the system waits for a peer that acknowledges nothing.
const PEER_TIME: Duration = Duration::from_secs(5);

/// Builds a [`PostgresStore`]. Shows neither the URL nor its password.
pub struct PostgresStoreBuilder {
    way: Way,
    schema: Option<String>,
    table: String,
    authority: Option<Vec<u8>>,
    allows_plain_text: bool,
}

enum Way {
    Url(String),
    Pool(Pool),
}

impl PostgresStoreBuilder {
    pub(crate) fn url(url: String) -> Self {
        Self::new(Way::Url(url))
    }

    pub(crate) fn pool(pool: Pool) -> Self {
        Self::new(Way::Pool(pool))
    }

    fn new(way: Way) -> Self {
        let table = "monday_auth_tokens".to_owned();
        Self { way, schema: None, table, authority: None, allows_plain_text: false }
    }

    /// The table's schema: up to 63 ASCII letters, digits and underscores, upper case counts. Default: the session's
    /// search path.
    #[must_use]
    pub fn schema(mut self, schema: impl Into<String>) -> Self {
        self.schema = Some(schema.into());
        self
    }

    /// The table's name: up to 63 ASCII letters, digits and underscores, upper case counts. Default:
    /// `monday_auth_tokens`.
    #[must_use]
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = table.into();
        self
    }

    /// Trusts the certificate authorities of a PEM file instead of those of the machine: for a server whose
    /// certificate comes from an authority of one's own. TLS is then asked for on this machine, too, and when
    /// plain text is allowed. Where there is no TLS it is refused: with `sslmode=disable`, for a socket of a
    /// file, for a pool of the caller's.
    #[must_use]
    pub fn private_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.authority = Some(pem.into());
        self
    }

    /// Lets tokens cross the network in the open if the URL's `sslmode` is `prefer`, the default, or
    /// `disable`: for a network that encrypts by itself. Refused for a pool of the caller's, who answers for
    /// its encryption.
    #[must_use]
    pub fn allow_plain_text(mut self) -> Self {
        self.allows_plain_text = true;
        self
    }

    /// Builds it. Sends nothing, so a server that is not there is no error yet.
    ///
    /// # Errors
    ///
    /// [`Invalid`](PostgresUrlError::Invalid) for what is no PostgreSQL URL with a host,
    /// [`PlainText`](PostgresUrlError::PlainText) for `sslmode=disable` to another machine,
    /// [`Certificate`](PostgresUrlError::Certificate) for a PEM file that cannot be used,
    /// [`WithoutTls`](PostgresUrlError::WithoutTls) and [`OwnPool`](PostgresUrlError::OwnPool) for settings
    /// that would do nothing, [`Name`](PostgresUrlError::Name) for the schema's or the table's.
    pub fn build(self) -> Result<PostgresStore, PostgresUrlError> {
        let statements =
            Statements::new(self.schema.as_deref(), &self.table).ok_or(PostgresUrlError::Name)?;
        let pool = match self.way {
            Way::Pool(_) if self.authority.is_some() || self.allows_plain_text => {
                return Err(PostgresUrlError::OwnPool);
            }
            Way::Pool(pool) => pool,
            Way::Url(url) => pool(&url, self.authority.as_deref(), self.allows_plain_text)?,
        };
        Ok(PostgresStore::new(Link::new(pool), Arc::new(statements)))
    }
}

fn pool(url: &str, authority: Option<&[u8]>, allows_plain_text: bool) -> Result<Pool, PostgresUrlError> {
    // The crate's errors may repeat the URL.
    let mut config: Config = with_known_mode(url).parse().map_err(|_| PostgresUrlError::Invalid)?;
    if !is_complete(&config) {
        return Err(PostgresUrlError::Invalid);
    }
    let mode = config.get_ssl_mode();
    let is_here = is_here(&config);
    if mode == SslMode::Disable && !is_here && !allows_plain_text {
        return Err(PostgresUrlError::PlainText);
    }
    if authority.is_some() && (mode == SslMode::Disable || has_socket(&config)) {
        return Err(PostgresUrlError::WithoutTls);
    }
    // `prefer`, the default, falls back to plain text when anyone on the way says so.
    if mode == SslMode::Prefer && (authority.is_some() || !is_here && !allows_plain_text) {
        config.ssl_mode(SslMode::Require);
    } else if mode == SslMode::Prefer && is_here {
        // A server's default certificate for this machine is nobody's.
        config.ssl_mode(SslMode::Disable);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(PEER_TIME);
    }
    if config.get_application_name().is_none() {
        config.application_name("monday-auth");
    }
    let tls = connector(authority).ok_or(PostgresUrlError::Certificate)?;
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Verified };
    let pool = Pool::builder(Manager::from_connect(config, HostsInTurn(tls), recycling))
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(CONNECT_TIME))
        .create_timeout(Some(CONNECT_TIME))
        .recycle_timeout(Some(RECYCLE_TIME));
    pool.build().map_err(|_| PostgresUrlError::Invalid)
}

/// The URL with the modes that its parser does not know as `require`: here that means what `verify-full` asks
/// for, and more than `verify-ca` does.
fn with_known_mode(url: &str) -> String {
    // As the parser does: the first `@` ends the password, which may look like anything.
    let begin = url.find('@').unwrap_or_default();
    let (before, rest) = url.split_at(begin);
    let Some((way, parameters)) = rest.split_once('?') else {
        return url.to_owned();
    };
    let known = |parameter| match parameter {
        "sslmode=verify-full" | "sslmode=verify-ca" => "sslmode=require",
        other => other,
    };
    let parameters: Vec<_> = parameters.split('&').map(known).collect();
    format!("{before}{way}?{}", parameters.join("&"))
}

/// Whether a host is a socket of a file, which has no TLS.
fn has_socket(config: &Config) -> bool {
    config.get_hosts().iter().any(|host| !matches!(host, Host::Tcp(_)))
}

/// Whether all hosts are this machine.
fn is_here(config: &Config) -> bool {
    let hosts = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            let address = name.parse::<IpAddr>();
            name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    hosts && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

impl fmt::Debug for PostgresStoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("PostgresStoreBuilder");
        shown.field("schema", &self.schema).field("table", &self.table).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_that_verify_are_read_as_the_one_that_does_here_and_nothing_else_is_changed() {
        for (given, read) in [
            ("postgres://h/db?sslmode=verify-full", "postgres://h/db?sslmode=require"),
            ("postgres://u:p@h?a=b&sslmode=verify-ca&c=d", "postgres://u:p@h?a=b&sslmode=require&c=d"),
            ("postgres://u:?sslmode=verify-full&@h/db?a=b", "postgres://u:?sslmode=verify-full&@h/db?a=b"),
            ("postgres://h/db?options=sslmode=verify-full", "postgres://h/db?options=sslmode=verify-full"),
            ("postgres://h/sslmode=verify-full", "postgres://h/sslmode=verify-full"),
        ] {
            assert_eq!(with_known_mode(given), read);
        }
    }
}
