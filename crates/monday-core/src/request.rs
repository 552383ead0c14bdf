//! The narrow waist: a finished request body, and how to read its answer.
//!
//! Both doors (documents and structs) end here, and everything above starts here. Must not know: where the body
//! is sent, with which credential, how often.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{DecodeError, EncodeError, Envelope, Operation, OperationKind};

type Decode<D> = fn(&[u8]) -> Result<Envelope<D>, DecodeError>;

/// A request ready to be sent: the JSON body is built once and shared by all attempts.
///
/// `Debug` shows name, kind and size; never the variables.
pub struct Request<D> {
    operation: Cow<'static, str>,
    kind: OperationKind,
    body: Bytes,
    decode: Decode<D>,
}

/// The body as it stands on the wire (GraphQL over HTTP, section 5.1).
#[derive(Serialize)]
struct Body<'a, V> {
    query: &'a str,
    #[serde(rename = "operationName", skip_serializing_if = "str::is_empty")]
    operation_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variables: Option<&'a V>,
}

impl<D> Request<D> {
    /// The request of a generated operation.
    pub fn new<O: Operation<Data = D>>(operation: &O) -> Result<Self, EncodeError> {
        let variables = O::HAS_VARIABLES.then_some(operation);
        let body = encode(O::DOCUMENT, O::NAME, variables)?;
        Ok(Self { operation: Cow::Borrowed(O::NAME), kind: O::KIND, body, decode: O::decode })
    }

    /// The request of a document whose text exists at run time only; `operation` may be empty for a document with
    /// one anonymous operation, `variables` may be `()` for none.
    ///
    /// Nothing checks the document against the schema here: prefer a generated operation or a struct query.
    pub fn from_document<V: Serialize>(
        kind: OperationKind,
        operation: impl Into<Cow<'static, str>>,
        document: &str,
        variables: &V,
    ) -> Result<Self, EncodeError>
    where
        D: DeserializeOwned,
    {
        let operation = operation.into();
        // `()` is how both engines spell "no variables"; on the wire it would be `null`.
        let variables = (size_of::<V>() > 0).then_some(variables);
        let body = encode(document, &operation, variables)?;
        Ok(Self { operation, kind, body, decode: Envelope::decode })
    }

    /// The operation's name, or `anonymous`.
    #[must_use]
    pub fn operation(&self) -> &str {
        if self.operation.is_empty() { "anonymous" } else { &self.operation }
    }

    /// Whether it reads or writes.
    #[must_use]
    pub fn kind(&self) -> OperationKind {
        self.kind
    }

    /// The JSON body. Cloning it copies a pointer.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body of the answer.
    pub fn decode(&self, body: &[u8]) -> Result<Envelope<D>, DecodeError> {
        (self.decode)(body)
    }
}

/// What a client can send: an operation, or a request made from one by another door.
pub trait IntoRequest {
    /// What `data` of the answer decodes to.
    type Data;

    /// Makes the request.
    fn into_request(self) -> Result<Request<Self::Data>, EncodeError>;
}

impl<O: Operation> IntoRequest for O {
    type Data = O::Data;

    fn into_request(self) -> Result<Request<O::Data>, EncodeError> {
        Request::new(&self)
    }
}

impl<D> IntoRequest for Request<D> {
    type Data = D;

    fn into_request(self) -> Result<Self, EncodeError> {
        Ok(self)
    }
}

fn encode<V: Serialize>(
    query: &str,
    operation_name: &str,
    variables: Option<&V>,
) -> Result<Bytes, EncodeError> {
    serde_json::to_vec(&Body { query, operation_name, variables }).map(Bytes::from).map_err(|_| EncodeError)
}

impl<D> Clone for Request<D> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation.clone(),
            kind: self.kind,
            body: self.body.clone(),
            decode: self.decode,
        }
    }
}

impl<D> fmt::Debug for Request<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation())
            .field("kind", &self.kind)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Variables {
        secret: &'static str,
    }

    #[test]
    fn an_anonymous_document_without_variables_is_the_query_alone() {
        let request =
            Request::<()>::from_document(OperationKind::Query, "", "query { me { name email } }", &())
                .unwrap();
        assert_eq!(request.body().as_ref(), br#"{"query":"query { me { name email } }"}"#);
        assert_eq!(request.operation(), "anonymous");
    }

    #[test]
    fn debug_shows_no_variable() {
        let variables = Variables { secret: "canary-7f3a" };
        let request =
            Request::<()>::from_document(OperationKind::Query, "Me", "query Me { me { id } }", &variables);
        let request = request.unwrap();
        assert!(request.body().windows(11).any(|window| window == b"canary-7f3a"));
        assert!(!format!("{request:?}{request:#?}").contains("canary"));
    }
}
