//! A list read page by page as one stream.
//!
//! Must not know: which operations page, or how a page looks.

mod cursor_policy;
mod given;
mod listing;
mod parts;
mod reader;
mod task;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use monday_core::PagedOperation;

use crate::{Client, Error};

pub use cursor_policy::CursorPolicy;
use listing::{Listing, Planned};
pub use parts::Parts;
use reader::{Plan, Reader};

/// The items of all pages: a stream, from [`Client::pages`]. Set how it reads before it is polled.
///
/// It ends after the last page, never on an empty one unless that is how monday ends the list; an error ends
/// it too. Memory stays bounded by one page, or two with [`read_ahead`](Self::read_ahead).
#[must_use = "a stream does nothing unless it is polled"]
pub struct Pages<P: PagedOperation> {
    listing: Listing<One<P>, P::Item>,
}

struct One<P> {
    client: Client,
    first: P,
    plan: Plan,
}

impl<P> Pages<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    pub(crate) fn new(client: Client, first: P) -> Self {
        Self { listing: Listing::Planned(One { client, first, plan: Plan::default() }) }
    }

    /// How many items a page holds, at least 1. More than monday documents for the list is lowered to that.
    /// Default: what the operation says, else the largest that is documented.
    pub fn page_size(self, items: impl Into<i64>) -> Self {
        let items = items.into();
        self.plan(|plan| plan.page_size = Some(items))
    }

    /// Whether the next page is fetched while the caller works on this one: one page ahead, never more. It
    /// needs a tokio runtime, and costs a call in vain where the stream is dropped early. Default: no.
    pub fn read_ahead(self, is_on: bool) -> Self {
        self.plan(|plan| plan.read_ahead = is_on)
    }

    /// What happens when the cursor expires on the way. Default: [`CursorPolicy::FailFast`].
    pub fn on_cursor_expired(self, policy: CursorPolicy) -> Self {
        self.plan(|plan| plan.policy = policy)
    }

    /// The same items, a page at a time, as they were read.
    pub fn by_page(self) -> impl Stream<Item = Result<Vec<P::Item>, Error>> + Send + 'static {
        self.listing.by_page()
    }

    fn plan(self, change: impl FnOnce(&mut Plan)) -> Self {
        Self { listing: self.listing.plan(|one| change(&mut one.plan)) }
    }
}

impl<P> Planned for One<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    type Item = P::Item;

    fn pages(self) -> BoxStream<'static, Result<Vec<P::Item>, Error>> {
        let reader = Reader::new(self.client, self.first, self.plan);
        stream::try_unfold(reader, |mut reader| async move {
            Ok(reader.chunk().await?.map(|items| (items, reader)))
        })
        .boxed()
    }
}

/// No field is pinned: the running stream has a box of its own.
impl<P: PagedOperation> Unpin for Pages<P> {}

impl<P> Stream for Pages<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.listing.poll_next(context)
    }
}

impl<P: PagedOperation> fmt::Debug for Pages<P> {
    /// Without the operation, whose variables are the caller's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &P::NAME).finish_non_exhaustive()
    }
}
