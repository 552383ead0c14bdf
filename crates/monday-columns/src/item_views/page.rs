//! The answers: a page's items as places in its body.
//!
//! Must not know: variables.

use std::sync::Arc;

use monday_core::json::{Kept, RowField, RowFields, RowKind, RowShape, Rows, Shaped};
use monday_core::{Bytes, Cursor, DecodeError, Envelope, Page, decode_object};

use super::ItemView;

pub(super) const ID: usize = 0;
pub(super) const NAME: usize = 1;
const GROUP: usize = 2;
pub(super) const GROUP_ID: usize = 3;
pub(super) const COLUMN_VALUES: usize = 4;

/// The places of a column value, and the table they are in.
pub(super) mod column {
    pub(in super::super) const TABLE: usize = 1;
    pub(in super::super) const PLACES: usize = 6;
    pub(in super::super) const ID: usize = 0;
    pub(in super::super) const TYPE: usize = 1;
    pub(in super::super) const TEXT: usize = 2;
    pub(in super::super) const VALUE: usize = 3;
    pub(in super::super) const DISPLAY_VALUE: usize = 4;
    pub(in super::super) const LINKED_ITEM_IDS: usize = 5;
}

/// A field that may be null after `nullable`, and else may not.
macro_rules! field {
    (nullable $key:literal, $place:expr, $kind:expr) => {
        RowField { key: concat!("\"", $key, "\":"), place: $place, is_nullable: true, kind: $kind }
    };
    ($key:literal, $place:expr, $kind:expr) => {
        RowField { is_nullable: false, ..field!(nullable $key, $place, $kind) }
    };
}

static GROUP_FIELDS: RowFields = RowFields::new(&[field!("id", GROUP_ID, RowKind::Text)]);
static COLUMN: RowShape = RowShape {
    fields: RowFields::new(&[
        field!("id", column::ID, RowKind::Text),
        field!("type", column::TYPE, RowKind::Text),
        field!(nullable "text", column::TEXT, RowKind::Text),
        field!(nullable "value", column::VALUE, RowKind::Value),
        field!(nullable "display_value", column::DISPLAY_VALUE, RowKind::Text),
        field!(nullable "linked_item_ids", column::LINKED_ITEM_IDS, RowKind::Value),
    ]),
    places: column::PLACES,
};
static ITEM: RowShape = RowShape {
    fields: RowFields::new(&[
        field!("id", ID, RowKind::Id),
        field!("name", NAME, RowKind::Text),
        field!(nullable "group", GROUP, RowKind::Object(&GROUP_FIELDS)),
        field!("column_values", COLUMN_VALUES, RowKind::Rows(column::TABLE, &COLUMN)),
    ]),
    places: 6,
};

/// The rows of a page.
struct Item;

impl Shaped for Item {
    const SHAPE: &'static RowShape = &ITEM;
    const TABLES: usize = 2;
}

/// What the operation for a first page answers.
#[derive(Debug)]
pub struct FirstViews(Option<Found>);

/// What the operation for a further page answers.
#[derive(Debug)]
pub struct NextViews(Found);

#[derive(Debug)]
struct Found {
    cursor: Option<String>,
    items: Arc<Kept>,
}

struct First {
    boards: Option<Vec<Option<Board>>>,
}
decode_object!(First ["boards"] { } { 0 boards });

struct Board {
    items_page: ItemsPage,
}
decode_object!(Board ["items_page"] { 0 items_page } { });

struct ItemsPage {
    cursor: Option<String>,
    items: Rows<Item>,
}
decode_object!(ItemsPage ["cursor" "items"] { 1 items } { 0 cursor });

struct Next {
    next_items_page: ItemsPage,
}
decode_object!(Next ["next_items_page"] { 0 next_items_page } { });

impl ItemsPage {
    fn found(self, body: &Bytes) -> Result<Found, DecodeError> {
        Ok(Found { cursor: self.cursor, items: Arc::new(Kept::new(self.items, body)?) })
    }
}

impl Found {
    fn page(self) -> Page<ItemView> {
        let Self { cursor, items } = self;
        Page { items: ItemView::all(&items), next: cursor.map(Cursor) }
    }
}

impl FirstViews {
    pub(super) fn decode(body: &Bytes) -> Result<Envelope<Self>, DecodeError> {
        let (data, envelope) = Envelope::<First>::decode(body)?.take_data();
        let first = |data: First| {
            let board = data.boards.unwrap_or_default().into_iter().flatten().next();
            board.map(|board| board.items_page.found(body)).transpose().map(Self)
        };
        Ok(envelope.with_data(data.map(first).transpose()?))
    }

    /// The page; none where there is no such board.
    pub(super) fn page(self) -> Option<Page<ItemView>> {
        self.0.map(Found::page)
    }
}

impl NextViews {
    pub(super) fn decode(body: &Bytes) -> Result<Envelope<Self>, DecodeError> {
        let (data, envelope) = Envelope::<Next>::decode(body)?.take_data();
        let next = |data: Next| data.next_items_page.found(body).map(Self);
        Ok(envelope.with_data(data.map(next).transpose()?))
    }

    pub(super) fn page(self) -> Page<ItemView> {
        self.0.page()
    }
}
