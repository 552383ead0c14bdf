//! Expressions and variables of types that the arguments do not take, also inside objects.

use monday_sdk::cynic::{QueryFragment, QueryVariables};
use monday_sdk::queries::enums::{BoardKind, State};

#[derive(QueryVariables)]
struct MyVariables {
    column: i64,
    kind: BoardKind,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyVariables")]
struct MyBoards {
    #[arguments(limit = Some("10"), state: $kind)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
#[cynic(variables = "MyVariables")]
struct Board {
    #[arguments(query_params: { rules: [{ column_id: $column, compare_value: 1 }] })]
    items_page: Page,
    #[cynic(rename = "state")]
    name_of_another: BoardKind,
    board_kind: State,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ItemsResponse")]
struct Page {
    cursor: Option<String>,
}

fn main() {}
