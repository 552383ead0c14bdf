//! Many mutations in few requests: what a caller sets, and how many requests are under way.
//!
//! Must not know: how they are put into one document, how many go together.

mod call;
mod sending;
mod work;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use monday_core::{BulkDocument, IntoRequest, OperationKind, Request};

use crate::{Client, Error, ErrorKind};

use sending::Sending;

/// Entries in one request unless told otherwise: an answer of so many stays far below monday's 1 MB for kept answers.
const ENTRIES: usize = 50;

/// Requests under way at once unless told otherwise.
const REQUESTS: usize = 4;

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
    /// monday does the mutations of a request one after the other, and charges each. How many go together is decided when a
    /// request is sent: as many as the budget of complexity points has room for, and a few where nobody knows yet what one
    /// costs; a request that would be less than half full waits for the next window. A request is sent under one
    /// idempotency key over all its attempts. An entry that was refused before it was done, for a reason that passes (a rate
    /// limit, a lock), is sent again with others; a request that is too complex is sent again in smaller ones. An entry that may have
    /// been done is never sent again: its error has the key of its request.
    pub fn bulk<R: IntoRequest>(&self, entries: impl IntoIterator<Item = R>) -> Bulk<R::Data> {
        let entries = entries.into_iter().map(|entry| entry.into_request().map_err(Error::from));
        Bulk { client: self.clone(), entries: entries.collect(), per_request: ENTRIES, requests: REQUESTS }
    }
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
        let sending = Sending::new(&self.client, &document, first, &entries, self.per_request);
        let mut under_way = FuturesUnordered::new();
        loop {
            // One at a time waits for its size: the next may depend on its answer.
            if under_way.len() < self.requests && sending.work().begin() {
                under_way.push(sending.send());
            }
            tokio::select! {
                ended = under_way.next() => if ended.is_none() { break },
                () = sending.written.notified() => {}
            }
        }
        drop(under_way);
        sending.into_results()
    }
}
