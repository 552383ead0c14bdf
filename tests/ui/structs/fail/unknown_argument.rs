//! An argument that the field does not have.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment, QueryVariables};

#[derive(QueryVariables)]
struct MyVariables {
    limit: Option<i64>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyVariables")]
struct MyBoards {
    #[arguments(limits: $limit)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
struct Board {
    id: Id,
}

fn main() {}
