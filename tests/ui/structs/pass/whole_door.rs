//! All of it, as the documentation shows it, with every warning denied.

#![deny(warnings)]

use monday_sdk::core::IntoRequest as _;
use monday_sdk::cynic::{InlineFragments, QueryFragment, QueryVariables};
use monday_sdk::queries::enums::BoardKind;
use monday_sdk::{Client, Error, Id};

#[derive(QueryVariables)]
struct MyBoardsVariables {
    ids: Option<Vec<Id>>,
    limit: Option<i64>,
    board_kind: Option<BoardKind>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyBoardsVariables")]
struct MyBoards {
    #[arguments(ids: $ids, limit: $limit, board_kind: $board_kind)]
    boards: Option<Vec<Option<MyBoard>>>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Board")]
struct MyBoard {
    id: Id,
    items_count: Option<i64>,
    board_kind: BoardKind,
    items_page: Page,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ItemsResponse")]
struct Page {
    items: Vec<Item>,
}

#[derive(QueryFragment)]
struct Item {
    column_values: Vec<Value>,
}

#[derive(InlineFragments)]
#[cynic(graphql_type = "ColumnValue")]
enum Value {
    Status(StatusValue),
    #[cynic(fallback)]
    Other,
}

#[derive(QueryFragment)]
struct StatusValue {
    label: Option<String>,
}

async fn my_boards(client: &Client) -> Result<Vec<String>, Error> {
    let variables = MyBoardsVariables { ids: None, limit: Some(10), board_kind: Some(BoardKind::Public) };
    let mut found = Vec::new();
    for board in client.execute(MyBoards::operation(variables)).await?.boards.into_iter().flatten().flatten() {
        for item in board.items_page.items {
            for value in item.column_values {
                if let Value::Status(StatusValue { label: Some(label) }) = value {
                    found.push(format!("{} {:?} {:?} {label}", board.id, board.items_count, board.board_kind));
                }
            }
        }
    }
    Ok(found)
}

fn main() {
    let _ = my_boards;
    let variables = MyBoardsVariables { ids: None, limit: None, board_kind: None };
    assert_eq!(MyBoards::operation(variables).into_request().unwrap().operation(), "MyBoards");
}
