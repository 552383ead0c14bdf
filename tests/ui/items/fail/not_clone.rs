//! A struct that cannot be copied.

use monday_sdk::columns::BoardItem;

#[derive(BoardItem)]
struct Task {
    #[monday(name)]
    title: String,
}

fn main() {}
