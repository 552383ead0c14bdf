//! What monday's errors are about, wherever it says so.
//!
//! Only ids and scopes of their own shape: nothing else of a message leaves here. Must not know: kinds.

use monday_core::GraphQlError;
use serde_json::Value;

/// Where scopes have been seen or may be expected; monday documents no place.
const SCOPES: [&str; 8] = [
    "missing_scope",
    "missing_scopes",
    "required_scope",
    "required_scopes",
    "missing_permissions",
    "required_permissions",
    "scope",
    "scopes",
];

/// Longer ids are not monday's.
const LONGEST_ID: usize = 64;

/// The first scope that an error names: in its data, or as a word of its message.
pub(super) fn scope(error: &GraphQlError) -> Option<&str> {
    let named = SCOPES.iter().find_map(|key| first_text(value(error, key)?));
    let words = || error.message().split(|letter: char| letter != ':' && !letter.is_ascii_alphanumeric());
    named.filter(|scope| is_scope(scope)).or_else(|| words().find(|word| is_scope(word)))
}

/// The column that an error names.
pub(super) fn column_id(error: &GraphQlError) -> Option<&str> {
    let id = ["column_id", "columnId"].iter().find_map(|key| value(error, key)?.as_str())?;
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    ((1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(is_id)).then_some(id)
}

fn value<'e>(error: &'e GraphQlError, key: &str) -> Option<&'e Value> {
    error.error_data().and_then(|data| data.get(key)).or_else(|| error.extensions().get(key))
}

fn first_text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get(0)?.as_str())
}

/// A noun and what may be done with it: `boards:read`, `ai:consume`.
fn is_scope(text: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    text.split_once(':')
        .is_some_and(|(noun, verb)| is_word(noun) && is_word(verb) && text.len() <= LONGEST_ID)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(message: &str, extensions: Value) -> GraphQlError {
        let Value::Object(extensions) = extensions else { panic!("an object") };
        GraphQlError::new(message, extensions)
    }

    #[test]
    fn a_scope_is_found_in_the_data_and_in_the_message() {
        use serde_json::json;
        for (message, extensions, expected) in [
            ("m", json!({"error_data": {"missing_scope": "boards:write"}}), Some("boards:write")),
            ("m", json!({"required_scopes": ["docs:read", "me:read"]}), Some("docs:read")),
            ("The scope 'users:read' is missing.", json!({}), Some("users:read")),
            ("missing: ai:consume", json!({}), Some("ai:consume")),
            ("Unauthorized field or type", json!({"scope": 7}), None),
            ("at 12:30 :: x:", json!({}), None),
        ] {
            assert_eq!(scope(&error(message, extensions)), expected, "{message}");
        }
    }

    #[test]
    fn a_column_is_found_in_the_data_and_only_an_id_is_one() {
        use serde_json::json;
        for (id, expected) in
            [(json!("status_1"), Some("status_1")), (json!("two words"), None), (json!(7), None)]
        {
            let error = error("m", json!({"code": "ColumnValueException", "error_data": {"column_id": id}}));
            assert_eq!(column_id(&error), expected);
        }
    }
}
