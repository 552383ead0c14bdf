//! Variables below a struct that has others, and variables of another operation.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment, QueryVariables};

#[derive(QueryVariables)]
struct MyVariables {
    limit: Option<i64>,
}

#[derive(QueryVariables)]
struct OtherVariables {
    limit: Option<i64>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyVariables")]
struct MyBoards {
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
#[cynic(variables = "OtherVariables")]
struct Board {
    id: Id,
    #[arguments(limit: $limit)]
    items_page: Page,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ItemsResponse")]
struct Page {
    cursor: Option<String>,
}

fn operation() {
    let _ = MyBoards::operation(OtherVariables { limit: None });
}

fn main() {}
