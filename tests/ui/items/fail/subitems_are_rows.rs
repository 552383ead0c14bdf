//! Subitems that are no rows.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(subitems)]
    steps: Vec<Step>,
}

#[derive(Clone, BoardItem)]
struct Step {
    #[monday(name)]
    title: String,
}

fn main() {}
