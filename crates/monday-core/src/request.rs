//! The narrow waist: a finished request body, and how to read its answer.
//!
//! Both doors (documents and structs) end here, and everything above starts here. Must not know: where the
//! body is sent, with which credential, how often.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    ApiVersion, CallOptions, DecodeError, EncodeError, Envelope, Operation, OperationKind, PreparedDocument,
    Priority, complexity,
};

type Decode<D> = fn(&Bytes) -> Result<Envelope<D>, DecodeError>;

/// A request ready to be sent: the JSON body is built once and shared by all attempts.
///
/// `Debug` shows name, kind and size; never the variables.
pub struct Request<D> {
    operation: Cow<'static, str>,
    kind: OperationKind,
    body: Bytes,
    decode: Decode<D>,
    options: CallOptions,
    page_size: Option<i64>,
    asks_its_cost: bool,
}

impl<D> Request<D> {
    /// The request of a generated operation.
    pub fn new<O: Operation<Data = D>>(operation: &O) -> Result<Self, EncodeError> {
        let body = operation.encode()?;
        let operation = Cow::Borrowed(O::NAME);
        Ok(Self {
            operation,
            kind: O::KIND,
            body,
            decode: O::decode_shared,
            options: CallOptions::NONE,
            page_size: None,
            asks_its_cost: complexity::is_asked(O::DOCUMENT),
        })
    }

    /// The request of a document whose text exists at run time only; `operation` may be empty for a document
    /// with one anonymous operation, `variables` may be `()` for none, and are a JSON object otherwise.
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
        PreparedDocument::new(kind, operation, document).request(variables)
    }

    pub(crate) fn of_prepared<V: Serialize>(
        document: &PreparedDocument,
        variables: &V,
    ) -> Result<Self, EncodeError>
    where
        D: DeserializeOwned,
    {
        if are_none(variables) {
            return Ok(Self::of_body(document, document.body.clone()));
        }
        let (mut start, mut is_null) = (None, false);
        let body = with_variables(&document.body, &mut |body| {
            let from = body.len();
            serde_json::to_writer(&mut *body, variables)?;
            start = body.get(from).copied();
            is_null = &body[from..] == b"null";
            Ok(())
        })?;
        // monday takes an object, never a string; `()` and unit structs are written as null.
        match start {
            Some(b'{') => Ok(Self::of_body(document, body)),
            _ if is_null => Ok(Self::of_body(document, document.body.clone())),
            _ => Err(EncodeError),
        }
    }

    fn of_body(document: &PreparedDocument, body: Bytes) -> Self
    where
        D: DeserializeOwned,
    {
        Self {
            operation: document.operation.clone(),
            kind: document.kind,
            body,
            decode: |body| Envelope::deserialize(body),
            options: CallOptions::NONE,
            page_size: None,
            asks_its_cost: document.asks_its_cost,
        }
    }

    /// The same request under a key of the caller's, instead of a new random one for each call: what has once
    /// been done under a key within 30 minutes is not done again. At most 255 visible ASCII characters.
    ///
    /// Source: <https://developer.monday.com/api-reference/docs/idempotency>.
    #[must_use]
    pub fn with_idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.options.idempotency_key = Some(key.into());
        self
    }

    /// The same request with a deadline of its own: all attempts and waits together, from the moment it is
    /// sent.
    #[must_use]
    pub fn with_deadline(mut self, total: Duration) -> Self {
        self.options.deadline = Some(total);
        self
    }

    /// The same request with another priority. Default: [`Priority::Interactive`].
    #[must_use]
    pub fn with_priority(mut self, priority: Priority) -> Self {
        self.options.priority = priority;
        self
    }

    /// The same request for another API version than the client's. The types of the answer stay those of the
    /// document.
    ///
    /// Source: <https://developer.monday.com/api-reference/docs/api-versioning>.
    #[must_use]
    pub fn with_api_version(mut self, version: ApiVersion) -> Self {
        self.options.api_version = Some(version);
        self
    }

    /// The same request with a word on how many entries its answer may hold: what it costs is remembered for
    /// that size. Changes nothing that is sent.
    #[must_use]
    pub fn with_page_size(mut self, entries: Option<i64>) -> Self {
        self.page_size = entries;
        self
    }

    /// How many entries the answer may hold, where it is known.
    #[must_use]
    pub fn page_size(&self) -> Option<i64> {
        self.page_size
    }

    /// The points that an answer says it has cost, where the document selects the root field
    /// `complexity { query }`. Any other answer is not looked at.
    ///
    /// Source: <https://developer.monday.com/api-reference/docs/rate-limits>.
    #[must_use]
    pub fn points_of(&self, body: &[u8]) -> Option<u64> {
        if self.asks_its_cost { complexity::points(body) } else { None }
    }

    /// The caller's key.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.options.idempotency_key.as_deref()
    }

    /// What the caller asked for this call alone.
    #[must_use]
    pub fn options(&self) -> &CallOptions {
        &self.options
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

    /// The document, and the variables as JSON, as they stand in the body: for the multipart form of uploads.
    #[must_use]
    pub fn document_and_variables(&self) -> (String, Option<String>) {
        #[derive(Deserialize)]
        struct Parts<'a> {
            query: String,
            #[serde(borrow)]
            variables: Option<&'a RawValue>,
        }
        // The body was written here: it cannot fail to be read.
        let parts: Option<Parts<'_>> = serde_json::from_slice(&self.body).ok();
        parts.map_or_else(Default::default, |parts| {
            (parts.query, parts.variables.map(|variables| variables.get().to_owned()))
        })
    }

    /// Reads the body of the answer.
    pub fn decode(&self, body: &Bytes) -> Result<Envelope<D>, DecodeError> {
        (self.decode)(body)
    }
}

