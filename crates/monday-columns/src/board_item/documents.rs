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

/// What a struct reads, and its subitems'.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The struct's name.
    pub name: &'static str,
    /// What is read of an item.
    pub item: Selected,
    /// What is read of its subitems, if they are.
    pub subitems: Option<Selected>,
}

/// What is read of an item.
#[derive(Debug, Clone, Copy)]
pub struct Selected {
    /// Its columns.
    pub columns: &'static [BoardColumn],
    /// Whether its name is.
    pub has_name: bool,
    /// Whether its group is.
    pub has_group: bool,
}

/// Which of the operations.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// The first page of a board.
    Items,
    /// Each further page.
    NextItems,
    /// Items by their ids.
    ItemsById,
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

    const fn push_selected(&mut self, selected: &Selected, variable: &str) {
        self.push(" id");
        self.push_if(selected.has_name, " name");
        self.push_if(selected.has_group, " group { id }");
        if !selected.columns.is_empty() {
            self.push(" column_values(ids: ");
            self.push(variable);
            self.push(")");
            self.push_columns(selected.columns);
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
    /// The length of a document.
    #[must_use]
    pub const fn length(&self, which: Which) -> usize {
        self.write(which, Text { bytes: [0; 0], length: 0 }).length
    }

    /// A document, whose length is `N`.
    #[must_use]
    pub const fn document<const N: usize>(&self, which: Which) -> [u8; N] {
        self.write(which, Text { bytes: [0; N], length: 0 }).bytes
    }

    const fn write<const N: usize>(&self, which: Which, mut text: Text<N>) -> Text<N> {
        let (variables, before, after) = match which {
            Which::Items => (
                "Items($board_id: ID!, $limit: Int!, $query_params: ItemsQuery",
                "boards(ids: [$board_id], limit: 1) { columns { id type } \
                 items_page(limit: $limit, query_params: $query_params) { cursor items {",
                " } } }",
            ),
            Which::NextItems => (
                "NextItems($cursor: String!, $limit: Int!",
                "next_items_page(cursor: $cursor, limit: $limit) { cursor items {",
                " } }",
            ),
            Which::ItemsById => (
                "ItemsById($ids: [ID!]!, $limit: Int!",
                "items(ids: $ids, limit: $limit) { board { id }",
                " }",
            ),
        };
        text.push("query ");
        text.push(self.name);
        text.push(variables);
        text.push_if(!self.item.columns.is_empty(), ", $columns: [String!]");
        if let Some(subitems) = &self.subitems {
            text.push_if(!subitems.columns.is_empty(), ", $subitem_columns: [String!]");
        }
        text.push(") { ");
        text.push(before);
        text.push_selected(&self.item, "$columns");
        if let Some(subitems) = &self.subitems {
            text.push(" subitems { board { id }");
            text.push_selected(subitems, "$subitem_columns");
            text.push(" }");
        }
        text.push(after);
        text.push(" }");
        self.write_fragments(&mut text);
        text
    }

    const fn write_fragments<const N: usize>(&self, text: &mut Text<N>) {
        let mut at = 0;
        while at < COUNT {
            let below = match &self.subitems {
                Some(subitems) => spread(subitems.columns, at),
                None => false,
            };
            if below || spread(self.item.columns, at) {
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
    (@one $name:literal, $suffix:literal, $which:ident) => {{
        const WHICH: $crate::__private::Which = $crate::__private::Which::$which;
        const BYTES: &[u8] = &PLAN.document::<{ PLAN.length(WHICH) }>(WHICH);
        $crate::__private::document(::core::concat!($name, $suffix), BYTES)
    }};
    ($name:literal, $plan:expr) => {{
        const PLAN: $crate::__private::Plan = $plan;
        $crate::__private::Documents {
            items: $crate::board_item_documents!(@one $name, "Items", Items),
            next_items: $crate::board_item_documents!(@one $name, "NextItems", NextItems),
            items_by_id: $crate::board_item_documents!(@one $name, "ItemsById", ItemsById),
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
