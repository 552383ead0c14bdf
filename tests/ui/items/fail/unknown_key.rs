//! A key that is misspelt.

use monday_sdk::columns::BoardItem;

#[derive(Clone, BoardItem)]
struct Task {
    #[monday(colum = "status")]
    stage: Option<String>,
}

fn main() {}
