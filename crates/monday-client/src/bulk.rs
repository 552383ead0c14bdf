//! Many mutations in few requests: how many go together, and what becomes of each.
//!
//! Must not know: how they are put into one document.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use monday_core::{
    BulkDocument, CallOptions, DecodeError, EntryData, Envelope, GraphQlError, IntoRequest, OperationKind,
    PathSegment, Priority, Request, ResponseMeta,
};

use crate::judge::{self, RetryClass};
use crate::outgoing::{Outgoing, Payload};
use crate::{Client, Error, ErrorKind};

/// Entries in one request unless told otherwise: an answer of so many stays far below monday's 1 MB for kept answers.
const ENTRIES: usize = 50;

/// Requests under way at once unless told otherwise.
const REQUESTS: usize = 4;

/// An entry that was refused for a reason that passes is sent again so often.
const ROUNDS: u32 = 5;

/// Many mutations of one operation, sent in few requests. Made by [`Client::bulk`].
#[derive(Debug)]
#[must_use = "nothing is sent before `run`"]
pub struct Bulk<D> {
    client: Client,
    entries: Result<Vec<Request<D>>, Error>,
    per_request: usize,
    requests: usize,
}

impl Client {
    /// Many mutations of one operation in few requests, each under an alias of its own. In order, with a result for each:
    ///
    /// ```no_run
    /// # use monday_client::{Client, Error};
    /// # async fn example<O: monday_core::Operation>(client: Client, creates: Vec<O>) {
    /// for result in client.bulk(creates).run().await {
    ///     match result {
    ///         Ok(_data) => println!("created"),
    ///         Err(error) => eprintln!("{error}"),
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// monday does the mutations of a request one after the other, and charges each. A request is sent under one
    /// idempotency key over all its attempts. An entry that was refused before it was done, for a reason that passes (a rate
    /// limit, a lock), is sent again with others; a request that is too complex is sent in halves. An entry that may have
    /// been done is never sent again: its error has the key of its request.
    pub fn bulk<R: IntoRequest>(&self, entries: impl IntoIterator<Item = R>) -> Bulk<R::Data> {
        let entries = entries.into_iter().map(|entry| entry.into_request().map_err(Error::from));
        Bulk { client: self.clone(), entries: entries.collect(), per_request: ENTRIES, requests: REQUESTS }
    }
}

/// What is still to be done, and what has been.
struct Work<D> {
    /// Numbers of entries, in the groups they go out in.
    groups: VecDeque<Vec<usize>>,
    rounds: Vec<u32>,
    results: Vec<Option<Result<D, Error>>>,
}

impl<D: Send> Bulk<D> {
    /// How many entries go into one request at most. Default: 50.
    pub fn entries_per_request(mut self, entries: usize) -> Self {
        self.per_request = entries.max(1);
        self
    }

    /// How many requests are under way at once. Default: 4.
    pub fn requests_at_once(mut self, requests: usize) -> Self {
        self.requests = requests.max(1);
        self
    }

    /// Sends everything. The results are in the order of the entries; what is wrong with all of them, such as variables
    /// that cannot be written, comes as the one result.
    pub async fn run(self) -> Vec<Result<D, Error>> {
        let entries = match self.entries {
            Ok(entries) => entries,
            Err(error) => return vec![Err(error)],
        };
        let Some(first) = entries.first() else {
            return Vec::new();
        };
        let fits = |entry: &Request<D>| {
            entry.kind() == OperationKind::Mutation && entry.operation() == first.operation()
        };
        let document = BulkDocument::of(first).ok().filter(|_| entries.iter().all(fits));
        let Some(document) = document else {
            return vec![Err(Error::new(ErrorKind::Document).of_operation(first.operation()))];
        };
        let numbers: Vec<usize> = (0..entries.len()).collect();
        let work = Mutex::new(Work {
            groups: numbers.chunks(self.per_request).map(<[usize]>::to_vec).collect(),
            rounds: vec![0; entries.len()],
            results: entries.iter().map(|_| None).collect(),
        });
        let sending = Sending { client: &self.client, document: &document, entries: &entries, work: &work };
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < self.requests {
                let Some(group) = sending.next_group(self.per_request) else {
                    break;
                };
                under_way.push(sending.send(group));
            }
            if under_way.next().await.is_none() {
                break;
            }
        }
        drop(under_way);
        let work = work.into_inner().unwrap_or_else(PoisonError::into_inner);
        let lost = || Err(Error::new(ErrorKind::NoData).of_operation(first.operation()));
        work.results.into_iter().map(|result| result.unwrap_or_else(lost)).collect()
    }
}

