//! A variable in a struct that names no variables.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MyBoards {
    #[arguments(limit: $limit)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
struct Board {
    id: Id,
}

fn main() {}
