//! Mistakes against the schema, said with the place and what to write.
//!
//! Only what is certain from the text of the struct; what depends on other types is the compiler's to find. Must not
//! know: cynic.

use proc_macro2::Span;
use syn2::spanned::Spanned as _;
use syn2::{Data, DeriveInput, Error, Field, GenericArgument, PathArguments, Type};

use crate::arguments;
use crate::attributes::{OfMember, OfType, Placed, name_of};
use crate::generated::SCHEMA_VERSION;
use crate::schema::{Definition, Kind, Member, Schema};

/// The definition a derive is about.
pub(crate) fn definition(
    schema: &Schema,
    (name, span): &Placed,
    kinds: &[Kind],
) -> Result<Definition, Error> {
    let Some(definition) = schema.get(name) else {
        let guess = guess(schema.names(), name);
        let message = format!(
            "monday's schema {SCHEMA_VERSION} has no type `{name}`{guess}: name the type with `#[cynic(graphql_type = \"…\")]`"
        );
        return Err(Error::new(*span, message));
    };
    if kinds.contains(&definition.kind) {
        return Ok(definition);
    }
    let remedy = match definition.kind {
        Kind::Object => "derive `QueryFragment` on a struct",
        Kind::Interface | Kind::Union => "derive `InlineFragments` on an enum",
        Kind::Enum => "use the one in `monday_sdk::queries::enums`, or derive `Enum`",
        Kind::Scalar => "use the SDK's type, or derive `Scalar` on a newtype",
        Kind::Input => "use the one in `monday_sdk::queries::inputs`, or derive `InputObject`",
    };
    Err(Error::new(*span, format!("`{name}` is {}: {remedy}", definition.kind.noun())))
}

/// The derives know the schema; one set by hand would point elsewhere.
pub(crate) fn schema_is_ours(attributes: &OfType) -> Option<Error> {
    let (key, span) = attributes.schema.as_ref()?;
    Some(Error::new(*span, format!("the SDK's derives bring monday's schema: remove `{key}`")))
}

/// What can be said about a selection.
pub(crate) fn fragment(
    schema: &Schema,
    definition: &Definition,
    input: &DeriveInput,
    attributes: &OfType,
) -> Vec<Error> {
    let Data::Struct(data) = &input.data else { return Vec::new() };
    let mut errors = Vec::new();
    for field in &data.fields {
        let member = OfMember::read(&field.attrs);
        let Some((name, span)) = name_of(field, &member) else { continue };
        if member.has("spread")
            || name == "__typename"
            || (member.rename.is_none() && !attributes.keeps_names())
        {
            continue;
        }
        let Some(graphql) = definition.member(&name) else {
            errors.push(unknown_field(definition, &name, span));
            continue;
        };
        arguments_of(field, &graphql, attributes, span, &mut errors);
        errors.extend(type_of(schema, field, &graphql));
    }
    errors
}

fn unknown_field(definition: &Definition, name: &str, span: Span) -> Error {
    let guess = guess(definition.members().map(|member| member.name), name);
    let message = format!(
        "`{}` has no field `{name}`{guess}\nThe SDK's schema is version {SCHEMA_VERSION}: what a later one adds needs a later SDK, or `Request::from_document`",
        definition.name
    );
    Error::new(span, message)
}

fn arguments_of(field: &Field, graphql: &Member, attributes: &OfType, span: Span, errors: &mut Vec<Error>) {
    let Some(given) = arguments::of(&field.attrs) else { return };
    let known: Vec<Member> = graphql.arguments().collect();
    for argument in &given {
        let name = argument.name.to_string();
        if !known.iter().any(|known| known.name == name) {
            let message = if known.is_empty() {
                format!("`{}` has no arguments: remove `{name}`", graphql.name)
            } else {
                let guess = guess(known.iter().map(|known| known.name), &name);
                let listed: Vec<_> =
                    known.iter().map(|known| format!("{}: {}", known.name, known.ty)).collect();
                format!("`{}` has no argument `{name}`{guess}\nIt has {}", graphql.name, listed.join(", "))
            };
            errors.push(Error::new(argument.name.span(), message));
        }
        if attributes.variables.is_none()
            && let Some(variable) = argument.variable()
        {
            let message = format!(
                "`${variable}` needs a struct that derives `QueryVariables`: add `variables = \"…\"` to this struct's `#[cynic(…)]`"
            );
            errors.push(Error::new(variable.span(), message));
        }
    }
    for missing in known.iter().filter(|known| known.is_required()) {
        if !given.iter().any(|argument| argument.name == missing.name) {
            let Member { name, ty, .. } = missing;
            let field = graphql.name;
            let message = format!(
                "`{field}` needs the argument `{name}: {ty}`: write `#[arguments({name}: ${name})]` above it"
            );
            errors.push(Error::new(span, message));
        }
    }
}

