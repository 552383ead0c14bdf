//! The operations that read a board's items as views.
//!
//! Must not know: how they are sent.

use std::sync::OnceLock;

use monday_core::{
    BoardId, Bytes, ColumnId, Cursor, DecodeError, EncodeError, Envelope, GroupId, Nullable, Operation,
    OperationKind, Page, PageError, PagedOperation, encode_kept,
};
use monday_queries::SplitError;
use monday_queries::inputs::ItemsQuery;
use serde::Serialize;

use super::ItemView;
use super::documents;
use super::page::{FirstViews, NextViews};
use crate::board_item::LARGEST;

/// A board's items, page by page, each read where it came: the cheapest way through a large board.
///
/// A page's body is looked through once and kept; strings are borrowed from it, values are decoded when they are asked
/// for, nothing is allocated for an item. It selects `id`, `name`, the group's id, and of each column `id`, `type`,
/// `text` and `value`; of columns that connect or mirror items, formulas and dependencies also what they show.
///
/// ```
/// use monday_columns::{ItemView, ItemViews};
///
/// // `client.pages(first)` is the stream of its items.
/// let first = ItemViews::of(1_234_567_890).columns(["hours", "status"]);
///
/// fn hours_left(item: &ItemView) -> f64 {
///     let is_done = item.column("status").and_then(|status| status.label()).is_some_and(|label| label == "Done");
///     let hours = item.column("hours").and_then(|hours| hours.number()).unwrap_or_default();
///     if is_done { 0.0 } else { hours }
/// }
/// # let _ = (first, hours_left);
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct ItemViews {
    /// The board.
    pub board_id: BoardId,
    /// How many items a page holds: 1 to 500.
    pub limit: i64,
    /// Which items, and in which order.
    #[serde(skip_serializing_if = "Nullable::is_absent")]
    pub query_params: Nullable<ItemsQuery>,
    /// Which columns; `None` for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<ColumnId>>,
}

/// The next page of a board's items.
#[derive(Debug, Clone, Serialize)]
pub struct NextItemViews {
    /// Where the page starts.
    pub cursor: Cursor,
    /// How many items it holds: 1 to 500.
    pub limit: i64,
    /// Which columns; `None` for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<ColumnId>>,
}

impl ItemViews {
    /// All items of a board, with all columns.
    pub fn of(board_id: impl Into<BoardId>) -> Self {
        Self { board_id: board_id.into(), limit: LARGEST, query_params: Nullable::Absent, columns: None }
    }

    /// Asks for these columns alone: what is not sent costs nothing.
    #[must_use]
    pub fn columns(mut self, ids: impl IntoIterator<Item = impl Into<ColumnId>>) -> Self {
        self.columns = Some(ids.into_iter().map(Into::into).collect());
        self
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

    /// Splits the items into one part for each group, and a last one for those of all others: the client's `parts`
    /// reads them at once. See [`ItemsQuery::split_by_groups`].
    pub fn split_by_groups(
        self,
        group_ids: impl IntoIterator<Item = impl Into<GroupId>>,
    ) -> Result<Vec<Self>, SplitError> {
        let parts = self.query_params.value().cloned().unwrap_or_default().split_by_groups(group_ids)?;
        let part = |query_params| Self { query_params: Nullable::Value(query_params), ..self.clone() };
        Ok(parts.into_iter().map(part).collect())
    }
}

impl Operation for ItemViews {
    type Data = FirstViews;
    const NAME: &'static str = "ItemViews";
    const KIND: OperationKind = OperationKind::Query;
    const DOCUMENT: &'static str = documents::FIRST;

    fn encode(&self) -> Result<Bytes, EncodeError> {
        static KEPT: OnceLock<Bytes> = OnceLock::new();
        encode_kept(&KEPT, self)
    }

    fn decode(body: &[u8]) -> Result<Envelope<FirstViews>, DecodeError> {
        FirstViews::decode(&Bytes::copy_from_slice(body))
    }

    fn decode_shared(body: &Bytes) -> Result<Envelope<FirstViews>, DecodeError> {
        FirstViews::decode(body)
    }
}

impl Operation for NextItemViews {
    type Data = NextViews;
    const NAME: &'static str = "NextItemViews";
    const KIND: OperationKind = OperationKind::Query;
    const DOCUMENT: &'static str = documents::NEXT;

    fn encode(&self) -> Result<Bytes, EncodeError> {
        static KEPT: OnceLock<Bytes> = OnceLock::new();
        encode_kept(&KEPT, self)
    }

    fn decode(body: &[u8]) -> Result<Envelope<NextViews>, DecodeError> {
        NextViews::decode(&Bytes::copy_from_slice(body))
    }

    fn decode_shared(body: &Bytes) -> Result<Envelope<NextViews>, DecodeError> {
        NextViews::decode(body)
    }
}

impl PagedOperation for ItemViews {
    type Item = ItemView;
    type Next = NextItemViews;

    fn page(&self, data: FirstViews) -> Result<Option<Page<ItemView>>, PageError> {
        Ok(data.page())
    }

    fn next(&self, cursor: Cursor) -> NextItemViews {
        NextItemViews { cursor, limit: self.limit, columns: self.columns.clone() }
    }

    fn resize(&mut self, size: Option<i64>) {
        self.limit = size.unwrap_or(self.limit).clamp(1, LARGEST);
    }

    fn page_size(&self) -> Option<i64> {
        Some(self.limit)
    }

    fn id(item: &ItemView) -> Option<&str> {
        Some(item.id())
    }
}

impl PagedOperation for NextItemViews {
    type Item = ItemView;
    type Next = Self;

    fn page(&self, data: NextViews) -> Result<Option<Page<ItemView>>, PageError> {
        Ok(Some(data.page()))
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

    fn id(item: &ItemView) -> Option<&str> {
        Some(item.id())
    }
}
