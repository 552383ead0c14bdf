//! Macros that make generated types readable: one for objects, one for what depends on an object's type.
//!
//! Plain code, since a derive of serde's on every type costs several times as much to compile. For generated code alone,
//! here and in users' crates: nothing of it is promised. Must not know: which types there are.

/// Reads an object: the keys in the document's order, by number the fields that must be there and those that may be
/// null, and members (fragments and what depends on the type), which are read from the same object.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_object {
    (
        $name:ident [$($key:literal)*]
        { $($required_index:literal $required:ident)* }
        { $($nullable_index:literal $nullable:ident)* }
        $(+ $member:ident)*
    ) => {
        impl $crate::json::Decode for $name {
            fn decode(reader: &mut $crate::json::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                $(let $member = $crate::json::Decode::decode(&mut reader.clone())?;)*
                $(let mut $required = ::core::option::Option::None;)*
                $(let mut $nullable = ::core::option::Option::None;)*
                let mut fields = reader.object()?;
                while let ::core::option::Option::Some(field) = reader.field(&mut fields, &[$($key),*])? {
                    // One way out for all fields.
                    match field {
                        $($required_index => $crate::json::fill_required(&mut $required, reader),)*
                        $($nullable_index => $crate::json::fill(&mut $nullable, reader),)*
                        _ => reader.ignore(),
                    }?;
                }
                #[allow(irrefutable_let_patterns, reason = "all fields may be null")]
                // One test for all: what is missing need not be named, the place says it.
                let ($(::core::option::Option::Some($required),)*) = ($($required,)*) else {
                    return ::core::result::Result::Err(reader.unfit());
                };
                ::core::result::Result::Ok(Self { $($required,)* $($nullable,)* $($member,)* })
            }
        }
    };
}

/// Reads an object by its `__typename`: the types with a selection of their own by number, those without, and the
/// variant for all others, which holds the name where the enum is the SDK's.
#[doc(hidden)]
#[macro_export]
macro_rules! decode_choice {
    ($name:ident [$($type_name:literal)*] { $($index:literal $variant:ident)* } { $($bare_index:literal $bare:ident)* } $other:ident $($holds_name:ident)?) => {
        impl $crate::json::Decode for $name {
            fn decode(reader: &mut $crate::json::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                match reader.type_name(&[$($type_name),*])? {
                    $(::core::result::Result::Ok($index) => {
                        ::core::result::Result::Ok(Self::$variant($crate::json::Decode::decode(reader)?))
                    })*
                    $(::core::result::Result::Ok($bare_index) => {
                        reader.ignore()?;
                        ::core::result::Result::Ok(Self::$bare)
                    })*
                    ::core::result::Result::Ok(_) => ::core::result::Result::Err(reader.unfit()),
                    #[allow(unused_variables, reason = "not every enum keeps the name")]
                    ::core::result::Result::Err(name) => {
                        reader.ignore()?;
                        ::core::result::Result::Ok($crate::decode_choice!(@other $other name $($holds_name)?))
                    }
                }
            }
        }
    };
    (@other $other:ident $value:ident name) => { Self::$other($value) };
    (@other $other:ident $value:ident) => { Self::$other };
}
