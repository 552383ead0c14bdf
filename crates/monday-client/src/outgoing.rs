//! A request without its type, as the rooms pass it on: the pipeline is compiled once, not for each operation.
//!
//! Must not know: what any room does.

use bytes::Bytes;
use monday_core::{CallOptions, DecodeError, Envelope, OperationKind, Request};

/// What the rooms ask of a request.
pub(crate) trait Outgoing: Send {
    fn operation(&self) -> &str;
    fn kind(&self) -> OperationKind;
    fn idempotency_key(&self) -> Option<&str>;
    fn body(&self) -> &Bytes;

    /// What the caller asked for this call alone.
    fn options(&self) -> &CallOptions {
        &CallOptions::NONE
    }

    /// Reads an answer. Its data stays here; the envelope tells whether there is any.
    fn read(&mut self, body: &[u8]) -> Result<Envelope<()>, DecodeError>;
}

/// A request and the place for its data.
pub(crate) struct Typed<'r, D> {
    request: &'r Request<D>,
    data: Option<D>,
}

impl<'r, D> Typed<'r, D> {
    pub(crate) fn new(request: &'r Request<D>) -> Self {
        Self { request, data: None }
    }

    pub(crate) fn into_data(self) -> Option<D> {
        self.data
    }
}

impl<D: Send> Outgoing for Typed<'_, D> {
    fn operation(&self) -> &str {
        self.request.operation()
    }

    fn kind(&self) -> OperationKind {
        self.request.kind()
    }

    fn idempotency_key(&self) -> Option<&str> {
        self.request.idempotency_key()
    }

    fn body(&self) -> &Bytes {
        self.request.body()
    }

    fn options(&self) -> &CallOptions {
        self.request.options()
    }

    fn read(&mut self, body: &[u8]) -> Result<Envelope<()>, DecodeError> {
        let (data, envelope) = self.request.decode(body)?.take_data();
        self.data = data;
        Ok(envelope)
    }
}
