//! Fields that are other items.
//!
//! Must not know: the boards of the items.

use monday_core::ItemId;

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, always, default};
use crate::{BoardRelationChange, BoardRelationValue, DependencyChange, DependencyValue};

default! { Vec<ItemId>: BoardRelationValue; }

always!(Vec<ItemId>: BoardRelationValue, |value| Ok(value.linked_item_ids), |ids| {
    Some(BoardRelationChange::items(ids.clone()))
});
always!(Vec<ItemId>: DependencyValue, |value| Ok(value.linked_item_ids), |ids| {
    Some(DependencyChange::replace(ids.clone()))
});
