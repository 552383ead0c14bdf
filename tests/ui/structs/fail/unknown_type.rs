//! A type that monday does not have.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
#[cynic(graphql_type = "Boards")]
struct Boards {
    id: Id,
}

fn main() {}
