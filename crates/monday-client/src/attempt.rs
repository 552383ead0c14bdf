//! One attempt on the wire: the only place that sends.
//!
//! Redirects are not followed, reqwest's own retries are off, sizes and times have caps. reqwest's errors print
//! URLs, so none leaves this room. Must not know: GraphQL, what to do about a fault.

pub(crate) mod body;
mod connections;
mod fault;
mod names;

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use monday_auth::Endpoint;

use crate::deadline::Deadline;
use crate::judge::Answer;
use crate::outgoing::Payload;
use crate::upload::{self, Flow};
use crate::{Error, ErrorKind};

pub(crate) use connections::Connections;
use fault::fault;

/// A file that goes out slower than this over this time is given up.
const SEND_GRACE: Duration = Duration::from_secs(20);
const SEND_FLOOR: u64 = 20 * 1024;

/// The connection pool and its policy.
#[derive(Debug)]
pub(crate) struct Transport {
    http: reqwest::Client,
    endpoint: Endpoint,
    limits: Limits,
}

/// What an answer may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Of a body after decompression.
    pub(crate) response_bytes: usize,
    /// From the request's start to the answer's head.
    pub(crate) first_byte: Duration,
}

impl Transport {
    pub(crate) fn new(endpoint: Endpoint, connections: &Connections, limits: Limits) -> Result<Self, Error> {
        Ok(Self { http: connections.pool(endpoint.is_loopback())?, endpoint, limits })
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Sends a request, as JSON or with its file, and reads the whole answer.
    pub(crate) async fn send(
        &self,
        payload: Payload<'_>,
        headers: HeaderMap,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        match payload {
            Payload::Json(body) => self.post(headers, body, deadline).await,
            Payload::File { upload, document, variables } => {
                let flow = Arc::new(Flow::default());
                let form = upload::form(upload, document, variables, Arc::clone(&flow)).await;
                let form = form.map_err(Error::of_upload)?;
                self.post_file(headers, form, &flow, deadline).await
            }
        }
    }

    /// Asks an address of any host for its bytes: no credential, no header of the API.
    pub(crate) async fn get(&self, address: &str) -> Result<reqwest::Response, Error> {
        let url = url::Url::parse(address).map_err(|_| Error::new(ErrorKind::InvalidArgument))?;
        // Plain http is for a server on this machine, where the API is one too.
        let is_local =
            || self.endpoint.is_loopback() && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"));
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || !(url.scheme() == "https" || url.scheme() == "http" && is_local()) {
            return Err(Error::new(ErrorKind::InvalidArgument));
        }
        let sent = self.http.execute(reqwest::Request::new(Method::GET, url));
        let response = match tokio::time::timeout(self.limits.first_byte, sent).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(fault(&error)),
            Err(_) => return Err(Error::new(ErrorKind::Stalled)),
        };
        let kind = match response.status().as_u16() {
            200..=299 => return Ok(response),
            300..=399 => ErrorKind::Redirected,
            401 | 403 => ErrorKind::Forbidden,
            404 | 410 => ErrorKind::NotFound,
            429 => ErrorKind::RateLimited,
            500..=599 => ErrorKind::Server,
            _ => ErrorKind::BadRequest,
        };
        Err(Error::new(kind).with_status(response.status().as_u16()))
    }

    /// A body of any length: given up when it does not go on, not when it takes long.
    async fn post_file(
        &self,
        mut headers: HeaderMap,
        form: reqwest::multipart::Form,
        flow: &Flow,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let mut url = self.endpoint.url().clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("file");
        }
        headers.remove(CONTENT_TYPE);
        let request = self.http.post(url).headers(headers).multipart(form);
        let mut sending = std::pin::pin!(request.send());
        let (mut sent, mut answer_is_due) = (0, false);
        let mut response = loop {
            let pause = SEND_GRACE.min(deadline.remaining());
            match tokio::time::timeout(pause, &mut sending).await {
                Ok(Ok(response)) => break response,
                Ok(Err(error)) => return Err(flow.fault().map_or_else(|| fault(&error), Error::of_upload)),
                Err(_) if deadline.remaining().is_zero() => return Err(Error::new(ErrorKind::Timeout)),
                Err(_) if flow.has_ended() => {
                    // Twice, so that the server has its time after the last byte.
                    if std::mem::replace(&mut answer_is_due, true) {
                        return Err(Error::new(ErrorKind::Stalled));
                    }
                }
                Err(_) if flow.sent() < sent + SEND_FLOOR => return Err(Error::new(ErrorKind::Stalled)),
                Err(_) => sent = flow.sent(),
            }
        };
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = body::read(response, &headers, self.limits.response_bytes, deadline).await?;
        Ok(Answer { status, headers, body })
    }

    async fn post(
        &self,
        headers: HeaderMap,
        body: bytes::Bytes,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let mut request = reqwest::Request::new(Method::POST, self.endpoint.url().clone());
        *request.headers_mut() = headers;
        *request.body_mut() = Some(body.into());
        let first_byte = self.limits.first_byte.min(deadline.remaining());
        let mut response = match tokio::time::timeout(first_byte, self.http.execute(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(fault(&error)),
            // The server may be at work on it.
            Err(_) if deadline.remaining().is_zero() => return Err(Error::new(ErrorKind::Timeout)),
            Err(_) => return Err(Error::new(ErrorKind::Stalled)),
        };
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = body::read(response, &headers, self.limits.response_bytes, deadline).await?;
        Ok(Answer { status, headers, body })
    }
}
