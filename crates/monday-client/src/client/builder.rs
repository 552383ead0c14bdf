//! Builds a client.
//!
//! Must not know: what is sent with it.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use monday_auth::{CredentialProvider, Endpoint, EnvSource};
use monday_core::ApiVersion;

use super::Client;
use crate::admission::Admission;
use crate::attempt::{Connections, Limits, Transport};
use crate::breaker::Breaker;
use crate::governor::{Governor, QuotaLedger};
use crate::pipeline::{API_VERSION, Pipeline};
use crate::quota_headers::QuotaHeaders;
use crate::retry::RetryBudget;
use crate::served_version::{ServedVersion, VersionCheck};
use crate::{Error, ErrorKind};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const DEFAULT_DEADLINE: Duration = Duration::from_mins(1);
const DEFAULT_MAX_RESPONSE_BYTES: usize = 32 * 1024 * 1024;
const DEFAULT_FIRST_BYTE_TIMEOUT: Duration = Duration::from_secs(30);
const SDK: &str = concat!("monday-sdk-rust/", env!("CARGO_PKG_VERSION"));

/// Builds a [`Client`]. Everything has a default; without a credential the environment is asked.
///
/// Calls to servers elsewhere go through the proxy that `HTTPS_PROXY` or `ALL_PROXY` names, in either case of
/// letters, unless `NO_PROXY` has the host; a user and a password in its address are sent to it. A server of this
/// machine is never asked through a proxy.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    provider: Option<Box<dyn CredentialProvider>>,
    endpoint: Option<Endpoint>,
    api_version: ApiVersion,
    served_version: ServedVersion,
    deadline: Duration,
    max_in_flight: Option<usize>,
    max_queue: Option<usize>,
    limits: Limits,
    connections: Connections,
    user_agent: Option<String>,
    quota_ledger: Option<Arc<dyn QuotaLedger>>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            provider: None,
            endpoint: None,
            api_version: ApiVersion::pinned(),
            served_version: ServedVersion::default(),
            deadline: DEFAULT_DEADLINE,
            max_in_flight: None,
            max_queue: None,
            limits: Limits {
                response_bytes: DEFAULT_MAX_RESPONSE_BYTES,
                first_byte: DEFAULT_FIRST_BYTE_TIMEOUT,
            },
            connections: Connections::default(),
            user_agent: None,
            quota_ledger: None,
        }
    }

    /// The credential, or whoever hands it out. Default: [`EnvSource`], whose token is for monday's API
    /// alone; for another endpoint give a credential made for it.
    pub fn credential(mut self, provider: impl CredentialProvider) -> Self {
        self.provider = Some(Box::new(provider));
        self
    }

    /// Where the API is. Default: `https://api.monday.com/v2`.
    pub fn endpoint(mut self, endpoint: Endpoint) -> Self {
        self.endpoint = Some(endpoint);
        self
    }

    /// The API version to ask for. Default: the one of the SDK's schema.
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.api_version = version;
        self
    }

    /// What happens when another version is served. Default: a warning.
    pub fn served_version(mut self, policy: ServedVersion) -> Self {
        self.served_version = policy;
        self
    }

    /// How long a call may take, all attempts and waits together. Default: 60 s.
    pub fn deadline(mut self, total: Duration) -> Self {
        self.deadline = total;
        self
    }

    /// How many requests may be under way at once; further calls wait. The client starts at 8, grows while
    /// the server allows it and halves when it refuses. Default: the `concurrency` that the server names less
    /// a tenth, and 36 until it names one.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = Some(requests);
        self
    }

    /// How many calls may wait for their turn; further ones fail at once with
    /// [`ErrorKind::Overloaded`]. Default: 64 for each request that may be under way at the start.
    pub fn max_queue(mut self, calls: usize) -> Self {
        self.max_queue = Some(calls);
        self
    }

    /// How large an answer may be after decompression, in bytes. Default: 32 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }

    /// How long an attempt waits for a connection, its TLS included. Default: 5 s.
    pub fn connect_timeout(mut self, wait: Duration) -> Self {
        self.connections.connect_timeout = wait;
        self
    }

    /// How long an attempt waits for the head of its answer, from the attempt's start: name, connection, TLS
    /// and sending are within it. The wait of an upload begins when the last byte of the file was handed to
    /// the connection; before that, its bytes must go out at 1 KiB/s over 20 s. Default: 30 s; monday itself
    /// gives up after 60 s.
    pub fn first_byte_timeout(mut self, wait: Duration) -> Self {
        self.limits.first_byte = wait;
        self
    }

    /// Trusts the certificate authorities of a PEM file beside those of the machine: for the proxy of a
    /// company that reads along. A file without a certificate makes [`build`](Self::build) fail.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connections.trust(pem.into());
        self
    }

    /// The name of the app, put before the SDK's in `User-Agent`.
    pub fn user_agent(mut self, app: impl Into<String>) -> Self {
        self.user_agent = Some(app.into());
        self
    }

    /// Shares the account's rate limits with other clients, of this process ([`MemoryLedger`](crate::MemoryLedger))
    /// or of others (`monday-quota-redis`): together they stay within them, and each has its share. A ledger is
    /// for one account and app, whose limits they are. Each call then asks the ledger once.
    pub fn quota_ledger(mut self, ledger: impl QuotaLedger) -> Self {
        self.quota_ledger = Some(Arc::new(ledger));
        self
    }

    /// Builds the client. Opens no connection.
    pub fn build(self) -> Result<Client, Error> {
        let unusable = |_| Error::new(ErrorKind::Configuration);
        let endpoint = self.endpoint.map_or_else(Endpoint::monday, Ok)?;
        let user_agent = self.user_agent.map_or_else(|| SDK.to_owned(), |app| format!("{app} {SDK}"));
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(ACCEPT, JSON);
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(API_VERSION, HeaderValue::from_str(self.api_version.as_str()).map_err(unusable)?);
        headers.insert(USER_AGENT, HeaderValue::from_str(&user_agent).map_err(unusable)?);
        // For monday alone: a token from the environment must not follow an endpoint from a configuration.
        let provider = self.provider.unwrap_or_else(|| Box::new(EnvSource::new()));
        Ok(Client {
            pipeline: Arc::new(Pipeline {
                admission: Admission::new(self.max_in_flight, self.max_queue),
                governor: self.quota_ledger.map_or_else(Governor::default, Governor::sharing),
                breaker: Breaker::default(),
                retries: RetryBudget::default(),
                provider,
                transport: Transport::new(endpoint, &self.connections, self.limits)?,
                version: VersionCheck::new(self.served_version, self.api_version),
                quota_headers: QuotaHeaders::default(),
                headers,
                total: self.deadline,
            }),
        })
    }
}
