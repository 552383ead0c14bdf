//! What a fault of the wire means: nothing was sent, or it may have been; whether it would be the same again.
//!
//! hyper names few of them, so the causes are looked at. Must not know: what follows from it.

use std::error::Error as StdError;
use std::io;

use h2::Reason;
use hyper_util::client::legacy;

use super::names::Unresolved;
use crate::{Error, ErrorKind};

/// How the tunnel through a proxy words its 407; its type is private to hyper-util.
const PROXY_WANTS_CREDENTIALS: &str = "proxy authorization required";

/// A fault before the answer's head.
pub(super) fn fault(error: &legacy::Error) -> Error {
    let kind = if error.is_connect() {
        causes(error).find_map(of_connecting).unwrap_or(ErrorKind::Connect)
    } else {
        causes(error).find_map(of_speaking).unwrap_or(ErrorKind::Disconnected)
    };
    Error::new(kind)
}

/// A fault within the body.
pub(super) fn body_fault(error: &hyper::Error) -> Error {
    let kind = causes(error).find_map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => of_reading(error),
        None => of_length(cause),
    });
    Error::new(kind.unwrap_or(ErrorKind::Disconnected))
}

fn of_reading(error: &io::Error) -> Option<ErrorKind> {
    match error.kind() {
        // TLS that is broken, and hyper's words for chunks that are none.
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Some(ErrorKind::Protocol),
        io::ErrorKind::UnexpectedEof => Some(ErrorKind::Truncated),
        _ => None,
    }
}

/// The length that was declared did not come.
fn of_length(cause: Cause<'_>) -> Option<ErrorKind> {
    let is_short = cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message)
        || cause.downcast_ref::<h2::Error>().and_then(h2::Error::reason) == Some(Reason::PROTOCOL_ERROR);
    is_short.then_some(ErrorKind::Truncated)
}

fn of_connecting(cause: Cause<'_>) -> Option<ErrorKind> {
    if cause.is::<Unresolved>() {
        return Some(ErrorKind::Dns);
    }
    if cause.is::<rustls::Error>() {
        return Some(ErrorKind::Tls);
    }
    cause.to_string().ends_with(PROXY_WANTS_CREDENTIALS).then_some(ErrorKind::ProxyAuth)
}

/// A peer that breaks the rules of TLS or HTTP would do so again.
fn of_speaking(cause: Cause<'_>) -> Option<ErrorKind> {
    let breaks_tls =
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
    let breaks_http1 = cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse);
    let breaks_http2 = cause.downcast_ref::<h2::Error>().is_some_and(|error| {
        // Either side may have noticed.
        error.is_library()
            || matches!(error.reason(), Some(Reason::PROTOCOL_ERROR | Reason::HTTP_1_1_REQUIRED))
    });
    (breaks_tls || breaks_http1 || breaks_http2).then_some(ErrorKind::Protocol)
}

type Cause<'a> = &'a (dyn StdError + 'static);

/// An error and all causes below it.
fn causes(error: Cause<'_>) -> impl Iterator<Item = Cause<'_>> {
    std::iter::successors(Some(error), |cause| below(*cause))
}

/// The next cause. What an IO error holds is one, which `source` alone would skip.
fn below(cause: Cause<'_>) -> Option<Cause<'_>> {
    match cause.downcast_ref::<io::Error>() {
        Some(error) => error.get_ref().map(|held| held as Cause<'_>),
        None => cause.source(),
    }
}
