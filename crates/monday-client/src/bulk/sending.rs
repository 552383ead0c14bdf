//! One run: requests are sent, and each entry gets its own result.
//!
//! Must not know: how many requests are under way.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use monday_core::{BulkDocument, EncodeError, EntryData, GraphQlError, PathSegment, Request, ResponseMeta};
use tokio::sync::Notify;

use super::call::BulkCall;
use super::work::Work;
use crate::governor::Line;
use crate::judge::{self, RetryClass};
use crate::{Client, Error, ErrorKind, retry};

/// What every request of a run shares.
pub(super) struct Sending<'a, D> {
    client: &'a Client,
    document: &'a BulkDocument,
    pub(super) first: &'a Request<D>,
    entries: &'a [Request<D>],
    work: Mutex<Work<D>>,
    /// A request has its entries: another may begin.
    pub(super) written: Notify,
}

impl<'a, D> Sending<'a, D> {
    pub(super) fn new(
        client: &'a Client,
        document: &'a BulkDocument,
        first: &'a Request<D>,
        entries: &'a [Request<D>],
        per_request: usize,
    ) -> Self {
        let work = Mutex::new(Work::new(entries.len(), per_request));
        Self { client, document, first, entries, work, written: Notify::new() }
    }

    pub(super) fn work(&self) -> MutexGuard<'_, Work<D>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The entries of the request that is about to be sent.
    pub(super) fn take(&self, count: usize) -> Vec<usize> {
        self.written.notify_one();
        self.work().take(count)
    }

    pub(super) fn body(&self, group: &[usize]) -> Result<Bytes, EncodeError> {
        self.document.body(group.iter().filter_map(|number| self.entries.get(*number)))
    }

    pub(super) fn into_results(self) -> Vec<Result<D, Error>> {
        let work = self.work.into_inner().unwrap_or_else(PoisonError::into_inner);
        let lost = || Err(Error::new(ErrorKind::NoData).of_operation(self.first.operation()));
        work.into_results().map(|result| result.unwrap_or_else(lost)).collect()
    }
}

impl<D: Send> Line for Sending<'_, D> {
    fn waiting(&self) -> (u64, u64) {
        let (all, most) = self.work().waiting();
        (all as u64, most as u64)
    }
}

impl<D: Send> Sending<'_, D> {
    /// Sends the request that has begun.
    pub(super) async fn send(&self) {
        let mut call = BulkCall::new(self);
        let sent = self.client.pipeline.send(&mut call).await;
        let BulkCall { mut group, data, .. } = call;
        if group.is_empty() {
            // It came to nothing before anything was sent: so would those that it stood for.
            let (_, most) = self.work().waiting();
            group = self.take(most);
        }
        match sent {
            Ok(response) => self.settle(&group, data, response.errors, &response.meta),
            Err(error) if error.kind() == ErrorKind::TooComplex && group.len() > 1 => {
                self.work().split(&group);
            }
            // Every entry was refused, each for its own reason.
            Err(error) if error.api_errors().iter().any(|error| number_of(error).is_some()) => {
                let mut meta = ResponseMeta::default();
                meta.status = error.status().unwrap_or_default();
                meta.request_id = error.request_id().map(str::to_owned);
                self.settle(&group, Vec::new(), error.api_errors().to_vec(), &meta);
            }
            Err(error) => {
                let mut work = self.work();
                for number in group {
                    work.finish(number, Err(error.of_entry()));
                }
            }
        }
    }

    /// Gives each entry of a request its own.
    fn settle(
        &self,
        group: &[usize],
        mut data: Vec<EntryData<D>>,
        errors: Vec<GraphQlError>,
        meta: &ResponseMeta,
    ) {
        data.resize_with(group.len(), || None);
        let mut of_entry: Vec<Vec<GraphQlError>> = vec![Vec::new(); group.len()];
        let mut of_all = Vec::new();
        for error in errors {
            match number_of(&error).and_then(|number| of_entry.get_mut(number)) {
                Some(errors) => errors.push(error),
                None => of_all.push(error),
            }
        }
        for ((number, data), mut errors) in group.iter().zip(data).zip(of_entry) {
            if errors.is_empty() && data.is_none() {
                errors.clone_from(&of_all);
            }
            let result = match data {
                Some(Ok(data)) if errors.is_empty() => Ok(data),
                Some(Err(error)) if errors.is_empty() => {
                    Err(Error::decode(error).with_request_id(meta.request_id.clone()))
                }
                _ if errors.is_empty() => {
                    Err(Error::new(ErrorKind::NoData).with_request_id(meta.request_id.clone()))
                }
                _ => Err(judge::strict(errors, meta.clone())),
            };
            self.finish(*number, result.map_err(|error| error.of_entry()));
        }
    }

    /// Keeps a result, or puts the entry back if it was refused before it was done.
    fn finish(&self, number: usize, result: Result<D, Error>) {
        if let Err(error) = &result
            && RetryClass::of(error.kind()) == RetryClass::NotExecuted
            && !error.may_be_done()
            && self.work().again(number, |rounds| retry::wait(rounds, error))
        {
            return self.client.pipeline.note_entry(error);
        }
        let result = result.map_err(|error| error.of_operation(self.first.operation()));
        self.work().finish(number, result);
    }
}

/// Which entry of its request an error is of.
fn number_of(error: &GraphQlError) -> Option<usize> {
    match error.path().first()? {
        PathSegment::Field(key) => BulkDocument::entry_of(key).map(|(number, _)| number),
        PathSegment::Index(_) => None,
    }
}
