//! One attempt on the wire: the only place that sends.
//!
//! Redirects are not followed, sizes and times have caps. What hyper says of a fault is told apart and not passed
//! on. Must not know: GraphQL, what to do about a fault.

pub(crate) mod body;
mod connections;
mod fault;
mod names;
pub(crate) mod request;

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request, Uri};
use monday_auth::Endpoint;
use tokio::time::Instant;
use url::Url;

use crate::deadline::Deadline;
use crate::judge::{self, Answer};
use crate::outgoing::Payload;
use crate::upload::{self, Flow, Form};
use crate::{Error, ErrorKind};

use body::Arriving;
pub(crate) use connections::{Connections, Pool};
use fault::fault;
use request::Sent;

/// A file that goes out slower than this over this time is given up.
const SEND_GRACE: Duration = Duration::from_secs(20);
const SEND_FLOOR: u64 = 20 * 1024;

/// The connection pool and its policy.
#[derive(Debug)]
pub(crate) struct Transport {
    pool: Pool,
    endpoint: Endpoint,
    /// Where documents go, and documents with a file.
    address: Uri,
    file_address: Uri,
    limits: Limits,
}

/// What an answer may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Of a body after decompression.
    pub(crate) response_bytes: usize,
    /// From the request's start, or the end of its file, to the answer's head.
    pub(crate) first_byte: Duration,
}

impl Transport {
    pub(crate) fn new(endpoint: Endpoint, connections: &Connections, limits: Limits) -> Result<Self, Error> {
        let mut file_url = endpoint.url().clone();
        if let Ok(mut path) = file_url.path_segments_mut() {
            path.pop_if_empty().push("file");
        }
        Ok(Self {
            pool: connections.pool(endpoint.is_loopback())?,
            address: uri_of(endpoint.url())?,
            file_address: uri_of(&file_url)?,
            endpoint,
            limits,
        })
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
    pub(crate) async fn get(&self, address: &str) -> Result<Arriving, Error> {
        let url = Url::parse(address).map_err(|_| Error::new(ErrorKind::InvalidArgument))?;
        // Plain http is for a server on this machine, where the API is one too.
        let is_local =
            || self.endpoint.is_loopback() && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"));
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || !(url.scheme() == "https" || url.scheme() == "http" && is_local()) {
            return Err(Error::new(ErrorKind::InvalidArgument));
        }
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("*/*"))]);
        let request = request::get(uri_of(&url)?, headers);
        let first_byte = Deadline::after(self.limits.first_byte).instant();
        let arriving = self.answered(request, first_byte).await?;
        let arriving = arriving.ok_or_else(|| Error::new(ErrorKind::Stalled))?;
        let status = arriving.status.as_u16();
        let kind = match status {
            200..=299 => return Ok(arriving),
            300..=399 => ErrorKind::Redirected,
            // There is no credential that could be refused: the address is not, or no longer, a signed one.
            401 | 403 => ErrorKind::Forbidden,
            404 | 410 => ErrorKind::NotFound,
            status => judge::of_status(status),
        };
        Err(Error::new(kind).with_status(status))
    }

    async fn post(
        &self,
        headers: HeaderMap,
        body: bytes::Bytes,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let first_byte = deadline.or_after(Instant::now(), self.limits.first_byte);
        let request = request::post(self.address.clone(), headers, body);
        let arriving = self.answered(request, first_byte).await?.ok_or_else(|| stalled(deadline))?;
        self.whole(arriving, deadline).await
    }

    /// A body of any length: given up when it does not go on, not when it takes long.
    async fn post_file(
        &self,
        mut headers: HeaderMap,
        form: Form,
        flow: &Flow,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        headers.insert(CONTENT_TYPE, form.content_type);
        let request = request::post_pieces(self.file_address.clone(), headers, form.body);
        let mut sending = self.pool.request(request);
        let early = Self::sent(&mut sending, flow, deadline).await?;
        let wait = self.limits.first_byte.min(deadline.remaining());
        let answered = match early {
            Some(answered) => answered,
            None => tokio::time::timeout(wait, &mut sending).await.map_err(|_| stalled(deadline))?,
        };
        let response =
            answered.map_err(|error| flow.fault().map_or_else(|| fault(&error), Error::of_upload))?;
        self.whole(Arriving::new(response), deadline).await
    }

    /// The head of an answer; `None` when none comes in time.
    async fn answered(&self, request: Request<Sent>, until: Instant) -> Result<Option<Arriving>, Error> {
        match tokio::time::timeout_at(until, self.pool.request(request)).await {
            Ok(Ok(response)) => Ok(Some(Arriving::new(response))),
            Ok(Err(error)) => Err(fault(&error)),
            Err(_) => Ok(None),
        }
    }

    async fn whole(&self, mut arriving: Arriving, deadline: Deadline) -> Result<Answer, Error> {
        let body = body::read(&mut arriving, self.limits.response_bytes, deadline).await?;
        Ok(Answer { status: arriving.status, headers: arriving.headers, body })
    }

    /// Waits until the file has been handed over, or for an answer that does not wait for that.
    async fn sent<R>(
        sending: &mut (impl Future<Output = R> + Unpin),
        flow: &Flow,
        deadline: Deadline,
    ) -> Result<Option<R>, Error> {
        let mut sent = 0;
        loop {
            let pause = SEND_GRACE.min(deadline.remaining());
            tokio::select! {
                biased;
                answered = &mut *sending => return Ok(Some(answered)),
                () = flow.end() => return Ok(None),
                () = tokio::time::sleep(pause) => {}
            }
            if deadline.remaining().is_zero() || flow.sent() < sent + SEND_FLOOR {
                return Err(stalled(deadline));
            }
            sent = flow.sent();
        }
    }
}

/// The form in which hyper takes an address.
pub(crate) fn uri_of(url: &Url) -> Result<Uri, Error> {
    url.as_str().parse().map_err(|_| Error::new(ErrorKind::InvalidArgument))
}

/// No answer in time. The server may be at work on it.
fn stalled(deadline: Deadline) -> Error {
    let is_over = deadline.remaining().is_zero();
    Error::new(if is_over { ErrorKind::Timeout } else { ErrorKind::Stalled })
}

#[cfg(test)]
mod tests;
