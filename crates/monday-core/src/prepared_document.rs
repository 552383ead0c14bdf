//! A document that is written for the wire once, and sent often.
//!
//! Must not know: where the body is sent, how its answer is read.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{EncodeError, OperationKind, Request, complexity, request};

/// A document whose text exists at run time, and its part of the body: what is the same for all variables.
///
/// ```
/// use monday_core::{OperationKind, PreparedDocument};
///
/// let text = "query Names($ids: [ID!]) { boards(ids: $ids) { name } }";
/// let names = PreparedDocument::new(OperationKind::Query, "Names", text);
/// let request = names.request::<serde_json::Value, _>(&serde_json::json!({"ids": [1]}))?;
/// assert!(request.body().ends_with(br#""variables":{"ids":[1]}}"#));
/// # Ok::<_, monday_core::EncodeError>(())
/// ```
#[derive(Clone)]
pub struct PreparedDocument {
    pub(crate) operation: Cow<'static, str>,
    pub(crate) kind: OperationKind,
    /// The body of a request without variables.
    pub(crate) body: Bytes,
    pub(crate) asks_its_cost: bool,
}

impl PreparedDocument {
    /// `operation` may be empty for a document with one anonymous operation.
    ///
    /// Nothing checks the document against the schema here: prefer a generated operation or a struct query.
    #[must_use]
    pub fn new(kind: OperationKind, operation: impl Into<Cow<'static, str>>, document: &str) -> Self {
        let operation = operation.into();
        let body = request::without_variables(document, &operation);
        Self { operation, kind, body, asks_its_cost: complexity::is_asked(document) }
    }

    /// The operation's name; empty if it has none.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Whether it reads or writes.
    #[must_use]
    pub fn kind(&self) -> OperationKind {
        self.kind
    }

    /// A request with these variables: a JSON object, or `()` for none.
    pub fn request<D: DeserializeOwned, V: Serialize>(
        &self,
        variables: &V,
    ) -> Result<Request<D>, EncodeError> {
        Request::of_prepared(self, variables)
    }
}

/// Shows name, kind and size.
impl fmt::Debug for PreparedDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedDocument")
            .field("operation", &self.operation)
            .field("kind", &self.kind)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