/// Rust's scalars under an object, and a Rust scalar under another scalar: the two mistakes a name alone shows.
fn type_of(schema: &Schema, field: &Field, graphql: &Member) -> Option<Error> {
    let inner = innermost(&field.ty);
    let Type::Path(path) = inner else { return None };
    let rust = path.path.segments.last()?.ident.to_string();
    let primitive = PRIMITIVES.contains(&rust.as_str()) && path.path.segments.len() == 1;
    let definition = schema.named(graphql.ty)?;
    let (field_name, ty) = (graphql.name, graphql.ty);
    if definition.kind.is_composite() {
        if !primitive && !SCALARS.contains(&rust.as_str()) {
            return None;
        }
        let name = definition.name;
        let remedy = match definition.kind {
            Kind::Object => {
                format!("a struct that derives `QueryFragment` for `{name}` and holds the fields you want")
            }
            _ => format!("an enum that derives `InlineFragments` for `{name}`"),
        };
        let noun = definition.kind.noun();
        let message =
            format!("`{field_name}: {ty}` is {noun}, not a scalar: in place of `{rust}` name {remedy}");
        return Some(Error::new(inner.span(), message));
    }
    if !primitive {
        return None;
    }
    let (fits, wanted): (&[&str], _) = match definition.name {
        "Int" => (&["i64", "i32"], "i64".to_owned()),
        "Float" => (&["f64"], "f64".to_owned()),
        "String" => (&["String"], "String".to_owned()),
        "Boolean" => (&["bool"], "bool".to_owned()),
        "ID" => (&[], "monday_sdk::Id".to_owned()),
        "JSON" => (&[], "monday_sdk::Json".to_owned()),
        "Date" => (&[], "monday_sdk::core::Date".to_owned()),
        "ISO8601DateTime" => (&[], "monday_sdk::core::Iso8601DateTime".to_owned()),
        "CompareValue" => (&[], "monday_sdk::core::CompareValue".to_owned()),
        name if definition.kind == Kind::Enum => (&[], format!("monday_sdk::queries::enums::{name}")),
        _ => return None,
    };
    if fits.contains(&rust.as_str()) {
        return None;
    }
    let message = format!("`{field_name}` is `{ty}`, which `{rust}` cannot hold: write `{wanted}`");
    Some(Error::new(inner.span(), message))
}

const PRIMITIVES: &[&str] = &[
    "String", "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16",
    "u32", "u64", "u128", "usize",
];

/// The SDK's scalars, by their last name.
const SCALARS: &[&str] = &["Id", "Json", "Date", "Iso8601DateTime", "CompareValue"];

/// The type inside options, lists and pointers.
pub(crate) fn innermost(ty: &Type) -> &Type {
    if let Type::Path(path) = ty
        && let Some(segment) = path.path.segments.last()
        && ["Option", "Vec", "Box", "Rc", "Arc"].iter().any(|name| segment.ident == name)
        && let PathArguments::AngleBracketed(inner) = &segment.arguments
        && let Some(GenericArgument::Type(inner)) = inner.args.first()
    {
        return innermost(inner);
    }
    ty
}

/// An enum over members has a place for those it does not name.
pub(crate) fn fallback(input: &DeriveInput) -> Option<Error> {
    let Data::Enum(data) = &input.data else { return None };
    if data.variants.iter().any(|variant| OfMember::read(&variant.attrs).has("fallback")) {
        return None;
    }
    let message = format!(
        "`{}` needs a variant for the members it does not name and those a later version adds: add `#[cynic(fallback)] Other`",
        input.ident
    );
    Some(Error::new(input.ident.span(), message))
}

fn guess<'a>(candidates: impl Iterator<Item = &'a str>, name: &str) -> String {
    let near = candidates.map(|candidate| (distance(candidate, name), candidate)).min();
    near.filter(|(distance, _)| *distance <= 1 + name.len() / 4)
        .map(|(_, candidate)| format!(", did you mean `{candidate}`?"))
        .unwrap_or_default()
}

/// How many letters have to be added, removed or replaced, without regard to case.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.bytes().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_near_or_not_made() {
        let names = || ["items_count", "items_page", "id"].into_iter();
        assert_eq!(guess(names(), "itemsCount"), ", did you mean `items_count`?");
        assert_eq!(guess(names(), "item_page"), ", did you mean `items_page`?");
        assert_eq!(guess(names(), "permissions"), "");
    }
}
