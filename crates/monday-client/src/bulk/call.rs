//! A request of many entries, as the rooms pass it on: it takes its entries when it is known how many fit.
//!
//! Must not know: what becomes of an entry.

use std::time::Duration;

use bytes::Bytes;
use monday_core::{
    BulkAnswer, BulkDocument, CallOptions, DecodeError, EncodeError, EntryData, Envelope, OperationKind,
    Priority,
};

use super::sending::Sending;
use crate::governor::Entries;
use crate::outgoing::{Outgoing, Payload};

pub(super) struct BulkCall<'a, D> {
    sending: &'a Sending<'a, D>,
    options: CallOptions,
    /// None before the request is written.
    pub(super) group: Vec<usize>,
    body: Bytes,
    pub(super) data: Vec<EntryData<D>>,
    points: Option<u64>,
}

impl<'a, D> BulkCall<'a, D> {
    pub(super) fn new(sending: &'a Sending<'a, D>) -> Self {
        let mut options = sending.first.options().clone();
        // Nobody waits for the first entry alone.
        options.priority = Priority::Batch;
        Self { sending, options, group: Vec::new(), body: Bytes::new(), data: Vec::new(), points: None }
    }
}

impl<D: Send> Outgoing for BulkCall<'_, D> {
    fn operation(&self) -> &str {
        self.sending.first.operation()
    }

    fn kind(&self) -> OperationKind {
        OperationKind::Mutation
    }

    fn entries(&self) -> Entries<'_> {
        if self.group.is_empty() {
            Entries::Waiting(self.sending)
        } else {
            Entries::Written(self.group.len() as u64)
        }
    }

    fn write(&mut self, entries: u64) -> Result<(), EncodeError> {
        if self.group.is_empty() {
            self.group = self.sending.take(usize::try_from(entries).unwrap_or(usize::MAX));
            self.body = self.sending.body(&self.group)?;
        }
        Ok(())
    }

    fn points(&self) -> Option<u64> {
        self.points
    }

    fn options(&self) -> &CallOptions {
        &self.options
    }

    fn idempotency_key(&self) -> Option<&str> {
        None
    }

    fn payload(&self) -> Payload<'_> {
        Payload::Json(self.body.clone())
    }

    fn total_time(&self) -> Option<Duration> {
        None
    }

    fn read(&mut self, body: &Bytes) -> Result<Envelope<()>, DecodeError> {
        let BulkAnswer { entries, points, envelope } =
            BulkDocument::read(body, self.group.len(), self.sending.first)?;
        (self.data, self.points) = (entries, points);
        Ok(envelope)
    }
}
