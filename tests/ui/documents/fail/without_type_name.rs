//! An interface whose members cannot be told apart; a value that an enum does not have.

monday_sdk::operation!("query Values { boards(state: actve) { columns { id } } items(ids: [1]) { column_values { id label } } }");

fn main() {}
