//! Reads an answer's body: up to a size, not slower than a floor, not past the deadline.
//!
//! Must not know: what is in it.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use tokio::time::Instant;

use super::fault::body_fault;
use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

/// A body slower than this over the grace period is given up.
const BYTES_PER_SECOND_FLOOR: u64 = 1024;
const GRACE: Duration = Duration::from_secs(20);

pub(crate) async fn read(
    mut response: reqwest::Response,
    headers: &HeaderMap,
    limit: usize,
    deadline: Deadline,
) -> Result<Bytes, Error> {
    let declared = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > limit) {
        return Err(Error::new(ErrorKind::ResponseTooLarge));
    }
    let start = Instant::now();
    let mut first: Option<Bytes> = None;
    let mut rest = Vec::new();
    let mut length = 0;
    loop {
        let chunk = match tokio::time::timeout(deadline.remaining().min(GRACE), chunk(&mut response)).await {
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

/// The next piece of a body; `None` at its end.
pub(crate) async fn chunk(response: &mut reqwest::Response) -> Result<Option<Bytes>, Error> {
    response.chunk().await.map_err(|error| body_fault(&error))
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
