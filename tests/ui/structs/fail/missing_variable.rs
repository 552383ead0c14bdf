//! A variable that the struct of variables does not have.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment, QueryVariables};

#[derive(QueryVariables)]
struct MyVariables {
    limit: Option<i64>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyVariables")]
struct MyBoards {
    #[arguments(limit: $limit, page: $page)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
struct Board {
    id: Id,
}

fn main() {}
