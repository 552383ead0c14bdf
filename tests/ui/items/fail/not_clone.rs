use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(BoardItem)]
struct Task {
    #[monday(name)]
    title: String,
}

fn main() {}
