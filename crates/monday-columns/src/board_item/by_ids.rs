//! The operation that reads items by their ids as rows.
//!
//! Must not know: how it is sent.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use monday_core::{
    Cursor, DecodeError, Envelope, ItemId, Operation, OperationKind, Page, PageError, PagedOperation,
};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::items::write_columns;
use super::reading;
use super::wire::FoundItems;
use super::{BoardItem, Row};

/// How many ids monday takes at once.
///
/// Source: <https://developer.monday.com/api-reference/reference/items>.
const LARGEST: usize = 100;

/// Items as rows, by their ids: what [`BoardItem::by_ids`] makes.
pub struct ItemsById<T> {
    ids: Arc<[ItemId]>,
    from: usize,
    size: usize,
    rows: PhantomData<fn() -> T>,
}

impl<T: BoardItem> ItemsById<T> {
    pub(super) fn new(ids: Vec<ItemId>) -> Self {
        Self { ids: ids.into(), from: 0, size: LARGEST, rows: PhantomData }
    }
}

impl<T> ItemsById<T> {
    /// The ids of this page.
    #[must_use]
    pub fn ids(&self) -> &[ItemId] {
        let rest = self.ids.get(self.from..).unwrap_or_default();
        &rest[..rest.len().min(self.size)]
    }
}

impl<T> Clone for ItemsById<T> {
    fn clone(&self) -> Self {
        let Self { ids, from, size, rows } = self;
        Self { ids: ids.clone(), from: *from, size: *size, rows: *rows }
    }
}

impl<T: BoardItem> fmt::Debug for ItemsById<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemsById").field("row", &T::NAME).field("ids", &self.ids().len()).finish()
    }
}

impl<T: BoardItem> Serialize for ItemsById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ids", self.ids())?;
        map.serialize_entry("limit", &self.size)?;
        write_columns::<T, _>(&mut map)?;
        map.end()
    }
}

impl<T: BoardItem> Operation for ItemsById<T> {
    type Data = FoundItems;
    const NAME: &'static str = T::DOCUMENTS.items_by_id.name;
    const KIND: OperationKind = OperationKind::Query;
    const DOCUMENT: &'static str = T::DOCUMENTS.items_by_id.text;

    fn decode(body: &[u8]) -> Result<Envelope<FoundItems>, DecodeError> {
        Envelope::decode(body)
    }
}

impl<T: BoardItem> PagedOperation for ItemsById<T> {
    type Item = Row<T>;
    type Next = Self;

    fn page(&self, data: FoundItems) -> Result<Option<Page<Row<T>>>, PageError> {
        let items = reading::rows(data.items.unwrap_or_default().into_iter().flatten(), None);
        let items = items.map_err(|unfit| unfit as PageError)?;
        let end = self.from + self.ids().len();
        let next = (end < self.ids.len()).then(|| Cursor(end.to_string()));
        Ok(Some(Page { items, next }))
    }

    fn next(&self, cursor: Cursor) -> Self {
        let from = cursor.0.parse().unwrap_or(self.ids.len());
        Self { from, ..self.clone() }
    }

    fn resize(&mut self, size: Option<i64>) {
        let size = size.and_then(|size| usize::try_from(size).ok());
        self.size = size.unwrap_or(self.size).clamp(1, LARGEST);
    }

    fn page_size(&self) -> Option<i64> {
        i64::try_from(self.size).ok()
    }

    fn id(row: &Row<T>) -> Option<&str> {
        Some(row.id().as_str())
    }
}
