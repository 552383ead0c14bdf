use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(subitems)]
    steps: Vec<Step>,
}

#[derive(Clone, BoardItem)]
struct Step {
    #[monday(name)]
    title: String,
}

fn main() {}
