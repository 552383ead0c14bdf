//! A variable of a type that does not fit.

monday_sdk::operation!(r#"
    query Assets($id: ID!) {
        assets(ids: $id) { id }
    }
"#);

fn main() {}
