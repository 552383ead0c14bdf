//! The documents of a [`BoardItem`](super::BoardItem), put together while it compiles: what its columns need and no more.
//!
//! Must not know: what is done with them.

use super::BoardColumn;
use super::selection::{self, COUNT};

/// Names and texts of the operations of one struct.
#[derive(Debug, Clone, Copy)]
pub struct Documents {
    /// The first page of a board.
    pub items: Document,
    /// Each further page.
    pub next_items: Document,
    /// Items by their ids.
    pub items_by_id: Document,
}

/// An operation's name and document.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// The name.
    pub name: &'static str,
    /// The document.
    pub text: &'static str,
}

impl Documents {
    pub(super) const NONE: Self = {
        let none = Document { name: "", text: "" };
        Self { items: none, next_items: none, items_by_id: none }
    };
}

/// What a struct reads.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The struct's name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [BoardColumn],
    /// Whether it reads the item's name.
    pub has_name: bool,
    /// Whether it reads the item's group.
    pub has_group: bool,
    /// What is read of subitems.
    pub subitems: Option<Subitems>,
}

/// What a struct for subitems reads.
#[derive(Debug, Clone, Copy)]
pub struct Subitems {
    /// Its columns.
    pub columns: &'static [BoardColumn],
    /// Whether it reads the item's name.
    pub has_name: bool,
    /// Whether it reads the item's group.
    pub has_group: bool,
}

/// Text of at most `N` bytes; of none, it only counts.
struct Text<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Text<N> {
    const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            if N > 0 {
                self.bytes[self.length] = text[at];
            }
            self.length += 1;
            at += 1;
        }
    }

    const fn push_if(&mut self, is_there: bool, text: &str) {
        if is_there {
            self.push(text);
        }
    }

    /// Each selection once.
    const fn push_columns(&mut self, columns: &[BoardColumn]) {
        self.push(" { __typename id type is_leaf");
        self.push_if(has_text(columns), " text");
        let mut at = 0;
        while at < columns.len() {
            let selection = columns[at].selection;
            if !selection.is_empty() && !is_before(columns, at) {
                self.push(" ");
                self.push(selection);
            }
            at += 1;
        }
        self.push(" }");
    }
}

