//! What a server received: method, `Authorization`, body.
//!
//! Must not know: which server, what the body says.

use std::fmt;

use http::{HeaderMap, Method};

/// A request as the server has it. Nothing of it is copied.
#[derive(Clone, Copy)]
pub struct Incoming<'a> {
    pub(crate) method: &'a str,
    pub(crate) authorization: Authorization<'a>,
    pub(crate) body: &'a [u8],
}

/// A header that came twice is two opinions on who sent the request.
#[derive(Clone, Copy)]
pub(crate) enum Authorization<'a> {
    None,
    One(&'a [u8]),
    Several,
}

impl<'a> Incoming<'a> {
    /// A request by its parts. The headers may be all of them or `Authorization` alone; names are compared
    /// without case.
    ///
    /// ```
    /// let headers = [("content-type", "application/json".as_bytes())];
    /// monday_webhooks::Incoming::new("POST", headers, br#"{"challenge":"c"}"#);
    /// ```
    pub fn new(
        method: &'a str,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: &'a [u8],
    ) -> Self {
        let named = headers.into_iter().filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let authorization = named.fold(Authorization::None, |before, (_, value)| match before {
            Authorization::None => Authorization::One(value),
            _ => Authorization::Several,
        });
        Self { method, authorization, body }
    }

    /// A request in the types of the crate `http`, as axum, hyper and many others have it.
    #[must_use]
    pub fn http(method: &'a Method, headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        Self::new(
            method.as_str(),
            headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())),
            body,
        )
    }
}

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}
