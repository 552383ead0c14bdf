//! A document that ends too early.

monday_sdk::operation!(r#"query Half {
    me { id
}"#);

fn main() {}
