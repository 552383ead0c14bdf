//! An enum that is no label.

use monday_sdk::columns::BoardItem;

#[derive(Clone, PartialEq)]
enum Stage {
    Done,
}

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "status", type = "status")]
    stage: Option<Stage>,
}

fn main() {}
