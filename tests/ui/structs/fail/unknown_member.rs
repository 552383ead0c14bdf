//! A variant whose type is no member of the interface.

use monday_sdk::Id;
use monday_sdk::cynic::{InlineFragments, QueryFragment};

#[derive(InlineFragments)]
#[cynic(graphql_type = "ColumnValue")]
enum Value {
    Person(Person),
    #[cynic(fallback)]
    Other,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "User")]
struct Person {
    id: Id,
}

fn main() {}
