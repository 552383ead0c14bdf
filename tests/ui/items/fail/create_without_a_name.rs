//! A new item needs a name.

use monday_sdk::columns::BoardItem;

use monday_sdk::columns::NewItem as _;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "status")]
    stage: Option<String>,
}

fn create(task: Task) {
    let _ = task.create_item(1);
}

fn main() {}
