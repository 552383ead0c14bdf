//! The operations that read a board's items as rows.
//!
//! Must not know: how they are sent.

use std::fmt;
use std::marker::PhantomData;

use monday_core::{
    BoardId, Cursor, DecodeError, Envelope, Nullable, Operation, OperationKind, Page, PageError,
    PagedOperation,
};
use monday_queries::inputs::ItemsQuery;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::reading;
use super::wire::{FirstPage, ItemsPage, NextPage};
use super::{BoardColumn, BoardItem, Row};

/// How many items monday gives in a page at most.
///
/// Source: <https://developer.monday.com/api-reference/reference/items-page>.
pub(crate) const LARGEST: i64 = 500;

/// A board's items as rows, page by page: what [`BoardItem::items`] makes.
pub struct BoardItems<T> {
    /// The board.
    pub board_id: BoardId,
    /// How many items a page holds: 1 to 500.
    pub limit: i64,
    /// Which items, and in which order.
    pub query_params: Nullable<ItemsQuery>,
    rows: PhantomData<fn() -> T>,
}

impl<T: BoardItem> BoardItems<T> {
    pub(super) fn new(board_id: BoardId) -> Self {
        Self { board_id, limit: LARGEST, query_params: Nullable::Absent, rows: PhantomData }
    }

    /// Sets how many items a page holds: 1 to 500. Default: 500.
    #[must_use]
    pub fn limit(mut self, limit: impl Into<i64>) -> Self {
        self.limit = limit.into();
        self
    }

    /// Sets which items are read, and in which order.
    #[must_use]
    pub fn query_params(mut self, query_params: impl Into<Nullable<ItemsQuery>>) -> Self {
        self.query_params = query_params.into();
        self
    }
}

impl<T> Clone for BoardItems<T> {
    fn clone(&self) -> Self {
        let Self { board_id, limit, query_params, rows } = self;
        Self { board_id: board_id.clone(), limit: *limit, query_params: query_params.clone(), rows: *rows }
    }
}

impl<T: BoardItem> fmt::Debug for BoardItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoardItems")
            .field("row", &T::NAME)
            .field("board_id", &self.board_id)
            .finish_non_exhaustive()
    }
}

/// The next page of a board's items as rows.
pub struct NextBoardItems<T> {
    /// Where the page starts.
    pub cursor: Cursor,
    /// How many items it holds: 1 to 500.
    pub limit: i64,
    /// The board that the cursor is of, which is not sent.
    board_id: BoardId,
    rows: PhantomData<fn() -> T>,
}

impl<T> Clone for NextBoardItems<T> {
    fn clone(&self) -> Self {
        let Self { cursor, limit, board_id, rows } = self;
        Self { cursor: cursor.clone(), limit: *limit, board_id: board_id.clone(), rows: *rows }
    }
}

impl<T: BoardItem> fmt::Debug for NextBoardItems<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NextBoardItems").field("row", &T::NAME).finish_non_exhaustive()
    }
}

/// The ids of columns, as a list.
struct Ids(&'static [BoardColumn]);

impl Serialize for Ids {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|column| column.id))
    }
}

/// The variables that say which columns are read.
pub(super) fn write_columns<T: BoardItem, M: serde::ser::SerializeMap>(map: &mut M) -> Result<(), M::Error> {
    if !T::COLUMNS.is_empty() {
        map.serialize_entry("columns", &Ids(T::COLUMNS))?;
    }
    if !T::Subitem::COLUMNS.is_empty() {
        map.serialize_entry("subitem_columns", &Ids(T::Subitem::COLUMNS))?;
    }
    Ok(())
}

impl<T: BoardItem> Serialize for BoardItems<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("board_id", &self.board_id)?;
        map.serialize_entry("limit", &self.limit)?;
        if !self.query_params.is_absent() {
            map.serialize_entry("query_params", &self.query_params)?;
        }
        write_columns::<T, _>(&mut map)?;
        map.end()
    }
}

impl<T: BoardItem> Serialize for NextBoardItems<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("cursor", &self.cursor)?;
        map.serialize_entry("limit", &self.limit)?;
        write_columns::<T, _>(&mut map)?;
        map.end()
    }
}

impl<T: BoardItem> Operation for BoardItems<T> {
    type Data = FirstPage;
    const NAME: &'static str = T::DOCUMENTS.items.name;
    const KIND: OperationKind = OperationKind::Query;
    const DOCUMENT: &'static str = T::DOCUMENTS.items.text;

    fn decode(body: &[u8]) -> Result<Envelope<FirstPage>, DecodeError> {
        Envelope::decode(body)
    }
}

impl<T: BoardItem> Operation for NextBoardItems<T> {
    type Data = NextPage;
    const NAME: &'static str = T::DOCUMENTS.next_items.name;
    const KIND: OperationKind = OperationKind::Query;
    const DOCUMENT: &'static str = T::DOCUMENTS.next_items.text;

    fn decode(body: &[u8]) -> Result<Envelope<NextPage>, DecodeError> {
        Envelope::decode(body)
    }
}

/// The rows of a page.
fn page<T: BoardItem>(found: ItemsPage, board: &BoardId) -> Result<Option<Page<Row<T>>>, PageError> {
    let items = reading::rows(found.items, Some(board)).map_err(|unfit| unfit as PageError)?;
    Ok(Some(Page { items, next: found.cursor.map(Cursor) }))
}

impl<T: BoardItem> PagedOperation for BoardItems<T> {
    type Item = Row<T>;
    type Next = NextBoardItems<T>;

    fn page(&self, data: FirstPage) -> Result<Option<Page<Row<T>>>, PageError> {
        let Some(board) = data.boards.unwrap_or_default().into_iter().flatten().next() else {
            return Ok(None);
        };
        reading::check::<T>(&self.board_id, &board).map_err(|unfit| unfit as PageError)?;
        page(board.items_page, &self.board_id)
    }

    fn next(&self, cursor: Cursor) -> NextBoardItems<T> {
        NextBoardItems { cursor, limit: self.limit, board_id: self.board_id.clone(), rows: PhantomData }
    }

    fn resize(&mut self, size: Option<i64>) {
        self.limit = size.unwrap_or(self.limit).clamp(1, LARGEST);
    }

    fn page_size(&self) -> Option<i64> {
        Some(self.limit)
    }

    fn id(row: &Row<T>) -> Option<&str> {
        Some(row.id().as_str())
    }
}

impl<T: BoardItem> PagedOperation for NextBoardItems<T> {
    type Item = Row<T>;
    type Next = Self;

    fn page(&self, data: NextPage) -> Result<Option<Page<Row<T>>>, PageError> {
        page(data.next_items_page, &self.board_id)
    }

    fn next(&self, cursor: Cursor) -> Self {
        Self { cursor, ..self.clone() }
    }

    fn resize(&mut self, size: Option<i64>) {
        self.limit = size.unwrap_or(self.limit).clamp(1, LARGEST);
    }

    fn page_size(&self) -> Option<i64> {
        Some(self.limit)
    }

    fn id(row: &Row<T>) -> Option<&str> {
        Some(row.id().as_str())
    }
}
