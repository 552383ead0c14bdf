//! A field that does not hold its column.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "budget", type = "numbers")]
    budget: String,
}

fn main() {}
