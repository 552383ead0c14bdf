use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, PartialEq)]
enum Stage {
    Done,
}

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(column = "status", type = "status")]
    stage: Option<Stage>,
}

fn main() {}
