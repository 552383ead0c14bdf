//! Fields that are other items.
//!
//! Must not know: the boards of the items.

use monday_core::ItemId;

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, always, default};
use crate::{
    BoardRelationChange, BoardRelationValue, DependencyChange, DependencyKind, DependencyLink,
    DependencyValue,
};

default! { Vec<ItemId>: BoardRelationValue; }

always!(Vec<ItemId>: BoardRelationValue, |value| Ok(value.linked_item_ids), |ids| {
    Some(BoardRelationChange::items(ids.clone()))
});
// A list that is changed would lose its kinds and lags.
always!(Vec<ItemId>: DependencyValue, |value| {
    if value.dependency_links.iter().any(has_ties) { Err(UnfitField::HasTies) } else { Ok(value.linked_item_ids) }
}, |ids| Some(DependencyChange::replace(ids.clone())));

/// Whether a link is another than what monday makes of an id alone.
fn has_ties(link: &DependencyLink) -> bool {
    let is_usual = matches!(link.kind, None | Some(DependencyKind::FinishToStart));
    !is_usual || link.lag.is_some_and(|lag| lag != 0)
}
