use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(id)]
    id: String,
}

fn main() {}
