//! What is no column.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "name")]
    title: String,
    #[monday(column = "")]
    notes: String,
}

fn main() {}
