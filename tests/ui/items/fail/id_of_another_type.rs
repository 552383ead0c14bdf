//! The id has its type.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(id)]
    id: String,
}

fn main() {}
