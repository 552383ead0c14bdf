//! Reading an object into the fields of a struct, as far as it is the same for all structs.
//!
//! Must not know: which fields there are.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// The fields found so far. The derives write it.
pub trait Found<'de> {
    /// Their names in the answer.
    const NAMES: &'static [&'static str];

    /// Reads the value of one.
    fn read<A: MapAccess<'de>>(&mut self, index: usize, object: &mut A) -> Result<(), A::Error>;
}

/// Reads an object, whatever else is in it.
pub fn find<'de, D: Deserializer<'de>, F: Found<'de>>(deserializer: D, found: F) -> Result<F, D::Error> {
    deserializer.deserialize_struct("object", F::NAMES, Object(found, PhantomData))
}

/// A field that was asked for is there.
pub fn required<T, E: Error>(found: Option<T>, name: &'static str) -> Result<T, E> {
    found.ok_or_else(|| E::missing_field(name))
}

struct Object<'de, F>(F, PhantomData<&'de ()>);

impl<'de, F: Found<'de>> Visitor<'de> for Object<'de, F> {
    type Value = F;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<F, A::Error> {
        while let Some(index) = object.next_key_seed(Name(F::NAMES))? {
            match index {
                Some(index) => self.0.read(index, &mut object)?,
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(self.0)
    }
}

/// A key, as its place among the names.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|name| *name == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    #[expect(clippy::option_option, reason = "a place for a nullable field")]
    struct Two {
        a: Option<u8>,
        b: Option<Option<u8>>,
    }

    impl<'de> Found<'de> for Two {
        const NAMES: &'static [&'static str] = &["a", "b"];

        fn read<A: MapAccess<'de>>(&mut self, index: usize, object: &mut A) -> Result<(), A::Error> {
            match index {
                0 => self.a = Some(object.next_value()?),
                _ => self.b = Some(object.next_value()?),
            }
            Ok(())
        }
    }

    #[test]
    fn fields_are_found_among_others_and_null_is_there() {
        let text = r#"{"x":{"a":[1]},"b":null,"a":7}"#;
        let found = find(&mut serde_json::Deserializer::from_str(text), Two { a: None, b: None }).unwrap();
        assert_eq!((found.a, found.b), (Some(7), Some(None)));
        let missing = required::<u8, serde_json::Error>(None, "a").unwrap_err();
        assert!(missing.to_string().contains("missing field `a`"));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let text = &mut serde_json::Deserializer::from_str("[1]");
        assert!(find(text, Two { a: None, b: None }).is_err());
    }
}
