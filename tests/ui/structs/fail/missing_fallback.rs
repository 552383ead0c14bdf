//! An interface without a place for members that are not named.

use monday_sdk::Id;
use monday_sdk::cynic::{InlineFragments, QueryFragment};

#[derive(InlineFragments)]
#[cynic(graphql_type = "ColumnValue")]
enum Value {
    Status(StatusValue),
}

#[derive(QueryFragment)]
struct StatusValue {
    id: Id,
}

fn main() {}
