//! A field that fails, with monday's code for it.

use serde_json::{Map, Value, json};

/// What goes into `errors` for a field.
#[derive(Debug, Clone)]
pub(crate) struct FieldFault {
    pub(crate) message: String,
    pub(crate) extensions: Map<String, Value>,
}

impl FieldFault {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        let mut extensions = Map::new();
        extensions.insert("code".to_owned(), json!(code));
        extensions.insert("status_code".to_owned(), json!(200));
        Self { message: message.into(), extensions }
    }

    pub(crate) fn with_data(mut self, data: Value) -> Self {
        self.extensions.insert("error_data".to_owned(), data);
        self
    }
}
