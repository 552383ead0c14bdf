//! Types of columns that there are not, or that have no values.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "notes", type = "longtext")]
    notes: String,
    #[monday(column = "number", type = "auto_number")]
    number: String,
}

fn main() {}
