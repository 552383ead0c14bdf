//! A query or mutation with its variables: the value a caller makes.
//!
//! Must not know: how it is sent.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{DecodeError, Envelope};

/// Whether an operation reads or writes. monday has no subscriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// Reads; may be sent again at will.
    Query,
    /// Writes; sent again only under the same idempotency key.
    Mutation,
}

/// One operation of a GraphQL document. The implementing struct holds the variables: its literal is the call.
///
/// Generated modules implement it; write it by hand only where neither door fits.
pub trait Operation: Serialize {
    /// What `data` of the answer decodes to.
    type Data: DeserializeOwned + Send + 'static;

    /// The operation's name in its document.
    const NAME: &'static str;

    /// Whether it reads or writes.
    const KIND: OperationKind;

    /// The document that is sent: this operation and the fragments it uses.
    const DOCUMENT: &'static str;

    /// Whether the document declares variables; without any, none are sent.
    const HAS_VARIABLES: bool = true;

    /// Reads an answer's body.
    ///
    /// Generated code repeats this line in each implementation, so that serde is instantiated there and not in
    /// the caller's crate.
    fn decode(body: &[u8]) -> Result<Envelope<Self::Data>, DecodeError> {
        Envelope::decode(body)
    }
}

impl<O: Operation> Operation for &O {
    type Data = O::Data;
    const NAME: &'static str = O::NAME;
    const KIND: OperationKind = O::KIND;
    const DOCUMENT: &'static str = O::DOCUMENT;
    const HAS_VARIABLES: bool = O::HAS_VARIABLES;

    fn decode(body: &[u8]) -> Result<Envelope<Self::Data>, DecodeError> {
        O::decode(body)
    }
}

/// The variables could not be written as a JSON object.
#[derive(Debug)]
#[non_exhaustive]
pub struct EncodeError;

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the variables are no JSON object: a map key is no string, a Serialize impl failed, or they are text or a list",
        )
    }
}

impl std::error::Error for EncodeError {}
