//! The generated enums and inputs, usable in queries as structs (feature `cynic`): a line for each in `generated/cynic.rs`.
//!
//! Must not know: which there are.

/// An enum, as a field of a selection, a variable, and a member of an input.
macro_rules! cynic_enum {
    ($name:ident, $marker:ident) => {
        impl monday_schema::cynic::Enum for enums::$name {
            type SchemaType = monday_schema::schema::$marker;
        }
        crate::cynic_traits::variable!(enums::$name, $marker);
    };
}
pub(crate) use cynic_enum;

/// An input object, as a variable and a member of another.
macro_rules! cynic_input {
    ($name:ident, $marker:ident) => {
        impl monday_schema::cynic::InputObject for inputs::$name {
            type SchemaType = monday_schema::schema::$marker;
        }
        crate::cynic_traits::variable!(inputs::$name, $marker);
    };
}
pub(crate) use cynic_input;

/// How a variable of that type is declared, and which arguments it fits.
macro_rules! variable {
    ($name:path, $marker:ident) => {
        impl monday_schema::schema::variable::Variable for $name {
            const TYPE: monday_schema::cynic::variables::VariableType =
                monday_schema::cynic::variables::VariableType::Named(stringify!($marker));
        }
        #[diagnostic::do_not_recommend]
        impl monday_schema::Fits<monday_schema::schema::$marker> for $name {}
        #[diagnostic::do_not_recommend]
        impl monday_schema::Fits<Option<monday_schema::schema::$marker>> for $name {}
    };
}
pub(crate) use variable;
