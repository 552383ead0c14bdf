//! Operations of one's own as documents: they ask for what the clients by hand ask for, and for `__typename`, as they have
//! to.
//!
//! Must not know: jobs.

use monday_contenders::Sum;
use monday_sdk::{Client, GroupId};

use crate::summing::Summing;
use crate::{BOARD, Failure, LIMIT};

monday_sdk::operation!("query Me { me { id name email } }");
monday_sdk::operation!(
    "mutation Create($board: ID!, $name: String!) { create_item(board_id: $board, item_name: $name) { id } }"
);
monday_sdk::operation!("query Groups($board: ID!) { boards(ids: [$board], limit: 1) { groups { id } } }");
monday_sdk::operation!(
    "query FirstItems($board: ID!, $limit: Int!) {
        boards(ids: [$board], limit: 1) {
            items_page(limit: $limit) {
                cursor items { id name group { id } column_values { __typename id type text value } }
            }
        }
    }"
);
monday_sdk::operation!(
    "query NextItems($cursor: String!, $limit: Int!) {
        next_items_page(cursor: $cursor, limit: $limit) {
            cursor items { id name group { id } column_values { __typename id type text value } }
        }
    }"
);

/// Each operation has types of its own.
enum Item {
    First(first_items::FirstItemsBoardsItemsPageItems),
    Next(next_items::NextItemsNextItemsPageItems),
}

macro_rules! add {
    ($sum:expr, $item:expr) => {{
        let column = |id: &str| $item.column_values.iter().find(|column| column.id.as_str() == id);
        let hours = column("hours")
            .and_then(|hours| hours.value.as_ref()?.0.as_str()?.trim_matches('"').parse().ok());
        $sum.add(hours, column("status").and_then(|status| status.text.as_deref()));
    }};
}

fn add(sum: &mut Sum, item: &Item) {
    match item {
        Item::First(item) => add!(sum, item),
        Item::Next(item) => add!(sum, item),
    }
}

pub(crate) async fn is_somebody(client: &Client) -> Result<bool, Failure> {
    Ok(client.execute(Me).await?.me.is_some())
}

/// The groups of the board.
pub(crate) async fn group_ids(client: &Client) -> Result<Vec<GroupId>, Failure> {
    let boards = client.execute(Groups { board: BOARD.into() }).await?.boards;
    let board = boards.into_iter().flatten().flatten().next().ok_or("no board")?;
    let groups = board.groups.into_iter().flatten().flatten();
    Ok(groups.map(|group| GroupId::from(group.id.as_str())).collect())
}

async fn items(client: &Client, mut each: impl FnMut(Item)) -> Result<(), Failure> {
    let first = client.execute(FirstItems { board: BOARD.into(), limit: LIMIT }).await?;
    let page = first.boards.into_iter().flatten().flatten().next().ok_or("no board")?.items_page;
    page.items.into_iter().map(Item::First).for_each(&mut each);
    let mut cursor = page.cursor;
    while let Some(here) = cursor {
        let page = client.execute(NextItems { cursor: here, limit: LIMIT }).await?.next_items_page;
        page.items.into_iter().map(Item::Next).for_each(&mut each);
        cursor = page.cursor;
    }
    Ok(())
}

/// All items, kept first or as they come.
pub(crate) async fn sum(client: &Client, is_kept: bool) -> Result<Sum, Failure> {
    let mut summing = Summing::new(is_kept, add);
    items(client, |item| summing.take(item)).await?;
    Ok(summing.sum())
}