/// Whether one of them is a type of which monday gives the text only, or the text as well.
const fn has_text(columns: &[BoardColumn]) -> bool {
    let mut at = 0;
    while at < columns.len() {
        let column = &columns[at];
        if column.selection.is_empty() || selection::is_same(column.type_name, "LongTextValue") {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a column before this one has the same selection.
const fn is_before(columns: &[BoardColumn], index: usize) -> bool {
    let mut at = 0;
    while at < index {
        if selection::is_same(columns[at].type_name, columns[index].type_name) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether one of them spreads the fragment.
const fn spread(columns: &[BoardColumn], fragment: usize) -> bool {
    let mut at = 0;
    while at < columns.len() {
        if selection::spreads(columns[at].selection, fragment) {
            return true;
        }
        at += 1;
    }
    false
}

impl Plan {
    /// The length of the first page's document.
    #[must_use]
    pub const fn items_length(&self) -> usize {
        self.write_items(Text { bytes: [0; 0], length: 0 }).length
    }

    /// The first page's document.
    #[must_use]
    pub const fn items<const N: usize>(&self) -> [u8; N] {
        self.write_items(Text { bytes: [0; N], length: 0 }).bytes
    }

    /// The length of the document for further pages.
    #[must_use]
    pub const fn next_items_length(&self) -> usize {
        self.write_next_items(Text { bytes: [0; 0], length: 0 }).length
    }

    /// The document for further pages.
    #[must_use]
    pub const fn next_items<const N: usize>(&self) -> [u8; N] {
        self.write_next_items(Text { bytes: [0; N], length: 0 }).bytes
    }

    /// The length of the document for items by their ids.
    #[must_use]
    pub const fn items_by_id_length(&self) -> usize {
        self.write_items_by_id(Text { bytes: [0; 0], length: 0 }).length
    }

    /// The document for items by their ids.
    #[must_use]
    pub const fn items_by_id<const N: usize>(&self) -> [u8; N] {
        self.write_items_by_id(Text { bytes: [0; N], length: 0 }).bytes
    }

    const fn write_items<const N: usize>(&self, mut text: Text<N>) -> Text<N> {
        text.push("query ");
        text.push(self.name);
        text.push("Items($board_id: ID!, $limit: Int!, $query_params: ItemsQuery");
        self.write_variables(&mut text);
        text.push(
            ") { boards(ids: [$board_id], limit: 1) { columns { id type } \
             items_page(limit: $limit, query_params: $query_params) { cursor items { id",
        );
        self.write_item(&mut text);
        text.push(" } } } }");
        self.write_fragments(&mut text);
        text
    }

    const fn write_next_items<const N: usize>(&self, mut text: Text<N>) -> Text<N> {
        text.push("query ");
        text.push(self.name);
        text.push("NextItems($cursor: String!, $limit: Int!");
        self.write_variables(&mut text);
        text.push(") { next_items_page(cursor: $cursor, limit: $limit) { cursor items { id");
        self.write_item(&mut text);
        text.push(" } } }");
        self.write_fragments(&mut text);
        text
    }

    const fn write_items_by_id<const N: usize>(&self, mut text: Text<N>) -> Text<N> {
        text.push("query ");
        text.push(self.name);
        text.push("ItemsById($ids: [ID!]!, $limit: Int!");
        self.write_variables(&mut text);
        text.push(") { items(ids: $ids, limit: $limit) { id board { id }");
        self.write_item(&mut text);
        text.push(" } }");
        self.write_fragments(&mut text);
        text
    }

    const fn write_variables<const N: usize>(&self, text: &mut Text<N>) {
        text.push_if(!self.columns.is_empty(), ", $columns: [String!]");
        if let Some(subitems) = &self.subitems {
            text.push_if(!subitems.columns.is_empty(), ", $subitem_columns: [String!]");
        }
    }

    const fn write_item<const N: usize>(&self, text: &mut Text<N>) {
        text.push_if(self.has_name, " name");
        text.push_if(self.has_group, " group { id }");
        if !self.columns.is_empty() {
            text.push(" column_values(ids: $columns)");
            text.push_columns(self.columns);
        }
        if let Some(subitems) = &self.subitems {
            text.push(" subitems { id board { id }");
            text.push_if(subitems.has_name, " name");
            text.push_if(subitems.has_group, " group { id }");
            if !subitems.columns.is_empty() {
                text.push(" column_values(ids: $subitem_columns)");
                text.push_columns(subitems.columns);
            }
            text.push(" }");
        }
    }

    const fn write_fragments<const N: usize>(&self, text: &mut Text<N>) {
        let mut at = 0;
        while at < COUNT {
            let below = match &self.subitems {
                Some(subitems) => spread(subitems.columns, at),
                None => false,
            };
            if below || spread(self.columns, at) {
                text.push(" ");
                text.push(selection::fragment(at));
            }
            at += 1;
        }
    }
}

/// The documents of a struct, from its plan.
#[doc(hidden)]
#[macro_export]
macro_rules! board_item_documents {
    ($name:literal, $plan:expr) => {{
        const PLAN: $crate::__private::Plan = $plan;
        const ITEMS: &[u8] = &PLAN.items::<{ PLAN.items_length() }>();
        const NEXT_ITEMS: &[u8] = &PLAN.next_items::<{ PLAN.next_items_length() }>();
        const ITEMS_BY_ID: &[u8] = &PLAN.items_by_id::<{ PLAN.items_by_id_length() }>();
        $crate::__private::Documents {
            items: $crate::__private::document(::core::concat!($name, "Items"), ITEMS),
            next_items: $crate::__private::document(::core::concat!($name, "NextItems"), NEXT_ITEMS),
            items_by_id: $crate::__private::document(::core::concat!($name, "ItemsById"), ITEMS_BY_ID),
        }
    }};
}

/// A document from its bytes.
///
/// # Panics
/// While it compiles, if they are no text.
#[must_use]
pub const fn document(name: &'static str, bytes: &'static [u8]) -> Document {
    match std::str::from_utf8(bytes) {
        Ok(text) => Document { name, text },
        Err(_) => panic!("documents are text"),
    }
}
