//! More than one level.

use monday_sdk::columns::{BoardItem, Row};

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(subitems)]
    steps: Vec<Row<Step>>,
}

#[derive(Clone, BoardItem)]
struct Step {
    #[monday(subitems)]
    steps: Vec<Row<Leaf>>,
}

#[derive(Clone, BoardItem)]
struct Leaf {
    #[monday(name)]
    title: String,
}

fn main() {}
