//! Reads an answer's body: up to a size, not slower than a floor, not past the deadline.
//!
//! Must not know: what is in it.

mod gzip;

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::Instant;

use super::fault::body_fault;
use crate::deadline::Deadline;
use crate::{Error, ErrorKind};
use gzip::{Gzip, Step};

/// A body slower than this over the grace period is given up.
const BYTES_PER_SECOND_FLOOR: u64 = 1024;
const GRACE: Duration = Duration::from_secs(20);

/// An answer whose head is here, and whose body comes as it is asked for.
pub(crate) struct Arriving {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: Incoming,
    gzip: Option<Gzip>,
}

impl Arriving {
    pub(crate) fn new(response: Response<Incoming>) -> Self {
        let (mut head, body) = response.into_parts();
        let is_gzip = head.headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip");
        if is_gzip {
            // They are not those of what is read here.
            head.headers.remove(CONTENT_ENCODING);
            head.headers.remove(CONTENT_LENGTH);
        }
        Self { status: head.status, headers: head.headers, body, gzip: is_gzip.then(Gzip::default) }
    }

    /// How many bytes the body will be, if the server says it. Of an encoded one nobody knows.
    pub(crate) fn length(&self) -> Option<u64> {
        self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// The next piece of the body; `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let Self { body, gzip, .. } = self;
        let Some(gzip) = gzip else { return frame(body).await };
        loop {
            match gzip.step()? {
                Step::Piece(piece) => return Ok(Some(piece)),
                Step::Hungry => {
                    // Encodings of nothing may come for ever: time limits are looked at now and then.
                    tokio::task::coop::consume_budget().await;
                    gzip.feed(frame(body).await?)?;
                }
                Step::End => return Ok(None),
            }
        }
    }
}

/// The next bytes as they came.
async fn frame(body: &mut Incoming) -> Result<Option<Bytes>, Error> {
    while let Some(frame) = body.frame().await {
        // What is no data are trailers, which say nothing here.
        if let Ok(data) = frame.map_err(|error| body_fault(&error))?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

pub(crate) async fn read(arriving: &mut Arriving, limit: usize, deadline: Deadline) -> Result<Bytes, Error> {
    let declared = arriving.length().map(|length| usize::try_from(length).unwrap_or(usize::MAX));
    if declared.is_some_and(|length| length > limit) {
        return Err(Error::new(ErrorKind::ResponseTooLarge));
    }
    let start = Instant::now();
    let mut first: Option<Bytes> = None;
    let mut rest = Vec::new();
    let mut length = 0;
    loop {
        let chunk = match tokio::time::timeout(deadline.remaining().min(GRACE), arriving.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => break,
            Ok(Err(error)) => return Err(error),
            Err(_) if deadline.remaining().is_zero() => return Err(Error::new(ErrorKind::Timeout)),
            Err(_) => return Err(Error::new(ErrorKind::Stalled)),
        };
        length += chunk.len();
        if length > limit {
            return Err(Error::new(ErrorKind::ResponseTooLarge));
        }
        if is_stalled(length, start.elapsed()) {
            return Err(Error::new(ErrorKind::Stalled));
        }
        // Most answers are one chunk, which is passed on as it is.
        match &first {
            None => first = Some(chunk),
            Some(start) => {
                if rest.is_empty() {
                    rest.reserve(declared.unwrap_or_default().max(start.len() * 2));
                    rest.extend_from_slice(start);
                }
                rest.extend_from_slice(&chunk);
            }
        }
    }
    // Answers may be kept as they are: what was reserved in vain is given back.
    Ok(if rest.is_empty() { first.unwrap_or_default() } else { Bytes::from(rest.into_boxed_slice()) })
}

fn is_stalled(length: usize, elapsed: Duration) -> bool {
    elapsed > GRACE && (length as u64) < BYTES_PER_SECOND_FLOOR * elapsed.as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_below_the_floor_is_stalled_after_the_grace_period_only() {
        assert!(!is_stalled(0, Duration::from_secs(20)));
        assert!(is_stalled(21 * 1024 - 1, Duration::from_secs(21)));
        assert!(!is_stalled(21 * 1024, Duration::from_secs(21)));
    }
}
