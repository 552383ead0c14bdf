//! The items of a board as views.
//!
//! Must not know: jobs.

use futures_util::TryStreamExt as _;
use monday_contenders::Sum;
use monday_sdk::columns::{ColumnView, ItemView, ItemViews};
use monday_sdk::{Client, GroupId};

use crate::summing::{Add, Summing};
use crate::{BOARD, Failure};

/// Two of its columns.
pub(crate) fn add(sum: &mut Sum, item: &ItemView) {
    let hours = item.column("hours").and_then(ColumnView::number);
    let label = item.column("status").and_then(ColumnView::label);
    sum.add(hours, label.as_deref());
}

/// The same, and all that was asked for: everything is decoded.
pub(crate) fn add_all(sum: &mut Sum, item: &ItemView) {
    add(sum, item);
    let (name, group) = (item.name(), item.group_id().unwrap_or_default());
    sum.add_texts([item.id(), &name, &group]);
    for column in item.columns() {
        let (id, text, value) = (column.id(), column.text(), column.value());
        let [text, value] = [&text, &value].map(|text| text.as_deref().unwrap_or_default());
        sum.add_texts([&id, column.type_name(), text, value]);
    }
}

/// All items, kept first or as they come.
pub(crate) async fn sum(client: &Client, is_kept: bool, add: Add<ItemView>) -> Result<Sum, Failure> {
    let mut summing = Summing::new(is_kept, add);
    let mut items = client.pages(ItemViews::of(BOARD));
    while let Some(item) = items.try_next().await? {
        summing.take(item);
    }
    Ok(summing.sum())
}

/// All groups at once, and what may be in none of them.
pub(crate) async fn sum_in_parts(client: &Client, groups: Vec<GroupId>) -> Result<Sum, Failure> {
    let mut sum = Sum::default();
    let parts = ItemViews::of(BOARD).split_by_groups(groups)?;
    let at_once = parts.len();
    let mut items = client.parts(parts).at_once(at_once);
    while let Some(item) = items.try_next().await? {
        add(&mut sum, &item);
    }
    Ok(sum)
}
