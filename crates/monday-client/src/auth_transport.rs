//! Sends the requests of `monday-auth` to the authorization server, under the same policy as every other
//! request.
//!
//! Must not know: what they say.

use std::time::{Duration, SystemTime};

use http::header::{ACCEPT, CONTENT_TYPE, DATE, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use monday_auth::{BodyKind, BoxFuture, HttpAnswer, HttpFault, HttpRequest, HttpSend};
use tokio::time::Instant;

use crate::attempt::body::{self, Arriving};
use crate::attempt::{Connections, Pool, request, uri_of};
use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const SDK: HeaderValue = HeaderValue::from_static(concat!("monday-sdk-rust/", env!("CARGO_PKG_VERSION")));

/// Reaches authorization servers: https only, or loopback endpoints without any proxy; no redirect is
/// followed.
#[derive(Debug, Clone)]
pub struct AuthTransport {
    https: Pool,
    loopback: Pool,
}

/// Builds an [`AuthTransport`]. Everything has a default. The settings are those of
/// [`ClientBuilder`](crate::ClientBuilder) under the same names.
#[derive(Debug, Default)]
#[must_use]
pub struct AuthTransportBuilder {
    connections: Connections,
}

impl AuthTransportBuilder {
    /// How long an exchange waits for a connection, its TLS included. Default: 5 s.
    pub fn connect_timeout(mut self, wait: Duration) -> Self {
        self.connections.connect_timeout = wait;
        self
    }

    /// Trusts the certificate authorities of a PEM file beside those of the machine: for the proxy of a
    /// company that reads along. A file without a certificate makes [`build`](Self::build) fail.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connections.trust(pem.into());
        self
    }

    /// Builds it. Opens no connection.
    pub fn build(self) -> Result<AuthTransport, Error> {
        let (https, loopback) = self.connections.pools()?;
        Ok(AuthTransport { https, loopback })
    }
}

impl AuthTransport {
    /// One with the defaults. Opens no connection.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// Starts to build one.
    pub fn builder() -> AuthTransportBuilder {
        AuthTransportBuilder::default()
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpAnswer, HttpFault> {
        let deadline = Deadline::after(request.timeout());
        let pool = if request.endpoint().is_loopback() { &self.loopback } else { &self.https };
        let address = uri_of(request.endpoint().url()).map_err(|_| HttpFault::NotSent)?;
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(ACCEPT, JSON);
        headers.insert(USER_AGENT, SDK);
        let content_type = match request.kind() {
            BodyKind::Form => Some(FORM),
            BodyKind::Json => Some(JSON),
            _ => None,
        };
        let sent = match content_type {
            Some(content_type) => {
                headers.insert(CONTENT_TYPE, content_type);
                request::post(address, headers, request.into_body().into())
            }
            None => request::get(address, headers),
        };
        let response = match tokio::time::timeout_at(deadline.instant(), pool.request(sent)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) if error.is_connect() => return Err(HttpFault::NotSent),
            Ok(Err(_)) | Err(_) => return Err(HttpFault::MaybeSent),
        };
        let mut arriving = Arriving::new(response);
        let body = body::read(&mut arriving, HttpRequest::LONGEST_ANSWER, deadline).await;
        let body = body.map_err(|error| match error.kind() {
            ErrorKind::ResponseTooLarge | ErrorKind::Decode => HttpFault::Unreadable,
            _ => HttpFault::MaybeSent,
        })?;
        let (status, headers) = (arriving.status.as_u16(), arriving.headers);
        let date = date_of(&headers, DATE.as_str());
        Ok(HttpAnswer { status, date, retry_after: retry_after(&headers, date), body: body.into() })
    }
}

impl HttpSend for AuthTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>> {
        let start = Instant::now();
        Box::pin(async move {
            let (path, kind) = (request.endpoint().url().path().to_owned(), request.kind());
            let answer = self.exchange(request).await;
            let status = answer.as_ref().map(|answer| answer.status).ok();
            let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(path, ?kind, status, millis, "asked the authorization server");
            answer
        })
    }
}

fn date_of(headers: &HeaderMap, name: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

/// Seconds, or a date against the server's own.
fn retry_after(headers: &HeaderMap, date: Option<SystemTime>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds.min(86_400)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(date.unwrap_or_else(SystemTime::now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_handshake_that_hangs_is_within_the_connect_timeout() {
        // Connections are taken in, and nobody speaks.
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: http::Uri = format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let transport = AuthTransport::builder().connect_timeout(Duration::from_millis(300)).build().unwrap();
        for pool in [transport.https, transport.loopback] {
            let sent = pool.request(request::get(address.clone(), HeaderMap::new()));
            let answered = tokio::time::timeout(Duration::from_secs(3), sent).await.expect("it waits longer");
            assert!(answered.unwrap_err().is_connect());
        }
    }
}
