//! One request to the authorization server and its answer: the seam behind which all IO lies.
//!
//! Must not know: who sends, what the fields mean.

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::{BoxFuture, Endpoint, HttpFault, Secret};

/// Sends requests to the authorization server.
///
/// An implementation follows no redirect, gives up after [`HttpRequest::timeout`], reads at most
/// [`HttpRequest::LONGEST_ANSWER`] bytes, sends to nothing but the endpoint, and logs neither body nor URL query.
/// `monday_client::AuthTransport` is one.
pub trait HttpSend: fmt::Debug + Send + Sync + 'static {
    /// Sends one request.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>>;
}

/// How a body is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyKind {
    /// No body; the request is a GET.
    None,
    /// `application/x-www-form-urlencoded`, as RFC 6749 says.
    Form,
    /// `application/json`.
    Json,
}

/// A request: a POST, or a GET where there is no body. Its body holds secrets; `Debug` does not show it.
pub struct HttpRequest {
    pub(crate) endpoint: Endpoint,
    pub(crate) kind: BodyKind,
    pub(crate) body: Secret,
    pub(crate) timeout: Duration,
}

impl HttpRequest {
    /// A longer answer is none: 64 KiB.
    pub const LONGEST_ANSWER: usize = 64 * 1024;

    /// Where it goes.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// How the body is encoded.
    #[must_use]
    pub fn kind(&self) -> BodyKind {
        self.kind
    }

    /// How long the whole exchange may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The body, for the wire only: it holds secrets.
    #[must_use]
    pub fn into_body(self) -> Vec<u8> {
        self.body.expose().as_bytes().to_vec()
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("path", &self.endpoint.url().path())
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// An answer. Its body may hold secrets; `Debug` does not show it.
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// `Date`: the server's clock.
    pub date: Option<SystemTime>,
    /// `Retry-After`, in whichever of its two forms.
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Vec<u8>,
}

impl fmt::Debug for HttpAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpAnswer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Drop for HttpAnswer {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.body);
    }
}
