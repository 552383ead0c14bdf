//! A request without its type, as the rooms pass it on: the pipeline is compiled once, not for each
//! operation.
//!
//! Must not know: what any room does.

use std::time::Duration;

use bytes::Bytes;
use monday_core::{CallOptions, DecodeError, EncodeError, Envelope, OperationKind, Request};

use crate::Upload;
use crate::governor::Entries;
use crate::retry::Repeatable;

/// What the rooms ask of a request.
pub(crate) trait Outgoing: Send {
    fn operation(&self) -> &str;
    fn kind(&self) -> OperationKind;
    /// How many entries its answer may hold.
    fn page_size(&self) -> Option<i64> {
        None
    }

    /// How many entries it holds, or could.
    fn entries(&self) -> Entries<'_> {
        Entries::ONE
    }

    /// Writes the request with so many entries, if it is not written yet.
    fn write(&mut self, entries: u64) -> Result<(), EncodeError> {
        let _ = entries;
        Ok(())
    }

    /// What the answer that was read last says it has cost, in points of complexity.
    fn points(&self) -> Option<u64> {
        None
    }

    fn idempotency_key(&self) -> Option<&str>;

    /// What may happen if it is sent twice. Every mutation has a key.
    fn repeatable(&self) -> Repeatable {
        Repeatable::of(self.kind())
    }

    fn payload(&self) -> Payload<'_>;

    /// How long it may take, if it has a time of its own.
    fn total_time(&self) -> Option<Duration>;

    /// What the caller asked for this call alone.
    fn options(&self) -> &CallOptions {
        &CallOptions::NONE
    }

    /// Reads an answer. Its data stays here; the envelope tells whether there is any.
    fn read(&mut self, body: &Bytes) -> Result<Envelope<()>, DecodeError>;
}

/// What goes out in one attempt.
pub(crate) enum Payload<'a> {
    Json(Bytes),
    File { upload: &'a Upload, document: String, variables: Option<String> },
}

/// A request and the place for its data.
pub(crate) struct Typed<'r, D> {
    request: &'r Request<D>,
    upload: Option<&'r Upload>,
    data: Option<D>,
    points: Option<u64>,
}

impl<'r, D> Typed<'r, D> {
    pub(crate) fn new(request: &'r Request<D>) -> Self {
        Self { request, upload: None, data: None, points: None }
    }

    pub(crate) fn with_upload(request: &'r Request<D>, upload: &'r Upload) -> Self {
        Self { request, upload: Some(upload), data: None, points: None }
    }

    pub(crate) fn request(&self) -> &'r Request<D> {
        self.request
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

    fn payload(&self) -> Payload<'_> {
        match self.upload {
            None => Payload::Json(self.request.body().clone()),
            Some(upload) => {
                let (document, variables) = self.request.document_and_variables();
                Payload::File { upload, document, variables }
            }
        }
    }

    fn page_size(&self) -> Option<i64> {
        self.request.page_size()
    }

    fn points(&self) -> Option<u64> {
        self.points
    }

    fn repeatable(&self) -> Repeatable {
        match self.upload {
            Some(upload) if upload.is_never_twice() => Repeatable::PlainMutation,
            _ => Repeatable::of(self.kind()),
        }
    }

    fn total_time(&self) -> Option<Duration> {
        self.upload.map(Upload::total_time)
    }

    fn options(&self) -> &CallOptions {
        self.request.options()
    }

    fn read(&mut self, body: &Bytes) -> Result<Envelope<()>, DecodeError> {
        let (data, envelope) = self.request.decode(body)?.take_data();
        self.data = data;
        self.points = self.request.points_of(body);
        Ok(envelope)
    }
}
