//! The answer to a request: data, errors, and what the transport said beside them.
//!
//! Must not know: whether the errors are worth another try (`monday-client` judges).

use std::fmt;

use serde_json::value::RawValue;

use crate::{GraphQlError, Quota};

/// An answer with everything it held. Partial data is normal: a failed field is null and has its error.
#[derive(Clone)]
pub struct Response<D> {
    /// The data, when it fits the operation's type.
    pub data: Option<D>,
    /// `data` as text, when errors came with it and nulls or `[]` keep it from fitting the type. Never both.
    pub undecoded_data: Option<Box<RawValue>>,
    /// The errors, in the server's order.
    pub errors: Vec<GraphQlError>,
    /// What the transport said beside the data.
    pub meta: ResponseMeta,
}

/// What an answer's headers and extensions say.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ResponseMeta {
    /// HTTP status.
    pub status: u16,
    /// `extensions.request_id`: name it to monday's support.
    pub request_id: Option<String>,
    /// The `API-Version` really served.
    pub api_version: Option<String>,
    /// The account that answered.
    pub account_id: Option<i64>,
    /// What is left of the rate limits.
    pub quota: Quota,
    /// The server answered from its idempotency cache (`Idempotency-Replayed: true`).
    pub replayed: bool,
}

impl<D> Response<D> {
    /// Data came together with errors.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.errors.is_empty() && (self.data.is_some() || self.undecoded_data.is_some())
    }
}

impl Response<()> {
    /// The same answer with its data.
    #[must_use]
    pub fn with_data<D>(self, data: Option<D>) -> Response<D> {
        let Self { data: _, undecoded_data, errors, meta } = self;
        Response { data, undecoded_data, errors, meta }
    }
}

impl<D> fmt::Debug for Response<D> {
    /// Shows whether there is data, never the data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("has_data", &self.data.is_some())
            .field("has_undecoded_data", &self.undecoded_data.is_some())
            .field("errors", &self.errors)
            .field("meta", &self.meta)
            .finish()
    }
}
