use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(name, column = "status")]
    stage: Option<String>,
}

fn main() {}
