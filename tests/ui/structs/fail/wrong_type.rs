//! A selection on one type, in a field of another.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MyBoards {
    boards: Option<Vec<Option<Person>>>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "User")]
struct Person {
    id: Id,
}

fn main() {}
