use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "name")]
    title: String,
    #[monday(column = "")]
    notes: String,
}

fn main() {}