/// What every request of a run shares.
struct Sending<'a, D> {
    client: &'a Client,
    document: &'a BulkDocument,
    entries: &'a [Request<D>],
    work: &'a Mutex<Work<D>>,
}

impl<D: Send> Sending<'_, D> {
    fn work(&self) -> std::sync::MutexGuard<'_, Work<D>> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next group; small groups of entries that are sent again go together.
    fn next_group(&self, most: usize) -> Option<Vec<usize>> {
        let mut work = self.work();
        let mut group = work.groups.pop_front()?;
        while work.groups.front().is_some_and(|next| {
            // Halves of what was too complex stay apart.
            next.len() == 1
                && group.len() < most
                && work.rounds.get(next[0]).is_some_and(|rounds| *rounds > 0)
        }) {
            group.extend(work.groups.pop_front().into_iter().flatten());
        }
        Some(group)
    }

    async fn send(&self, group: Vec<usize>) {
        let entries = || group.iter().filter_map(|number| self.entries.get(*number));
        let body = match self.document.body(entries()) {
            Ok(body) => body,
            Err(error) => return self.fail(&group, &Error::from(error)),
        };
        let Some(first) = entries().next() else {
            return;
        };
        let mut options = first.options().clone();
        // Nobody waits for the first entry alone.
        options.priority = Priority::Batch;
        let cost_name = format!("{} x {}", first.operation(), group.len());
        let mut call = BulkCall { body, first, count: group.len(), cost_name, options, data: Vec::new() };
        let sent = self.client.pipeline.send(&mut call).await;
        let data = call.data;
        match sent {
            Ok(response) => self.settle(&group, data, response.errors, &response.meta),
            Err(error) if error.kind() == ErrorKind::TooComplex && group.len() > 1 => {
                let (one, other) = group.split_at(group.len() / 2);
                let mut work = self.work();
                work.groups.push_front(other.to_vec());
                work.groups.push_front(one.to_vec());
            }
            // Every entry was refused, each for its own reason.
            Err(error) if error.api_errors().iter().any(|error| number_of(error).is_some()) => {
                let mut meta = ResponseMeta::default();
                meta.status = error.status().unwrap_or_default();
                meta.request_id = error.request_id().map(str::to_owned);
                self.settle(&group, Vec::new(), error.api_errors().to_vec(), &meta);
            }
            Err(error) => self.fail(&group, &error),
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
            self.finish(*number, result);
        }
    }

    /// Keeps a result, or puts the entry back if it was refused before it was done.
    fn finish(&self, number: usize, result: Result<D, Error>) {
        let mut work = self.work();
        if let Err(error) = &result
            && RetryClass::of(error.kind()) == RetryClass::NotExecuted
            && !error.may_be_done()
            && let Some(rounds) = work.rounds.get_mut(number).filter(|rounds| **rounds < ROUNDS)
        {
            *rounds += 1;
            work.groups.push_back(vec![number]);
            if let Some(wait) = error.retry_after() {
                self.client.pipeline.governor.pause(wait.max(Duration::from_millis(100)));
            }
            return;
        }
        let result = result.map_err(|error| match self.entries.first() {
            Some(entry) => error.of_operation(entry.operation()),
            None => error,
        });
        if let Some(place) = work.results.get_mut(number) {
            *place = Some(result);
        }
    }

    /// The request as a whole came to nothing, or nobody knows.
    fn fail(&self, group: &[usize], error: &Error) {
        let mut work = self.work();
        for number in group {
            if let Some(place) = work.results.get_mut(*number) {
                *place = Some(Err(error.repeated()));
            }
        }
    }
}

/// Which entry of its request an error is of.
fn number_of(error: &GraphQlError) -> Option<usize> {
    match error.path().first()? {
        PathSegment::Field(key) => BulkDocument::entry_of(key).map(|(number, _)| number),
        PathSegment::Index(_) => None,
    }
}

/// A request of many entries, as the rooms pass it on.
struct BulkCall<'a, D> {
    body: Bytes,
    first: &'a Request<D>,
    count: usize,
    /// A request of so many entries costs so many times as much.
    cost_name: String,
    options: CallOptions,
    data: Vec<EntryData<D>>,
}

impl<D: Send> Outgoing for BulkCall<'_, D> {
    fn operation(&self) -> &str {
        self.first.operation()
    }

    fn kind(&self) -> OperationKind {
        OperationKind::Mutation
    }

    fn cost_name(&self) -> &str {
        &self.cost_name
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

    fn read(&mut self, body: &[u8]) -> Result<Envelope<()>, DecodeError> {
        let (data, envelope) = BulkDocument::read(body, self.count, self.first)?;
        self.data = data;
        Ok(envelope)
    }
}
