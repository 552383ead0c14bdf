//! A query or mutation with its variables: the value a caller makes.
//!
//! Must not know: how it is sent.

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use serde::Serialize;

use crate::{DecodeError, Envelope, request};

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
    type Data: Send + 'static;

    /// The operation's name in its document.
    const NAME: &'static str;

    /// Whether it reads or writes.
    const KIND: OperationKind;

    /// The document that is sent: this operation and the fragments it uses.
    const DOCUMENT: &'static str;

    /// Whether the document declares variables; without any, none are sent.
    const HAS_VARIABLES: bool = true;

    /// The JSON body of a request for it.
    ///
    /// Generated code repeats this line in each implementation, so that serde is instantiated there and not in the
    /// caller's crate.
    fn encode(&self) -> Result<Bytes, EncodeError> {
        encode(self)
    }

    /// Reads an answer's body: by [`Envelope::decode`] for generated types, by [`Envelope::deserialize`] for serde's.
    fn decode(body: &[u8]) -> Result<Envelope<Self::Data>, DecodeError>;

    /// Reads an answer's body of which the data may keep a share, in the place of copies.
    fn decode_shared(body: &Bytes) -> Result<Envelope<Self::Data>, DecodeError> {
        Self::decode(body)
    }
}

/// What [`Operation::encode`] does.
pub fn encode<O: Operation + ?Sized>(operation: &O) -> Result<Bytes, EncodeError> {
    encode_onto(&request::without_variables(O::DOCUMENT, O::NAME), operation)
}

/// The same for an operation that keeps what is the same in all its bodies: everything but the variables.
pub fn encode_kept<O: Operation + ?Sized>(
    kept: &OnceLock<Bytes>,
    operation: &O,
) -> Result<Bytes, EncodeError> {
    encode_onto(kept.get_or_init(|| request::without_variables(O::DOCUMENT, O::NAME)), operation)
}

fn encode_onto<O: Operation + ?Sized>(head: &Bytes, operation: &O) -> Result<Bytes, EncodeError> {
    if !O::HAS_VARIABLES {
        return Ok(head.clone());
    }
    request::with_variables(head, &mut |body: &mut Vec<u8>| serde_json::to_writer(body, operation))
}

impl<O: Operation> Operation for &O {
    type Data = O::Data;
    const NAME: &'static str = O::NAME;
    const KIND: OperationKind = O::KIND;
    const DOCUMENT: &'static str = O::DOCUMENT;
    const HAS_VARIABLES: bool = O::HAS_VARIABLES;

    fn encode(&self) -> Result<Bytes, EncodeError> {
        O::encode(self)
    }

    fn decode(body: &[u8]) -> Result<Envelope<Self::Data>, DecodeError> {
        O::decode(body)
    }

    fn decode_shared(body: &Bytes) -> Result<Envelope<Self::Data>, DecodeError> {
        O::decode_shared(body)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Board {
        id: u8,
    }

    impl Operation for Board {
        type Data = ();
        const NAME: &'static str = "Board";
        const KIND: OperationKind = OperationKind::Query;
        const DOCUMENT: &'static str = "query Board($id: ID!) { boards(ids: [$id]) { id } } # \"}";

        fn decode(body: &[u8]) -> Result<Envelope<()>, DecodeError> {
            Envelope::deserialize(body)
        }
    }

    #[derive(Serialize)]
    struct Me;

    impl Operation for Me {
        type Data = ();
        const NAME: &'static str = "Me";
        const KIND: OperationKind = OperationKind::Query;
        const DOCUMENT: &'static str = "query Me { me { id } }";
        const HAS_VARIABLES: bool = false;

        fn decode(body: &[u8]) -> Result<Envelope<()>, DecodeError> {
            Envelope::deserialize(body)
        }
    }

    #[test]
    fn what_is_kept_of_a_body_changes_nothing_of_it() {
        let kept = OnceLock::new();
        for id in [1, 2] {
            let board = Board { id };
            assert_eq!(encode_kept(&kept, &board).unwrap(), encode(&board).unwrap());
        }
        let kept = OnceLock::new();
        let [first, second] = [(), ()].map(|()| encode_kept(&kept, &Me).unwrap());
        assert_eq!((&first, first.as_ptr()), (&encode(&Me).unwrap(), second.as_ptr()));
    }
}
