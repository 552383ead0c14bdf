use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    title: String,
    #[monday(column = "status")]
    stage: Option<String>,
    due: String,
}

fn main() {}
