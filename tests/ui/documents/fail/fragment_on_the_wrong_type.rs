//! Fragments where their type cannot be.

monday_sdk::operation!(r#"query Me {
    me { ...Parts ... on Board { id } }
}
fragment Parts on Item { id }"#);

fn main() {}
