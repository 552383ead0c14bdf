//! Variables of types that the arguments do not take.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment, QueryVariables};

#[derive(QueryVariables)]
struct MyVariables {
    limit: Option<String>,
    ids: Id,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyVariables")]
struct MyBoards {
    #[arguments(limit: $limit, ids: $ids)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
struct Board {
    id: Id,
}

fn main() {}
