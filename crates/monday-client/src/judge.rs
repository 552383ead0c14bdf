//! What an answer means: typed data, or one error of one kind.
//!
//! Classifies by code, then message, then `status_code`, then HTTP status, since monday lets the last two
//! disagree. Must not know: how often to try.

mod codes;
mod refusal;
mod retry_after;

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};
use monday_core::{GraphQlError, Response, ResponseMeta, request_id_of};

use crate::idempotency::IDEMPOTENCY_REPLAYED;
use crate::outgoing::Outgoing;
use crate::pipeline::API_VERSION;
use crate::quota_headers::QuotaHeaders;
use crate::{Error, ErrorKind};

pub(crate) use codes::{RetryClass, classify, of_status};
pub(crate) use refusal::{Refusal, is_blocked, is_of_points};

/// What came back over the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    /// What the headers say.
    pub(crate) fn meta(&self, quota: &QuotaHeaders) -> ResponseMeta {
        let mut meta = ResponseMeta::default();
        meta.status = self.status.as_u16();
        meta.api_version = self.header(&API_VERSION).map(str::to_owned);
        meta.quota = quota.read(&self.headers);
        meta.replayed = self.header(&IDEMPOTENCY_REPLAYED) == Some("true");
        meta
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn is_html(&self) -> bool {
        self.header(&CONTENT_TYPE).is_some_and(|kind| kind.trim_start().starts_with("text/html"))
    }

    /// Whether the body is in an encoding that was neither asked for nor undone.
    fn is_encoded(&self) -> bool {
        self.header(&CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity")
    }

    /// An error of this answer, with the longest wait that headers and errors ask for.
    fn error(&self, kind: ErrorKind, errors: Vec<GraphQlError>, request_id: Option<String>) -> Error {
        let date = self.header(&DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        let now = date.unwrap_or_else(SystemTime::now);
        let header = self.header(&RETRY_AFTER).and_then(|text| retry_after::parse(text, now));
        let wait = wait_of(&errors).max(header);
        let status = self.status.as_u16();
        let replayed = self.header(&IDEMPOTENCY_REPLAYED) == Some("true");
        let error = Error::new(kind).with_status(status).with_api_errors(errors).with_request_id(request_id);
        let error = if replayed { error.replayed() } else { error };
        match wait {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        }
    }
}

/// An answer with errors beside its data, as the error that a strict caller wants.
pub(crate) fn strict(errors: Vec<GraphQlError>, meta: ResponseMeta) -> Error {
    let error = Error::new(kind_of(&errors, meta.status));
    let error = match wait_of(&errors) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    };
    error.with_status(meta.status).with_request_id(meta.request_id).with_api_errors(errors).beside_data()
}

/// The longest wait that any of them asks for.
fn wait_of(errors: &[GraphQlError]) -> Option<Duration> {
    let waits = errors.iter().filter_map(GraphQlError::retry_in_seconds);
    waits.map(|seconds| Duration::from_secs_f64(seconds.min(1e9))).max()
}

/// Judges an answer. `Ok` holds data, perhaps partial, and what the headers said; an answer without any data is an `Err`.
pub(crate) fn judge(
    request: &mut dyn Outgoing,
    answer: &Answer,
    meta: &mut ResponseMeta,
) -> Result<Response<()>, Error> {
    let by_status = || answer.error(of_status(answer.status.as_u16()), Vec::new(), None);
    if answer.status.is_redirection() {
        return Err(answer.error(ErrorKind::Redirected, Vec::new(), None));
    }
    let unreadable = if answer.is_html() || answer.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
        Some(ErrorKind::UnexpectedContent)
    } else {
        answer.is_encoded().then_some(ErrorKind::Decode)
    };
    if let Some(kind) = unreadable {
        return Err(if answer.status.is_success() {
            answer.error(kind, Vec::new(), None)
        } else {
            by_status()
        });
    }
    let envelope = match request.read(&answer.body) {
        Ok(envelope) => envelope,
        Err(error) if answer.status.is_success() => {
            let request_id = request_id_of(&answer.body);
            return Err(Error::decode(error).with_status(meta.status).with_request_id(request_id));
        }
        // The body of a gateway's error is nobody's business.
        Err(_) => return Err(by_status()),
    };
    let has_data = envelope.data.is_some() || envelope.undecoded_data.is_some();
    if has_data && !envelope.is_hollow && answer.status.is_success() {
        let mut meta = std::mem::take(meta);
        (meta.request_id, meta.account_id) = (envelope.request_id, envelope.account_id);
        let (data, undecoded_data, errors) = (envelope.data, envelope.undecoded_data, envelope.errors);
        return Ok(Response { data, undecoded_data, errors, meta });
    }
    if envelope.errors.is_empty() {
        let kind = if answer.status.is_success() { ErrorKind::NoData } else { of_status(meta.status) };
        return Err(answer.error(kind, Vec::new(), envelope.request_id));
    }
    let kind = kind_of(&envelope.errors, meta.status);
    Err(answer.error(kind, envelope.errors, envelope.request_id))
}

/// The kind of several errors: the first that has one of its own.
pub(crate) fn kind_of(errors: &[GraphQlError], status: u16) -> ErrorKind {
    let mut kinds = errors.iter().map(|error| classify(error, status));
    kinds.find(|kind| *kind != ErrorKind::Api).unwrap_or(ErrorKind::Api)
}

#[cfg(test)]
mod tests;
