use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "budget")]
    budget: (i32, i32),
}

fn main() {}
