//! The arguments of a field, in the forms that resolvers want.
//!
//! Must not know: which fields there are.

use apollo_compiler::response::JsonMap;
use serde_json::{Map, Value};

use crate::field_fault::FieldFault;
use crate::world::Beside;

/// The arguments of a field.
pub(super) struct Arguments<'a>(pub(super) &'a JsonMap);

impl Arguments<'_> {
    pub(super) fn get(&self, name: &str) -> Value {
        self.0.get(name).map_or(Value::Null, |value| serde_json::json!(value))
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name).as_str().map(str::to_owned)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name) == Value::Bool(true)
    }

    /// An id that must be there.
    pub(super) fn id(&self, name: &str) -> Result<u64, FieldFault> {
        let value = self.get(name);
        let id = value.as_u64().or_else(|| value.as_str()?.parse().ok());
        id.ok_or_else(|| FieldFault::new("InvalidArgumentException", format!("{name} is not an id")))
    }

    /// A list of ids as text; `None` when the argument is absent.
    pub(super) fn ids(&self, name: &str) -> Option<Vec<String>> {
        let text = |id: &Value| id_within(id).unwrap_or_else(|| id.to_string());
        match self.get(name) {
            Value::Null => None,
            Value::Array(ids) => Some(ids.iter().map(text).collect()),
            id => Some(vec![text(&id)]),
        }
    }

    /// A number within bounds.
    pub(super) fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, FieldFault> {
        let value = self.get(name);
        if value.is_null() {
            return Ok(default);
        }
        let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
        number.filter(|number| (1..=most).contains(number)).ok_or_else(|| {
            FieldFault::new("InvalidArgumentException", format!("{name} must be between 1 and {most}"))
        })
    }

    /// An id as it is written.
    pub(super) fn id_text(&self, name: &str) -> Option<String> {
        self.ids(name).and_then(|ids| ids.into_iter().next())
    }

    /// The ids of a list that may be absent.
    pub(super) fn id_list(&self, name: &str) -> Vec<String> {
        self.ids(name).unwrap_or_default()
    }

    /// Those of the arguments that are given, by the names of the fields they are for.
    pub(super) fn given(&self, names: &[(&str, &str)]) -> Map<String, Value> {
        let given = names.iter().filter(|(argument, _)| self.0.contains_key(*argument));
        given.map(|(argument, field)| ((*field).to_owned(), self.get(argument))).collect()
    }

    /// The fields of an input object; none of one that is absent.
    pub(super) fn object(&self, name: &str) -> Map<String, Value> {
        match self.get(name) {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }

    /// Where something goes beside something else.
    pub(super) fn beside(&self, name: &str) -> Option<Beside<String>> {
        let other = self.id_text(name)?;
        let is_before = self.get("position_relative_method") == "before_at";
        Some(if is_before { Beside::Before(other) } else { Beside::After(other) })
    }

    /// JSON in text, as `column_values` is written.
    pub(super) fn json_text(&self, name: &str) -> Result<Map<String, Value>, FieldFault> {
        let refuse = || {
            FieldFault::new("InvalidArgumentException", format!("{name} is not a JSON object in a string"))
        };
        match self.get(name) {
            Value::Null => Ok(Map::new()),
            Value::String(text) => serde_json::from_str(&text).map_err(|_| refuse()),
            _ => Err(refuse()),
        }
    }

    /// One page of a list that is read by `limit` and `page`.
    pub(super) fn page<T>(&self, list: Vec<T>, default: usize) -> Result<Vec<T>, FieldFault> {
        let (limit, page) = (self.number("limit", default, 10_000)?, self.number("page", 1, usize::MAX)?);
        Ok(list.into_iter().skip(limit.saturating_mul(page - 1)).take(limit).collect())
    }
}

/// An id within an input object, which is written as text or as a number.
pub(super) fn id_within(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|id| id.to_string()))
}

/// The ids in a list within an input object.
pub(super) fn ids_within(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(id_within).collect()
}
