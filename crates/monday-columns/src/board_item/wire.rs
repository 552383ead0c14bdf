//! The answers that rows are made of.
//!
//! Must not know: the structs that they become.

use monday_core::json::{Decode, Reader};
use monday_core::{BoardId, ColumnId, DecodeError, GroupId, ItemId, decode_object};
use monday_queries::enums::ColumnType;
use monday_queries::fragments::TypedColumnValueFields;

use crate::Cell;

/// What the operation for a first page answers.
#[derive(Debug)]
pub struct FirstPage {
    pub(super) boards: Option<Vec<Option<FoundBoard>>>,
}
decode_object!(FirstPage ["boards"] { } { 0 boards });

#[derive(Debug)]
pub(super) struct FoundBoard {
    pub(super) columns: Option<Vec<Option<FoundColumn>>>,
    pub(super) items_page: ItemsPage,
}
decode_object!(FoundBoard ["columns" "items_page"] { 1 items_page } { 0 columns });

/// A column of a board.
#[derive(Debug)]
pub(super) struct FoundColumn {
    pub(super) id: ColumnId,
    pub(super) type_: ColumnType,
}
decode_object!(FoundColumn ["id" "type"] { 0 id 1 type_ } { });

#[derive(Debug)]
pub(super) struct ItemsPage {
    pub(super) cursor: Option<String>,
    pub(super) items: Vec<FoundItem>,
}
decode_object!(ItemsPage ["cursor" "items"] { 1 items } { 0 cursor });

/// What the operation for a further page answers.
#[derive(Debug)]
pub struct NextPage {
    pub(super) next_items_page: ItemsPage,
}
decode_object!(NextPage ["next_items_page"] { 0 next_items_page } { });

/// What the operation for items by their ids answers.
#[derive(Debug)]
pub struct FoundItems {
    pub(super) items: Option<Vec<Option<FoundItem>>>,
}
decode_object!(FoundItems ["items"] { } { 0 items });

#[derive(Debug)]
pub(super) struct FoundItem {
    pub(super) id: ItemId,
    pub(super) name: Option<String>,
    pub(super) group: Option<FoundGroup>,
    pub(super) board: Option<BoardOfItem>,
    pub(super) column_values: Option<Vec<FoundCell>>,
    pub(super) subitems: Option<Vec<Option<FoundItem>>>,
}
decode_object!(
    FoundItem ["id" "name" "group" "board" "column_values" "subitems"]
    { 0 id }
    { 1 name 2 group 3 board 4 column_values 5 subitems }
);

#[derive(Debug)]
pub(super) struct FoundGroup {
    pub(super) id: GroupId,
}
decode_object!(FoundGroup ["id"] { 0 id } { });

#[derive(Debug)]
pub(super) struct BoardOfItem {
    pub(super) id: BoardId,
}
decode_object!(BoardOfItem ["id"] { 0 id } { });

/// A cell, or what it is called where its type is one that was not asked for.
#[derive(Debug)]
pub(super) enum FoundCell {
    Read(Box<Cell>),
    Unread { id: ColumnId, type_name: String, fault: DecodeError },
}

struct Unread {
    type_name: String,
    id: ColumnId,
}
decode_object!(Unread ["__typename" "id"] { 0 type_name 1 id } { });

impl FoundCell {
    pub(super) fn id(&self) -> &ColumnId {
        match self {
            Self::Read(cell) => &cell.id,
            Self::Unread { id, .. } => id,
        }
    }
}

impl Decode for FoundCell {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut ahead = reader.clone();
        match TypedColumnValueFields::decode(&mut ahead) {
            Ok(fields) => {
                *reader = ahead;
                Ok(Self::Read(Box::new(fields.into())))
            }
            // A column of another type has none of the fields that its type would have.
            Err(fault) => {
                let Unread { type_name, id } = Unread::decode(reader)?;
                Ok(Self::Unread { id, type_name, fault })
            }
        }
    }
}
