//! Many mutations in few requests: what a caller sets, and how many requests are under way.
//!
//! Must not know: how they are put into one document, how many go together.

mod call;
mod sending;
mod work;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use monday_core::{BulkDocument, IntoRequest, OperationKind, Request};
use tokio::time::Instant;

use crate::{Client, Error, ErrorKind};

use sending::Sending;

/// Entries in one request unless told otherwise: an answer of so many stays far below monday's 1 MB for kept
/// answers.
const ENTRIES: usize = 50;

/// Requests under way at once unless told otherwise.
const REQUESTS: usize = 4;

/// Many mutations of one operation, sent in few requests. Made by [`Client::bulk`].
#[derive(Debug)]
#[must_use = "nothing is sent before `run`"]
pub struct Bulk<D> {
    client: Client,
    entries: Vec<Result<Request<D>, Error>>,
    per_request: usize,
    requests: usize,
}

impl Client {
    /// Many mutations of one operation in few requests, each under an alias of its own. In order, with a
    /// result for each:
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
    /// monday does the mutations of a request one after the other, and charges each. How many go together is
    /// decided when a request is sent: as many as the budget of complexity points has room for, up to
    /// [`entries_per_request`](Bulk::entries_per_request), and a few where nobody knows yet what one costs. A
    /// request that would be less than half full waits for the next window; that wait is no part of the
    /// deadline.
    ///
    /// A request is sent under one idempotency key over all its attempts. An entry that was refused before it
    /// was done, for a reason that passes (a rate limit, a lock), is sent again with others, up to five
    /// times; a request that is too complex is sent again in smaller ones. An entry that may have been done
    /// is never sent again: its error [`is_ambiguous`](Error::is_ambiguous), and has no key, since the
    /// request's is that of all its entries.
    ///
    /// Deadline and API version of a request are those of the first entry. Entries with an idempotency key of
    /// their own are refused: what is sent is another request.
    pub fn bulk<R: IntoRequest>(&self, entries: impl IntoIterator<Item = R>) -> Bulk<R::Data> {
        let entries = entries.into_iter().map(|entry| {
            let request = entry.into_request()?;
            match request.idempotency_key() {
                None => Ok(request),
                Some(_) => Err(Error::new(ErrorKind::Configuration).of_operation(request.operation())),
            }
        });
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

    /// Sends everything. There is a result for each entry, in their order. Where entries are of several
    /// operations, each result is [`ErrorKind::Document`].
    ///
    /// Dropped on the way, it stops: what was sent may have been done.
    pub async fn run(self) -> Vec<Result<D, Error>> {
        let mut results: Vec<Option<Result<D, Error>>> = Vec::with_capacity(self.entries.len());
        let mut requests = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            results.push(match entry {
                Ok(request) => {
                    requests.push(request);
                    None
                }
                Err(error) => Some(Err(error)),
            });
        }
        let mut done = send_all(&self.client, &requests, self.per_request, self.requests).await.into_iter();
        let lost = || Err(Error::new(ErrorKind::NoData));
        results.into_iter().map(|refused| refused.or_else(|| done.next()).unwrap_or_else(lost)).collect()
    }
}

/// A result for each request, in their order.
async fn send_all<D: Send>(
    client: &Client,
    entries: &[Request<D>],
    per_request: usize,
    at_once: usize,
) -> Vec<Result<D, Error>> {
    let Some(first) = entries.first() else {
        return Vec::new();
    };
    let fits = |entry: &Request<D>| {
        entry.kind() == OperationKind::Mutation && entry.operation() == first.operation()
    };
    let document = BulkDocument::of(first).ok().filter(|_| entries.iter().all(fits));
    let Some(document) = document else {
        let error = |entry: &Request<D>| Err(Error::new(ErrorKind::Document).of_operation(entry.operation()));
        return entries.iter().map(error).collect();
    };
    let sending = Sending::new(client, &document, first, entries, per_request);
    let mut under_way = FuturesUnordered::new();
    loop {
        // One at a time waits for its size: the next may depend on its answer.
        if under_way.len() < at_once && sending.work().begin() {
            under_way.push(sending.send());
        }
        let next_due = sending.work().next_due();
        if under_way.is_empty() && next_due.is_none() {
            break;
        }
        tokio::select! {
            Some(()) = under_way.next() => {}
            () = sending.written.notified() => {}
            () = sleep_until(next_due) => {}
        }
    }
    drop(under_way);
    sending.into_results()
}

/// For ever, if there is nothing to wait for.
async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
