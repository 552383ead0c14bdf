//! The scalar `ID`.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};

/// An id. Text on the wire; answers that hold it as a JSON integer are accepted too.
///
/// ```
/// use monday_core::Id;
/// assert_eq!(Id::from(42), Id::from("42"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Id {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl From<&str> for Id {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<u64> for Id {
    fn from(id: u64) -> Self {
        Self(id.to_string())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrInteger;

        impl Visitor<'_> for TextOrInteger {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id: text or an integer")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<Id, E> {
                Ok(Id(id.to_owned()))
            }

            fn visit_string<E: de::Error>(self, id: String) -> Result<Id, E> {
                Ok(Id(id))
            }

            fn visit_u64<E: de::Error>(self, id: u64) -> Result<Id, E> {
                Ok(Id(id.to_string()))
            }

            fn visit_i64<E: de::Error>(self, id: i64) -> Result<Id, E> {
                Ok(Id(id.to_string()))
            }
        }

        deserializer.deserialize_any(TextOrInteger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_integers_decode_to_the_same_id_and_encode_to_text() {
        let ids: Vec<Id> = serde_json::from_str(r#"["7", 7, 18446744073709551615, -1]"#).unwrap();
        assert_eq!(ids[0], ids[1]);
        assert_eq!(serde_json::to_string(&ids).unwrap(), r#"["7","7","18446744073709551615","-1"]"#);
        assert!(serde_json::from_str::<Id>("1.5").is_err());
    }
}
