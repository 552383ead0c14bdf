//! Reads an answer's body: up to a size, not slower than a floor, not past the deadline.
//!
//! Must not know: what is in it.

mod gzip;

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use tokio::time::Instant;

use super::fault::body_fault;
use crate::deadline::Deadline;
use crate::{Error, ErrorKind};
use gzip::{Gzip, Step};

/// A body slower than this over the grace period is given up.
const BYTES_PER_SECOND_FLOOR: u64 = 1024;
const GRACE: Duration = Duration::from_secs(20);

/// Pages of items are about a tenth in gzip.
const USUAL_RATIO: u64 = 10;
const MOST_GUESSED: u64 = 16 << 20;

/// An answer whose head is here, and whose body comes as it is asked for.
pub(crate) struct Arriving {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: Incoming,
    gzip: Option<Gzip>,
    /// How many bytes it will be once it is decoded, where nobody knows: a guess that costs nothing if it is wrong.
    guess: usize,
}

impl Arriving {
    pub(crate) fn new(response: Response<Incoming>) -> Self {
        let (mut head, body) = response.into_parts();
        let is_gzip = head.headers.get(CONTENT_ENCODING).is_some_and(is_gzip);
        let mut guess = 0;
        if is_gzip {
            let encoded = length_of(&head.headers).unwrap_or_default();
            guess = in_memory(encoded.saturating_mul(USUAL_RATIO).min(MOST_GUESSED));
            // They are not those of what is read here.
            head.headers.remove(CONTENT_ENCODING);
            head.headers.remove(CONTENT_LENGTH);
        }
        Self { status: head.status, headers: head.headers, body, gzip: is_gzip.then(Gzip::default), guess }
    }

    /// How many bytes the body will be, if the server says it. Of an encoded one nobody knows.
    pub(crate) fn length(&self) -> Option<u64> {
        length_of(&self.headers)
    }

    /// The next piece of the body; `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let Self { body, gzip, .. } = self;
        let Some(gzip) = gzip else { return frame(body).await };
        Ok(decoded(gzip, body).await?.map(|length| Bytes::copy_from_slice(gzip.piece(length))))
    }

    /// Whether it is known that nothing more comes.
    fn is_over(&self) -> bool {
        self.gzip.is_none() && self.body.is_end_stream()
    }

    /// Adds the next piece to a body; `false` at its end.
    async fn add_to(&mut self, whole: &mut Whole) -> Result<bool, Error> {
        let Self { body, gzip, .. } = self;
        let Some(gzip) = gzip else {
            let chunk = frame(body).await?;
            return Ok(chunk.map(|chunk| whole.take(chunk)).is_some());
        };
        Ok(decoded(gzip, body).await?.map(|length| whole.copy(gzip.piece(length))).is_some())
    }
}

fn length_of(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A length as one of memory; what memory cannot have is more than anybody allows.
fn in_memory(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// How much was decoded; `None` at the end.
async fn decoded(gzip: &mut Gzip, body: &mut Incoming) -> Result<Option<usize>, Error> {
    loop {
        match gzip.step()? {
            Step::Piece(length) => return Ok(Some(length)),
            Step::Hungry => {
                // Encodings of nothing may come for ever: time limits are looked at now and then.
                tokio::task::coop::consume_budget().await;
                gzip.feed(frame(body).await?)?;
            }
            Step::End => return Ok(None),
        }
    }
}

/// Names of codings have no case, and gzip has two (RFC 9110, section 8.4.1).
fn is_gzip(encoding: &HeaderValue) -> bool {
    let is_named = |name: &str| encoding.as_bytes().eq_ignore_ascii_case(name.as_bytes());
    is_named("gzip") || is_named("x-gzip")
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

/// A body as it grows. Most are one chunk, which is passed on as it is.
struct Whole {
    first: Bytes,
    rest: Vec<u8>,
    /// How many bytes it will be, as far as anybody can tell.
    expected: usize,
}

impl Whole {
    fn len(&self) -> usize {
        if self.rest.is_empty() { self.first.len() } else { self.rest.len() }
    }

    fn take(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
        } else {
            self.copy(&chunk);
        }
    }

    fn copy(&mut self, piece: &[u8]) {
        if self.rest.is_empty() {
            self.rest.reserve(self.expected.max((self.first.len() + piece.len()) * 2));
            self.rest.extend_from_slice(&self.first);
        }
        self.rest.extend_from_slice(piece);
    }

    /// Answers may be kept as they are: what was reserved in vain is given back.
    fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() { self.first } else { Bytes::from(self.rest.into_boxed_slice()) }
    }
}

pub(crate) async fn read(arriving: &mut Arriving, limit: usize, deadline: Deadline) -> Result<Bytes, Error> {
    let declared = arriving.length().map(in_memory);
    if declared.is_some_and(|length| length > limit) {
        return Err(Error::new(ErrorKind::ResponseTooLarge));
    }
    let start = Instant::now();
    let mut now = start;
    let mut whole =
        Whole { first: Bytes::new(), rest: Vec::new(), expected: declared.unwrap_or(arriving.guess) };
    loop {
        match tokio::time::timeout_at(deadline.or_after(now, GRACE), arriving.add_to(&mut whole)).await {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => return Ok(whole.into_bytes()),
            Ok(Err(error)) => return Err(error),
            Err(_) if deadline.remaining().is_zero() => return Err(Error::new(ErrorKind::Timeout)),
            Err(_) => return Err(Error::new(ErrorKind::Stalled)),
        }
        if whole.len() > limit {
            return Err(Error::new(ErrorKind::ResponseTooLarge));
        }
        if arriving.is_over() {
            return Ok(whole.into_bytes());
        }
        now = Instant::now();
        if is_stalled(whole.len(), now - start) {
            return Err(Error::new(ErrorKind::Stalled));
        }
    }
}

fn is_stalled(length: usize, elapsed: Duration) -> bool {
    elapsed > GRACE && (length as u64) < BYTES_PER_SECOND_FLOOR * elapsed.as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_known_by_both_names_in_any_case() {
        for (name, is_known) in
            [("gzip", true), ("GZip", true), ("x-gzip", true), ("br", false), ("gzip, br", false)]
        {
            assert_eq!(is_gzip(&HeaderValue::from_static(name)), is_known, "{name}");
        }
    }

    #[test]
    fn a_body_is_one_chunk_or_a_copy_of_all() {
        let whole = |chunks: &[&'static [u8]]| {
            let mut whole = Whole { first: Bytes::new(), rest: Vec::new(), expected: 0 };
            for chunk in chunks {
                whole.take(Bytes::from_static(chunk));
            }
            (whole.len(), whole.into_bytes())
        };
        let one: &[u8] = b"abc";
        assert_eq!(whole(&[b"", one]).1.as_ptr(), one.as_ptr());
        assert_eq!(whole(&[b"abc", b"", b"de"]), (5, Bytes::from_static(b"abcde")));
        assert_eq!(whole(&[]), (0, Bytes::new()));
    }

    #[test]
    fn a_body_below_the_floor_is_stalled_after_the_grace_period_only() {
        assert!(!is_stalled(0, Duration::from_secs(20)));
        assert!(is_stalled(21 * 1024 - 1, Duration::from_secs(21)));
        assert!(!is_stalled(21 * 1024, Duration::from_secs(21)));
    }
}
