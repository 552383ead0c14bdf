//! A struct without the derive.

use monday_sdk::columns::BoardItem;

struct Task;

fn read() {
    let _ = <Task as BoardItem>::items(1);
}

fn main() {}
