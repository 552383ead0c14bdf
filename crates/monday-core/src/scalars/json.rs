//! The scalars `JSON` and `CompareValue`.
//!
//! Must not know: which fields have them.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::EncodeError;

/// The scalar `JSON`. It has two forms on the wire: `ColumnValue.value` is text that holds JSON,
/// `Column.settings` an object. [`parse`](Self::parse) reads both; arguments such as `column_values` want
/// text, which [`text`](Self::text) makes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(pub Value);

impl Json {
    /// A value in the form arguments want: text that holds JSON.
    pub fn text<T: Serialize + ?Sized>(value: &T) -> Result<Self, EncodeError> {
        serde_json::to_string(value).map(|text| Self(Value::String(text))).map_err(|_| EncodeError)
    }

    /// Reads the value, in either form; `None` when it does not fit `T`.
    #[must_use]
    pub fn parse<T: DeserializeOwned>(&self) -> Option<T> {
        match &self.0 {
            Value::String(text) => serde_json::from_str(text).ok(),
            value => T::deserialize(value).ok(),
        }
    }
}

/// The scalar `CompareValue` of `query_params` rules: text, a number, or a list of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CompareValue(pub Value);

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl From<Value> for CompareValue {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl From<&str> for CompareValue {
    fn from(value: &str) -> Self {
        Self(value.into())
    }
}

impl From<String> for CompareValue {
    fn from(value: String) -> Self {
        Self(value.into())
    }
}

impl From<i32> for CompareValue {
    fn from(value: i32) -> Self {
        Self(value.into())
    }
}

impl From<i64> for CompareValue {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

/// A list of values.
impl FromIterator<CompareValue> for CompareValue {
    fn from_iter<I: IntoIterator<Item = Self>>(values: I) -> Self {
        Self(values.into_iter().map(|value| value.0).collect())
    }
}

/// Text as it is, everything else as JSON: values that monday compares alike look alike.
impl fmt::Display for CompareValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::String(text) => f.pad(text),
            value => write!(f, "{value}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_json_parse_to_the_same_value() {
        let text: Json = serde_json::from_str(r#""{\"index\":1}""#).unwrap();
        let object: Json = serde_json::from_str(r#"{"index":1}"#).unwrap();
        assert_eq!(text.parse::<Value>(), object.parse::<Value>());
        assert_eq!(text.parse::<Vec<u8>>(), None);
    }

    #[test]
    fn an_argument_is_text_that_holds_json() {
        let argument = Json::text(&serde_json::json!({"status": {"index": 1}})).unwrap();
        assert_eq!(serde_json::to_string(&argument).unwrap(), r#""{\"status\":{\"index\":1}}""#);
    }

    #[test]
    fn values_to_compare_with_become_a_list_and_text_that_is_a_number_looks_like_it() {
        let list: CompareValue = [CompareValue::from(1), "a".into(), 2_i64.into()].into_iter().collect();
        assert_eq!(list, serde_json::json!([1, "a", 2]).into());
        assert_eq!(CompareValue::from(1).to_string(), CompareValue::from("1").to_string());
    }
}
