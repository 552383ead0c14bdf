//! A field that is read from two places.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(name, column = "status")]
    stage: Option<String>,
}

fn main() {}
