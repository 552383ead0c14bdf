use monday_sdk::columns::{BoardItem, Label, Row};

struct Task;

fn read() {
    let _ = <Task as BoardItem>::items(1);
}

fn main() {}
