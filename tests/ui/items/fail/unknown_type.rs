use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "notes", type = "longtext")]
    notes: String,
    #[monday(column = "number", type = "auto_number")]
    number: String,
}

fn main() {}
