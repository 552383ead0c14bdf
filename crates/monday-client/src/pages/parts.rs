//! Several lists read at once as one stream.
//!
//! Must not know: which operations page, how a page is read, how a list is split.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::future;
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use monday_core::PagedOperation;

use super::CursorPolicy;
use super::given::Given;
use super::listing::{Listing, Planned};
use super::reader::{Plan, Reader};
use super::task::Task;
use crate::{Client, Error, ErrorKind};

/// How many parts are read at once unless told.
const AT_ONCE: usize = 4;

/// The items of several lists, read at once: a stream, from [`Client::parts`]. Set how it reads before it is
/// polled.
///
/// An item that is in two lists is given once, by its id, which takes 16 bytes for each that is a number. An
/// error of one part ends the stream and stops the others; so does dropping it.
///
/// Memory stays bounded by the page that is being given and one more for each part under way, or two with
/// [`read_ahead`](Self::read_ahead), however slowly the caller takes the items. It needs a tokio runtime.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Parts<P: PagedOperation> {
    listing: Listing<Many<P>, P::Item>,
}

struct Many<P> {
    client: Client,
    parts: Vec<P>,
    plan: Plan,
    at_once: usize,
    in_order: bool,
}

impl<P> Parts<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    pub(crate) fn new(client: Client, parts: Vec<P>) -> Self {
        let many = Many { client, parts, plan: Plan::default(), at_once: AT_ONCE, in_order: false };
        Self { listing: Listing::Planned(many) }
    }

    /// How many parts are read at once, at least 1. Default: 4. What is more than the account may send at
    /// once waits in the client's queue; what is more than that takes
    /// ([`max_queue`](crate::ClientBuilder::max_queue)) fails with [`ErrorKind::Overloaded`], which ends the
    /// stream.
    pub fn at_once(self, parts: usize) -> Self {
        self.plan(|many| many.at_once = parts.max(1))
    }

    /// Whether the items come in the order of the parts, and within a part in that of its list, so that every
    /// reading of an unchanged list is the same. Parts that are not at their turn read one page and wait (two
    /// with [`read_ahead`](Self::read_ahead)), so parts of a few pages gain most. An error comes at its place
    /// in the order. Default: no, the items of a page stay together and pages come as they are read.
    pub fn in_order(self, is_on: bool) -> Self {
        self.plan(|many| many.in_order = is_on)
    }

    /// How many items a page holds, as for [`Pages::page_size`](super::Pages::page_size).
    pub fn page_size(self, items: impl Into<i64>) -> Self {
        let items = items.into();
        self.plan(|many| many.plan.page_size = Some(items))
    }

    /// Whether each part reads two pages ahead of the caller instead of one. Default: no.
    pub fn read_ahead(self, is_on: bool) -> Self {
        self.plan(|many| many.plan.read_ahead = is_on)
    }

    /// What happens to a part when its cursor expires on the way. Default: [`CursorPolicy::FailFast`].
    pub fn on_cursor_expired(self, policy: CursorPolicy) -> Self {
        self.plan(|many| many.plan.policy = policy)
    }

    /// The same items, a page of one part at a time, as they were read.
    pub fn by_page(self) -> impl Stream<Item = Result<Vec<P::Item>, Error>> + Send + 'static {
        self.listing.by_page()
    }

    fn plan(self, change: impl FnOnce(&mut Many<P>)) -> Self {
        Self { listing: self.listing.plan(change) }
    }
}

impl<P> Planned for Many<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    type Item = P::Item;

    fn pages(self) -> BoxStream<'static, Result<Vec<P::Item>, Error>> {
        let Self { client, parts, plan, at_once, in_order } = self;
        let lanes = stream::iter(parts).map(move |part| lane(Reader::new(client.clone(), part, plan)));
        let pages = if in_order {
            lanes.map(future::ready).buffered(at_once).flatten().boxed()
        } else {
            lanes.flatten_unordered(at_once).boxed()
        };
        let mut given = Given::new(CursorPolicy::Restart);
        let pages = pages.map_ok(move |mut items| {
            items.retain(|item| given.take(P::id(item)));
            items
        });
        // An error ends it, and drops the parts that are under way.
        stream::try_unfold(pages.boxed(), |mut pages| async move {
            Ok(pages.try_next().await?.map(|page| (page, pages)))
        })
        .boxed()
    }
}

/// One part: its next page is read while nobody waits for it. It begins at once.
fn lane<P>(reader: Reader<P>) -> BoxStream<'static, Result<Vec<P::Item>, Error>>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    let next = |mut reader: Reader<P>| {
        Task::start(async move {
            let chunk = reader.chunk().await;
            (reader, chunk)
        })
    };
    let pages = stream::try_unfold(next(reader), move |page| async move {
        let outcome = page.outcome().await;
        let (reader, chunk) =
            outcome.ok_or_else(|| Error::new(ErrorKind::Disconnected).of_operation(P::NAME))?;
        Ok(chunk?.map(|items| (items, next(reader))))
    });
    pages.boxed()
}

/// No field is pinned: the running stream has a box of its own.
impl<P: PagedOperation> Unpin for Parts<P> {}

impl<P> Stream for Parts<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    type Item = Result<P::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.listing.poll_next(context)
    }
}

impl<P: PagedOperation> fmt::Debug for Parts<P> {
    /// Without the operations, whose variables are the caller's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("operation", &P::NAME).finish_non_exhaustive()
    }
}
