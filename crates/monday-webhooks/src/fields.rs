//! Reading the fields of an event: what is there, what is null, and what cannot be read.
//!
//! A field that cannot be read is noted and not guessed; the raw event still has it. Must not know: which
//! event it is.

use std::time::SystemTime;

use monday_core::Json;
use serde_json::{Map, Value};

use crate::moment;

pub(crate) struct Fields<'a> {
    object: &'a Map<String, Value>,
    unread: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(object: &'a Map<String, Value>) -> Self {
        Self { object, unread: Vec::new() }
    }

    /// The fields that could not be read, in the order they were asked for.
    pub(crate) fn unread(self) -> Vec<&'static str> {
        self.unread
    }

    /// Of a part of this object, what could not be read is told with this one's.
    pub(crate) fn note(&mut self, unread: Vec<&'static str>) {
        self.unread.extend(unread);
    }

    pub(crate) fn part(&mut self, name: &'static str) -> Option<&'a Map<String, Value>> {
        self.read(name, Value::as_object)
    }

    /// An id that is a number in monday's database: a JSON integer or its digits as text.
    pub(crate) fn id<T: From<String>>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, |value| digits(value).filter(|text| !text.starts_with('-'))).map(T::from)
    }

    /// A user's: who is no person may have a number below zero.
    pub(crate) fn signed_id<T: From<String>>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, digits).map(T::from)
    }

    /// An id that is text: a column's or a group's.
    pub(crate) fn text_id<T: From<String>>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, |value| value.as_str().filter(|text| !text.is_empty()))
            .map(|id| T::from(id.to_owned()))
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Value::as_str).map(str::to_owned)
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, Value::as_bool)
    }

    pub(crate) fn count(&mut self, name: &'static str) -> Option<u64> {
        self.read(name, Value::as_u64)
    }

    pub(crate) fn whole(&mut self, name: &'static str) -> Option<i64> {
        self.read(name, Value::as_i64)
    }

    /// A float of seconds.
    pub(crate) fn seconds(&mut self, name: &'static str) -> Option<SystemTime> {
        self.read(name, |value| moment::from_seconds(value.as_f64()?))
    }

    /// ISO 8601.
    pub(crate) fn time(&mut self, name: &'static str) -> Option<SystemTime> {
        self.read(name, |value| moment::from_iso(value.as_str()?))
    }

    pub(crate) fn json(&mut self, name: &'static str) -> Option<Json> {
        self.read(name, |value| Some(Json(value.clone())))
    }

    pub(crate) fn read<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.object.get(name).filter(|value| !value.is_null())?;
        let read = read(value);
        if read.is_none() {
            self.unread.push(name);
        }
        read
    }
}

/// An integer, written either way.
fn digits(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) if number.is_u64() || number.is_i64() => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_integer = (1..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_integer.then_some(text)
}
