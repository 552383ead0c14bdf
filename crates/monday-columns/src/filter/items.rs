//! Filters on items: their ids and groups, what they lead to, where they are.
//!
//! Must not know: how boards are connected.

use monday_core::{GroupId, ItemId};

use super::RuleFault;
use super::rule::{choice, column, contains, digits, emptiness, number, rules};

column! {
    /// Connected boards, by items or by a part of their names. Source: the page `connect`; ids are text in
    /// the guidelines.
    BoardRelationColumn, "board_relation"
}
column! {
    /// Items that an item depends on. Source: the page `dependency`, where ids are numbers.
    DependencyColumn, "dependency"
}
column! {
    /// Subitems: whether there are any. Source: the guidelines; what is in them is filtered on their own
    /// board.
    SubtasksColumn, "subtasks"
}
column! {
    /// Locations: whether there is one. Source: the guidelines.
    LocationColumn, "location"
}

/// The group of an item, on every board. Source: the guidelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupColumn;

/// The id of an item, as a rule among others; [`Filter::items`](super::Filter::items) is for items alone.
/// Source: the guidelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemIdColumn;

rules!(GroupColumn, "group", |_column| "group".into());
rules!(ItemIdColumn, "item_id", |_column| "__item_id__".into());
emptiness!(BoardRelationColumn DependencyColumn SubtasksColumn LocationColumn);
contains!(BoardRelationColumn);
choice!(BoardRelationColumn, /** Items. */ items: impl Into<ItemId>, |item| digits(item.into().as_str()));
choice!(DependencyColumn, /** Items. */ items: impl Into<ItemId>, |item| number(item.into().as_str()));
choice!(ItemIdColumn, /** Items. */ items: impl Into<ItemId>, |item| digits(item.into().as_str()));
choice!(GroupColumn, /** Groups, by their ids. */ groups: impl Into<GroupId>, |group| {
    let group = group.into();
    if group.as_str().is_empty() { Err(RuleFault::Id) } else { Ok(group.as_str().into()) }
});
