//! A type that means no kind of column.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "budget")]
    budget: (i32, i32),
}

fn main() {}
