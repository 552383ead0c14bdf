//! What all generated types do alike, written once: reading an answer, writing variables, being an operation.
//!
//! Macros of plain code, since a derive of serde's on every type costs several times as much to compile. Must not know:
//! which types there are.

/// Reads an object: the keys in the document's order, by number the fields that must be there and those that may be
/// null, and members (fragments and what depends on the type), which are read from the same object.
macro_rules! object {
    (
        $name:ident [$($key:literal)*]
        { $($required_index:literal $required:ident)* }
        { $($nullable_index:literal $nullable:ident)* }
        $(+ $member:ident)*
    ) => {
        monday_core::decode_object!(
            $name [$($key)*] { $($required_index $required)* } { $($nullable_index $nullable)* } $(+ $member)*
        );

        #[cfg(feature = "serialize")]
        impl crate::answer::AnswerFields for $name {
            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                const KEYS: &[&str] = &[$($key),*];
                $(map.serialize_entry(KEYS[$required_index], &self.$required)?;)*
                $(map.serialize_entry(KEYS[$nullable_index], &self.$nullable)?;)*
                $(crate::answer::AnswerFields::write(&self.$member, map)?;)*
                Ok(())
            }
        }

        #[cfg(feature = "serialize")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::answer::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use object;

/// What is selected by one fragment and more reads, and can be passed, as the fragment.
macro_rules! deref {
    ($name:ident, $member:ident: $fragment:ident) => {
        impl std::ops::Deref for $name {
            type Target = $fragment;

            fn deref(&self) -> &$fragment {
                &self.$member
            }
        }
    };
}
pub(crate) use deref;

/// Reads an object by its `__typename`.
macro_rules! choice {
    ($name:ident { $($index:literal $variant:ident $type_name:literal,)* }) => {
        monday_core::decode_choice!($name [$($type_name)*] { $($index $variant)* } {} Other name);

        #[cfg(feature = "serialize")]
        impl crate::answer::AnswerFields for $name {
            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant(object) => {
                        map.serialize_entry("__typename", $type_name)?;
                        crate::answer::AnswerFields::write(object, map)
                    })*
                    Self::Other(type_name) => map.serialize_entry("__typename", type_name),
                }
            }
        }

        #[cfg(feature = "serialize")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::answer::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use choice;

/// Writes what is there of variables or of an input object.
macro_rules! variables {
    ($name:ident {}) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::ser::SerializeMap::end(serializer.serialize_map(Some(0))?)
            }
        }
    };
    ($name:ident { $($presence:ident $field:ident $key:literal,)+ }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(crate::macros::variables!(@$presence map, $key, &self.$field);)+
                serde::ser::SerializeMap::end(map)
            }
        }
    };
    (@required $map:ident, $key:literal, $value:expr) => {
        serde::ser::SerializeMap::serialize_entry(&mut $map, $key, $value)?;
    };
    (@defaulted $map:ident, $key:literal, $value:expr) => {
        if let Some(value) = $value {
            serde::ser::SerializeMap::serialize_entry(&mut $map, $key, value)?;
        }
    };
    (@nullable $map:ident, $key:literal, $value:expr) => {
        if !$value.is_absent() {
            serde::ser::SerializeMap::serialize_entry(&mut $map, $key, $value)?;
        }
    };
}
pub(crate) use variables;

/// Makes variables an operation. Both functions stand here, so that no caller's crate compiles them.
macro_rules! operation {
    ($name:ident: $kind:ident -> $data:ident, $has_variables:literal, $document:literal) => {
        impl monday_core::Operation for $name {
            type Data = $data;
            const NAME: &'static str = stringify!($name);
            const KIND: monday_core::OperationKind = monday_core::OperationKind::$kind;
            const DOCUMENT: &'static str = $document;
            const HAS_VARIABLES: bool = $has_variables;

            fn encode(&self) -> Result<bytes::Bytes, monday_core::EncodeError> {
                static KEPT: std::sync::OnceLock<bytes::Bytes> = std::sync::OnceLock::new();
                monday_core::encode_kept(&KEPT, self)
            }

            fn decode(body: &[u8]) -> Result<monday_core::Envelope<$data>, monday_core::DecodeError> {
                monday_core::Envelope::decode(body)
            }
        }
    };
}
pub(crate) use operation;
