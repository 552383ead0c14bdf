//! An input that has three states: left out, null, a value.
//!
//! Must not know: which inputs there are.

use serde::{Serialize, Serializer};

/// A nullable variable, argument or input field. Left out and null are different requests: `null` clears what is there,
/// leaving out keeps it (GraphQL, section 2.9.5).
///
/// ```
/// use monday_core::Nullable;
/// let given: Nullable<i64> = 25.into();
/// let left_out: Nullable<i64> = None.into();
/// assert_eq!((given, left_out), (Nullable::Value(25), Nullable::Absent));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Nullable<T> {
    /// Not sent.
    #[default]
    Absent,
    /// Sent as `null`.
    Null,
    /// Sent.
    Value(T),
}

impl<T> Nullable<T> {
    /// Not sent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` leaves out; [`Nullable::Null`] sends `null`.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&String> for Nullable<String> {
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    /// `Absent` is `null` where its surroundings do not leave it out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}
