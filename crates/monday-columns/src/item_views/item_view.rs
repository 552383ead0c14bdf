//! One item of a page.
//!
//! Must not know: JSON.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use monday_core::json::{Kept, KeptRow};

use super::ColumnView;
use super::page::{COLUMN_VALUES, GROUP_ID, ID, NAME, column};

/// An item, read where it came: it shares its page's bytes with the other items of the page, and takes 16 bytes itself.
///
/// The page's bytes stay as long as one of its items does: keep what you need of a few items, and items themselves only
/// where you keep most of them. Strings are borrowed unless JSON's escapes are in them.
#[derive(Clone)]
pub struct ItemView {
    page: Arc<Kept>,
    number: u32,
}

impl ItemView {
    pub(super) fn all(page: &Arc<Kept>) -> Vec<Self> {
        // A body has fewer than 2^32 bytes, and so fewer items.
        let numbers = 0..u32::try_from(page.len()).unwrap_or(u32::MAX);
        numbers.map(|number| Self { page: Arc::clone(page), number }).collect()
    }

    fn row(&self) -> Option<KeptRow<'_>> {
        self.page.row(self.number as usize)
    }

    /// The item's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.row().and_then(|row| row.raw(ID)).unwrap_or_default()
    }

    /// The item's name.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        self.row().and_then(|row| row.text(NAME)).unwrap_or_default()
    }

    /// The id of the group it is in.
    #[must_use]
    pub fn group_id(&self) -> Option<Cow<'_, str>> {
        self.row()?.text(GROUP_ID)
    }

    /// All of its columns that were asked for, in monday's order.
    #[must_use]
    pub fn columns(&self) -> impl ExactSizeIterator<Item = ColumnView<'_>> + Clone {
        let rows = self.row().map(|row| row.rows(COLUMN_VALUES, column::TABLE, column::PLACES));
        Columns(rows)
    }

    /// The column with this id; none where the board has none, or it was not asked for.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<ColumnView<'_>> {
        let mut rows = self.row()?.rows(COLUMN_VALUES, column::TABLE, column::PLACES);
        rows.find(|row| row.is(column::ID, id)).map(ColumnView::new)
    }
}

impl fmt::Debug for ItemView {
    /// Without what the item holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemView").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// The columns of an item that is there.
#[derive(Clone)]
struct Columns<I>(Option<I>);

impl<'v, I: ExactSizeIterator<Item = KeptRow<'v>>> Iterator for Columns<I> {
    type Item = ColumnView<'v>;

    fn next(&mut self) -> Option<ColumnView<'v>> {
        self.0.as_mut()?.next().map(ColumnView::new)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.0.as_ref().map_or(0, ExactSizeIterator::len);
        (length, Some(length))
    }
}

impl<'v, I: ExactSizeIterator<Item = KeptRow<'v>>> ExactSizeIterator for Columns<I> {}
