//! The `#[cynic(…)]` attributes as far as the derives of the SDK look into them; cynic reads them again.
//!
//! What is malformed is cynic's to report. Must not know: the schema.

use proc_macro2::Span;
use syn2::ext::IdentExt as _;
use syn2::spanned::Spanned as _;
use syn2::{Attribute, DeriveInput, Expr, ExprLit, Field, Lit, Path, parse_quote};

use crate::reroot::PRIVATE;

/// A value of an attribute and where it stands.
pub(crate) type Placed = (String, Span);

/// What stands at the struct or enum.
#[derive(Default)]
pub(crate) struct OfType {
    graphql_type: Option<Placed>,
    pub(crate) variables: Option<Path>,
    pub(crate) rename_all: Option<Placed>,
    pub(crate) no_deserialize: bool,
    /// `schema`, `schema_path` or `schema_module`: the derives set them.
    pub(crate) schema: Option<Placed>,
}

/// What stands at a field or variant.
#[derive(Default)]
pub(crate) struct OfMember {
    pub(crate) rename: Option<Placed>,
    pub(crate) graphql_type: Option<Span>,
    keys: Vec<String>,
    has_directives: bool,
}

impl OfType {
    pub(crate) fn read(attributes: &[Attribute]) -> Self {
        let mut found = Self::default();
        each(attributes, |key, span, value| match key {
            "graphql_type" => found.graphql_type = value.and_then(text),
            "rename_all" => found.rename_all = value.and_then(text),
            "no_deserialize" => found.no_deserialize = true,
            "variables" => found.variables = value.and_then(path),
            "schema" | "schema_path" | "schema_module" => found.schema = Some((key.to_owned(), span)),
            _ => {}
        });
        found
    }

    /// The GraphQL type: named, or named like the Rust type.
    pub(crate) fn graphql_type(&self, input: &DeriveInput) -> Placed {
        self.graphql_type.clone().unwrap_or_else(|| (input.ident.unraw().to_string(), input.ident.span()))
    }

    /// Whether the Rust names are monday's.
    pub(crate) fn keeps_names(&self) -> bool {
        self.rename_all.as_ref().is_none_or(|(rule, _)| rule.eq_ignore_ascii_case("none"))
    }
}

impl OfMember {
    pub(crate) fn read(attributes: &[Attribute]) -> Self {
        let has_directives = attributes.iter().any(|attribute| attribute.path().is_ident("directives"));
        let mut found = Self { has_directives, ..Self::default() };
        each(attributes, |key, span, value| {
            match key {
                "rename" => found.rename = value.and_then(text),
                "graphql_type" => found.graphql_type = Some(span),
                _ => {}
            }
            found.keys.push(key.to_owned());
        });
        found
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|found| found == key)
    }

    /// Anything but another name changes how the field is read.
    pub(crate) fn is_special(&self) -> bool {
        self.has_directives || self.keys.iter().any(|key| key != "rename")
    }
}

/// The name of a field in GraphQL, if the Rust name is not bent by a rule.
pub(crate) fn name_of(field: &Field, member: &OfMember) -> Option<Placed> {
    let ident = field.ident.as_ref()?;
    Some(member.rename.clone().unwrap_or_else(|| (ident.unraw().to_string(), ident.span())))
}

/// cynic looks for `r#type` where the field is `type`.
pub(crate) fn name_raw_fields(input: &mut DeriveInput) {
    for field in fields_of(input) {
        let Some(ident) = &field.ident else { continue };
        let (raw, name) = (ident.to_string(), ident.unraw().to_string());
        if raw != name && OfMember::read(&field.attrs).rename.is_none() {
            field.attrs.push(parse_quote!(#[cynic(rename = #name)]));
        }
    }
}

pub(crate) fn fields_of(input: &mut DeriveInput) -> impl Iterator<Item = &mut Field> {
    match &mut input.data {
        syn2::Data::Struct(data) => Some(data.fields.iter_mut()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

/// Where the markers of the schema lie.
pub(crate) fn schema_module() -> String {
    format!("{PRIVATE}::schema")
}

fn each(attributes: &[Attribute], mut take: impl FnMut(&str, Span, Option<Expr>)) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cynic")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            let span = meta.path.span();
            let value = if meta.input.peek(syn2::Token![=]) { Some(meta.value()?.parse()?) } else { None };
            take(&key, span, value);
            Ok(())
        });
    }
}

fn text(value: Expr) -> Option<Placed> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some((text.value(), text.span())),
        _ => None,
    }
}

fn path(value: Expr) -> Option<Path> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => text.parse().ok(),
        Expr::Path(path) => Some(path.path),
        _ => None,
    }
}