/// What a client can send: an operation, or a request made from one by another door.
pub trait IntoRequest {
    /// What `data` of the answer decodes to.
    type Data: Send;

    /// Makes the request.
    fn into_request(self) -> Result<Request<Self::Data>, EncodeError>;
}

impl<O: Operation> IntoRequest for O {
    type Data = O::Data;

    fn into_request(self) -> Result<Request<O::Data>, EncodeError> {
        Request::new(&self)
    }
}

impl<D: Send> IntoRequest for Request<D> {
    type Data = D;

    fn into_request(self) -> Result<Self, EncodeError> {
        Ok(self)
    }
}

/// Writes variables as JSON.
pub(crate) type WriteVariables<'a> = &'a mut dyn FnMut(&mut Vec<u8>) -> serde_json::Result<()>;

/// Whether a type has nothing to say, as `()` has not: then no body is written to see it.
fn are_none<V: Serialize>(variables: &V) -> bool {
    let mut text = [0; 4];
    size_of::<V>() == 0 && serde_json::to_writer(&mut text[..], variables).is_ok() && text == *b"null"
}

/// The body as it stands on the wire (GraphQL over HTTP, section 5.1), without variables.
pub(crate) fn without_variables(document: &str, operation: &str) -> Bytes {
    let mut body = Vec::with_capacity(document.len() + operation.len() + 64);
    // What writes text into memory cannot fail.
    let mut write = |key: &[u8], text: &str| {
        body.extend_from_slice(key);
        serde_json::to_writer(&mut body, text).unwrap_or_default();
    };
    write(b"{\"query\":", document);
    if !operation.is_empty() {
        write(b",\"operationName\":", operation);
    }
    body.push(b'}');
    Bytes::from(body)
}

/// A body without variables, with them.
pub(crate) fn with_variables(body: &[u8], variables: WriteVariables<'_>) -> Result<Bytes, EncodeError> {
    let head = body.strip_suffix(b"}").unwrap_or(body);
    let mut body = Vec::with_capacity(head.len() + 256);
    body.extend_from_slice(head);
    body.extend_from_slice(b",\"variables\":");
    variables(&mut body).map_err(|_| EncodeError)?;
    body.push(b'}');
    Ok(Bytes::from(body))
}

impl<D> Clone for Request<D> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation.clone(),
            kind: self.kind,
            body: self.body.clone(),
            decode: self.decode,
            options: self.options.clone(),
            page_size: self.page_size,
            asks_its_cost: self.asks_its_cost,
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
    fn variables_are_an_object_or_nothing() {
        let made = |variables: &serde_json::Value| {
            Request::<()>::from_document(OperationKind::Query, "", "{ a }", variables)
                .map(|made| made.body().clone())
        };
        assert_eq!(made(&serde_json::Value::Null).unwrap().as_ref(), br#"{"query":"{ a }"}"#);
        let object = made(&serde_json::json!({"x": 1})).unwrap();
        assert_eq!(object.as_ref(), br#"{"query":"{ a }","variables":{"x":1}}"#);
        for other in [serde_json::json!("{}"), serde_json::json!([1]), serde_json::json!(7)] {
            assert!(made(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_request_keeps_what_was_asked_for_it_alone() {
        let plain = Request::<()>::from_document(OperationKind::Query, "", "{ a }", &()).unwrap();
        assert_eq!(plain.options(), &CallOptions::default());
        let request = plain
            .with_deadline(Duration::from_secs(3))
            .with_priority(Priority::Batch)
            .with_api_version("2026-07".parse().unwrap())
            .with_idempotency_key("mine");
        let options = request.clone().options().clone();
        assert_eq!((options.deadline, options.priority), (Some(Duration::from_secs(3)), Priority::Batch));
        assert_eq!(options.api_version.unwrap().as_str(), "2026-07");
        assert_eq!(options.idempotency_key.as_deref(), Some("mine"));
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
