//! An object without a selection.

monday_sdk::operation!(r#"
    query Owners {
        boards { owners workspace }
    }
"#);

fn main() {}
