//! A type without its column.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(type = "text")]
    notes: String,
}

fn main() {}
