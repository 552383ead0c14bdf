//! Operations of one's own as structs: they ask for what the clients by hand ask for.
//!
//! Must not know: jobs.

use monday_contenders::Sum;
use monday_sdk::cynic::{QueryFragment, QueryVariables};
use monday_sdk::queries::enums::ColumnType;
use monday_sdk::{Client, Id, Json};

use crate::summing::Summing;
use crate::{BOARD, Failure, LIMIT};

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query")]
struct WhoAmI {
    me: Option<User>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "User")]
#[expect(dead_code, reason = "what is read is kept")]
struct User {
    id: Id,
    name: String,
    email: String,
}

#[derive(QueryVariables)]
struct FirstVariables {
    board: Id,
    limit: i64,
}

#[derive(QueryVariables)]
struct NextVariables {
    cursor: String,
    limit: i64,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FirstVariables")]
struct FirstItems {
    #[arguments(ids: [$board], limit: 1)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Board", variables = "FirstVariables")]
struct Board {
    #[arguments(limit: $limit)]
    items_page: ItemsPage,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "NextVariables")]
struct NextItems {
    #[arguments(cursor: $cursor, limit: $limit)]
    next_items_page: ItemsPage,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ItemsResponse")]
struct ItemsPage {
    cursor: Option<String>,
    items: Vec<Item>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Item")]
#[expect(dead_code, reason = "what is read is kept")]
struct Item {
    id: Id,
    name: String,
    group: Option<Group>,
    column_values: Vec<ColumnValue>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Group")]
#[expect(dead_code, reason = "what is read is kept")]
struct Group {
    id: Id,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ColumnValue")]
#[expect(dead_code, reason = "what is read is kept")]
struct ColumnValue {
    id: Id,
    #[cynic(rename = "type")]
    kind: ColumnType,
    text: Option<String>,
    value: Option<Json>,
}

fn add(sum: &mut Sum, item: &Item) {
    let column = |id: &str| item.column_values.iter().find(|column| column.id.as_str() == id);
    let hours =
        column("hours").and_then(|hours| hours.value.as_ref()?.0.as_str()?.trim_matches('"').parse().ok());
    sum.add(hours, column("status").and_then(|status| status.text.as_deref()));
}

pub(crate) async fn is_somebody(client: &Client) -> Result<bool, Failure> {
    Ok(client.execute(WhoAmI::operation()).await?.me.is_some())
}

async fn items(client: &Client, mut each: impl FnMut(Item)) -> Result<(), Failure> {
    let first = FirstItems::operation(FirstVariables { board: BOARD.into(), limit: LIMIT });
    let boards = client.execute(first).await?.boards;
    let mut page = boards.into_iter().flatten().flatten().next().ok_or("no board")?.items_page;
    loop {
        page.items.into_iter().for_each(&mut each);
        let Some(cursor) = page.cursor else { return Ok(()) };
        let next = NextItems::operation(NextVariables { cursor, limit: LIMIT });
        page = client.execute(next).await?.next_items_page;
    }
}

/// All items, kept first or as they come.
pub(crate) async fn sum(client: &Client, is_kept: bool) -> Result<Sum, Failure> {
    let mut summing = Summing::new(is_kept, add);
    items(client, |item| summing.take(item)).await?;
    Ok(summing.sum())
}
