//! Two fields for one column, or for the name.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "status")]
    stage: Option<String>,
    #[monday(column = "status")]
    again: Option<String>,
    #[monday(name)]
    title: String,
    #[monday(name)]
    name: String,
}

fn main() {}
