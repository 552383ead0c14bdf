//! Short forms: a noun as one text, which is its name.
//!
//! A visitor of its own, since `untagged` would forget the place of a mistake. Must not know: any noun.

/// `Deserialize` and `Serialize` for a struct whose derives are `#[serde(remote = "Self")]`; a text stands for the
/// struct that `$of` makes of it.
macro_rules! short_form {
    ($noun:ty, $expecting:literal, $of:expr) => {
        impl<'de> serde::Deserialize<'de> for $noun {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Either;

                impl<'de> serde::de::Visitor<'de> for Either {
                    type Value = $noun;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str($expecting)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                        let of: fn(String) -> $noun = $of;
                        Ok(of(text.to_owned()))
                    }

                    /// A name that is a number, such as a year.
                    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
                        self.visit_str(&number.to_string())
                    }

                    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
                        self.visit_str(&number.to_string())
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        map: A,
                    ) -> Result<Self::Value, A::Error> {
                        <$noun>::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    }
                }

                deserializer.deserialize_any(Either)
            }
        }

        impl serde::Serialize for $noun {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$noun>::serialize(self, serializer)
            }
        }
    };
}

pub(super) use short_form;
