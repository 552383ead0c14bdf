//! One page of a list, and the operations that read lists page by page.
//!
//! Must not know: how pages are fetched (`monday-client` makes the stream).

use serde::{Deserialize, Serialize};

use crate::Operation;

/// Where the next page starts. Opaque; an items cursor lives 60 minutes from the first page.
///
/// Source: <https://developer.monday.com/api-reference/reference/items-page>.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the server's order. May be empty although more follow.
    pub items: Vec<T>,
    /// The next page; `None` after the last one.
    pub next: Option<Cursor>,
}

/// An operation whose answer is a page, and the operation that reads the page after it.
pub trait PagedOperation: Operation {
    /// What the pages hold.
    type Item: Send + 'static;

    /// The operation for all further pages; it may be the same one.
    type Next: PagedOperation<Item = Self::Item, Next = Self::Next>;

    /// The page in an answer; `None` when the thing whose list was asked for does not exist.
    fn page(data: Self::Data) -> Option<Page<Self::Item>>;

    /// The operation for the page at `cursor`.
    fn next(&self, cursor: Cursor) -> Self::Next;
}
