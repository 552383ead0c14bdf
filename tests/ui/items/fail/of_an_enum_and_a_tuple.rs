//! What is no struct with named fields.

use monday_sdk::columns::BoardItem;

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
