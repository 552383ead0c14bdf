//! What is set first and read then: the stream that [`Pages`](super::Pages) and [`Parts`](super::Parts) both
//! are.
//!
//! Must not know: how pages are read.

use std::task::{Context, Poll};

use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};

use crate::Error;

/// What is to be read, and how.
pub(super) trait Planned {
    /// What the pages hold.
    type Item: Send + 'static;

    /// Starts to read.
    fn pages(self) -> BoxStream<'static, Result<Vec<Self::Item>, Error>>;
}

/// A list before, while and after it is read.
pub(super) enum Listing<L, T> {
    Planned(L),
    Running(BoxStream<'static, Result<T, Error>>),
    Ended,
}

impl<L, T> Listing<L, T> {
    /// Changes how it is read, unless that has begun.
    pub(super) fn plan(mut self, change: impl FnOnce(&mut L)) -> Self {
        if let Self::Planned(planned) = &mut self {
            change(planned);
        }
        self
    }
}

impl<L: Planned<Item = T>, T: Send + 'static> Listing<L, T> {
    pub(super) fn by_page(self) -> BoxStream<'static, Result<Vec<T>, Error>> {
        match self {
            Self::Planned(planned) => planned.pages(),
            // Whoever polled the stream before has taken single items: the rest comes so too.
            Self::Running(items) => items.map_ok(|item| vec![item]).boxed(),
            Self::Ended => stream::empty().boxed(),
        }
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Self::Planned(_) = self
            && let Self::Planned(planned) = std::mem::replace(self, Self::Ended)
        {
            let items = planned.pages().map_ok(|items| stream::iter(items).map(Ok)).try_flatten();
            *self = Self::Running(items.boxed());
        }
        let Self::Running(items) = self else { return Poll::Ready(None) };
        let item = items.poll_next_unpin(context);
        if matches!(item, Poll::Ready(None)) {
            *self = Self::Ended;
        }
        item
    }
}
