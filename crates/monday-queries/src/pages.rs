//! Which operations read a list page by page, and where in their answers the page is.
//!
//! Must not know: how pages are fetched.

use monday_core::{Cursor, Page, PagedOperation};

use crate::fragments::ItemFields;
use crate::items::{ItemsPageData, NextItemsPageData};
use crate::{ItemsPage, NextItemsPage};

/// The first page comes from the board, all others from `next_items_page`.
impl PagedOperation for ItemsPage {
    type Item = ItemFields;
    type Next = NextItemsPage;

    fn page(data: ItemsPageData) -> Option<Page<ItemFields>> {
        let page = data.boards?.into_iter().flatten().next()?.items_page;
        Some(Page { items: page.items, next: page.cursor.map(Cursor) })
    }

    fn next(&self, cursor: Cursor) -> NextItemsPage {
        NextItemsPage { cursor: cursor.0, limit: self.limit }
    }
}

impl PagedOperation for NextItemsPage {
    type Item = ItemFields;
    type Next = Self;

    fn page(data: NextItemsPageData) -> Option<Page<ItemFields>> {
        let page = data.next_items_page;
        Some(Page { items: page.items, next: page.cursor.map(Cursor) })
    }

    fn next(&self, cursor: Cursor) -> Self {
        Self { cursor: cursor.0, limit: self.limit }
    }
}
