use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "budget", type = "numbers")]
    budget: String,
}

fn main() {}
