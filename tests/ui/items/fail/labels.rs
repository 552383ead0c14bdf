//! Enums that are no labels.

use monday_sdk::columns::Label;

#[derive(Clone, PartialEq, Label)]
enum Twice {
    Done,
    #[monday(label = "Done")]
    Finished,
}

#[derive(Clone, PartialEq, Label)]
enum Fields {
    Done(u8),
}

#[derive(Clone, PartialEq, Label)]
enum Others {
    #[monday(other)]
    One(String),
    #[monday(other)]
    Two(String),
}

#[derive(Clone, PartialEq, Label)]
enum Empty {
    #[monday(label = "")]
    Nothing,
}

#[derive(Clone, PartialEq, Label)]
enum Key {
    #[monday(lable = "Done")]
    Done,
}

#[derive(Clone, PartialEq, Label)]
struct Stage;

fn main() {}
