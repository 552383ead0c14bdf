//! One attempt on the wire: the only place that sends.
//!
//! Redirects are not followed, reqwest's own retries are off, sizes and times have caps. reqwest's errors print
//! URLs, so none leaves this room. Must not know: GraphQL, what to do about a fault.

pub(crate) mod body;

use std::time::Duration;

use http::{HeaderMap, Method};
use monday_auth::Endpoint;
use reqwest::redirect::Policy;

use crate::deadline::Deadline;
use crate::judge::Answer;
use crate::{Error, ErrorKind};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const FIRST_BYTE_TIMEOUT: Duration = Duration::from_secs(30);

/// The connection pool and its policy.
#[derive(Debug)]
pub(crate) struct Transport {
    http: reqwest::Client,
    endpoint: Endpoint,
    max_response_bytes: usize,
}

impl Transport {
    pub(crate) fn new(endpoint: Endpoint, max_response_bytes: usize) -> Result<Self, Error> {
        Ok(Self { http: hardened(endpoint.is_loopback())?, endpoint, max_response_bytes })
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends a body and reads the whole answer.
    pub(crate) async fn post(
        &self,
        headers: HeaderMap,
        body: bytes::Bytes,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let mut request = reqwest::Request::new(Method::POST, self.endpoint.url().clone());
        *request.headers_mut() = headers;
        *request.body_mut() = Some(body.into());
        let first_byte = FIRST_BYTE_TIMEOUT.min(deadline.remaining());
        let mut response = match tokio::time::timeout(first_byte, self.http.execute(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(fault(&error)),
            // The server may be at work on it.
            Err(_) if deadline.remaining().is_zero() => return Err(Error::new(ErrorKind::Timeout)),
            Err(_) => return Err(Error::new(ErrorKind::Disconnected)),
        };
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = body::read(response, &headers, self.max_response_bytes, deadline).await?;
        Ok(Answer { status, headers, body })
    }
}

/// The policy of every connection of this crate.
pub(crate) fn hardened(loopback: bool) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT);
    // A proxy from the environment must not see requests to this machine.
    let builder = if loopback { builder.no_proxy() } else { builder.https_only(true) };
    builder.build().map_err(|_| Error::new(ErrorKind::Configuration))
}

/// What a fault of the transport means: nothing was sent, or it may have been.
fn fault(error: &reqwest::Error) -> Error {
    let kind = if error.is_connect() { ErrorKind::Connect } else { ErrorKind::Disconnected };
    Error::new(kind)
}
