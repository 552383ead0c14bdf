//! Fields that nothing is said of.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    title: String,
    #[monday(column = "status")]
    stage: Option<String>,
    due: String,
}

fn main() {}
