use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(colum = "status")]
    stage: Option<String>,
}

fn main() {}
