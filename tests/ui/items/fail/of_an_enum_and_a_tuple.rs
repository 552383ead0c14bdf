use monday_sdk::columns::{BoardItem, Label, Row};

#[derive(Clone, BoardItem)]
enum Task {
    One,
}

#[derive(Clone, BoardItem)]
struct Pair(String, String);

#[derive(Clone, BoardItem)]
struct Of<T> {
    #[monday(name)]
    title: T,
}

fn main() {}
