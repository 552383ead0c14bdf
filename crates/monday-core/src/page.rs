//! One page of a list, and the operations that read lists page by page.
//!
//! Must not know: how pages are fetched (`monday-client` makes the stream), how a shape ends
//! (`monday-queries`).

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
    /// The next page; `None` after the last one. An empty cursor says that more follow and the server did not
    /// say where.
    pub next: Option<Cursor>,
}

/// Why items cannot be made of a page. It may name ids and types, never what a page holds: clients show it.
pub type PageError = Box<dyn std::error::Error + Send + Sync>;

/// An operation whose answer is a page, and the operation that reads the page after it.
///
/// Generated modules implement it for every field that pages.
pub trait PagedOperation: Operation {
    /// What the pages hold.
    type Item: Send + 'static;

    /// The operation for all further pages; it may be the same one.
    type Next: PagedOperation<Item = Self::Item, Next = Self::Next>;

    /// The page in an answer to this operation; `None` when the thing whose list was asked for does not
    /// exist. An error where the data fit the schema and not the items that are made of them.
    fn page(&self, data: Self::Data) -> Result<Option<Page<Self::Item>>, PageError>;

    /// The operation for the page at `cursor`.
    fn next(&self, cursor: Cursor) -> Self::Next;

    /// Fixes how many items a page holds, before the first one is read: `size`, else what the operation says,
    /// else the largest that monday documents; between 1 and that. Without a number on the wire, the end
    /// cannot be told.
    fn resize(&mut self, size: Option<i64>) {
        let _ = size;
    }

    /// How many items a page holds at most, where the operation says so: by it its cost is remembered.
    fn page_size(&self) -> Option<i64> {
        None
    }

    /// The id of an item, where it was selected: by it a restarted stream knows what it has given.
    fn id(item: &Self::Item) -> Option<&str> {
        let _ = item;
        None
    }
}
