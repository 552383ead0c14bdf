//! Names of the schema as Rust names.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::EmitError;
use crate::lint::UNRECOGNIZED;

/// The scalars of the schema and the Rust types that stand for them.
pub(super) const SCALARS: [(&str, &str); 8] = [
    ("ID", "Id"),
    ("Date", "Date"),
    ("Iso8601DateTime", "Iso8601DateTime"),
    ("Json", "Json"),
    ("CompareValue", "CompareValue"),
    // graphql_client writes these names for the built-in ones.
    ("Boolean", "bool"),
    ("Int", "i64"),
    ("Float", "f64"),
];

/// The Rust type of a scalar of the schema. One that is new is any JSON.
pub(super) fn scalar(name: &str) -> &'static str {
    match name {
        "String" => "String",
        "File" => "File",
        "ISO8601DateTime" => "Iso8601DateTime",
        _ => SCALARS.iter().find(|(scalar, _)| *scalar == name).map_or("Json", |(_, rust)| rust),
    }
}

/// A field's name: snake case, and no keyword.
pub(super) fn field_name(name: &str) -> String {
    if name == "__typename" {
        return "type_name".to_owned();
    }
    let mut field = name.to_snake_case();
    if syn::parse_str::<syn::Ident>(&field).is_err() {
        field.push('_');
    }
    field
}

/// A type's name: `policy__Policy` becomes `PolicyPolicy`.
pub(super) fn type_name(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The variants of an enum with the values they stand for.
pub(super) fn variants<'a>(name: &str, values: &[&'a str]) -> Result<Vec<(String, &'a str)>, EmitError> {
    let mut variants: Vec<(String, &str)> = Vec::with_capacity(values.len());
    for &value in values {
        let mut variant = value.to_upper_camel_case();
        if variant.is_empty() || variant.starts_with(|c: char| c.is_ascii_digit()) {
            variant.insert_str(0, "Value");
        }
        if variant == "Self" {
            variant.push_str("Value");
        }
        let taken = variant == UNRECOGNIZED || variants.iter().any(|(other, _)| *other == variant);
        if taken {
            let message = format!("the value `{value}` needs the name `{variant}`, which another value has");
            return Err(EmitError::new(name, message));
        }
        variants.push((variant, value));
    }
    Ok(variants)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_all_spellings_become_variants() {
        let values = ["UPPER_CASE", "snake_case", "Pascal", "camelCase", "self", "2d"];
        let names: Vec<_> = variants("E", &values).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["UpperCase", "SnakeCase", "Pascal", "CamelCase", "SelfValue", "Value2d"]);
    }

    #[test]
    fn values_that_meet_in_one_name_are_an_error_that_names_them() {
        assert!(variants("E", &["on_hold", "OnHold"]).unwrap_err().message.contains("`OnHold`"));
        assert!(variants("E", &["unrecognized"]).is_err());
    }
}
