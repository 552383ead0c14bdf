//! Calls that compile only if a type of the user's is what the schema wants at its place (`monday-schema` has the
//! functions, and what they say).
//!
//! What the derives cannot see, since it depends on other types. Must not know: what cynic writes.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn2::spanned::Spanned as _;
use syn2::{Data, DeriveInput, Path};

use crate::arguments::Held;
use crate::attributes::{OfMember, OfType, fields_of, name_of};
use crate::checks;
use crate::schema::{self, Definition, Schema};

/// Arguments and inner selections of a fragment.
pub(crate) fn fragment(
    schema: &'static Schema,
    definition: Definition,
    input: &mut DeriveInput,
    attributes: &OfType,
    variables: Option<&Path>,
) -> TokenStream {
    let mut held = Held { schema, variables, assertions: TokenStream::new() };
    let generic = !input.generics.params.is_empty();
    for field in fields_of(input) {
        let member = OfMember::read(&field.attrs);
        let exact = member.rename.is_some() || attributes.keeps_names();
        let found = name_of(field, &member).and_then(|(name, _)| {
            if exact { definition.member(&name) } else { definition.member_like(&name) }
        });
        let Some(graphql) = found else { continue };
        held.hold(&mut field.attrs, &graphql.arguments().collect::<Vec<_>>());
        let is_composite = schema.named(graphql.ty).is_some_and(|definition| definition.kind.is_composite());
        if is_composite && !member.has("flatten") && !generic {
            let inner = checks::innermost(&field.ty);
            let marker = Ident::new(schema::name_of(graphql.ty), inner.span());
            let variables = variables_type(variables);
            held.assertions.extend(quote_spanned! { inner.span() =>
                ::monday_sdk::__private::selection::<::monday_sdk::__private::schema::#marker, #variables, #inner>();
            });
        }
    }
    held.assertions
}

/// Each variant's type is a member.
pub(crate) fn members(definition: Definition, input: &DeriveInput, variables: Option<&Path>) -> TokenStream {
    let Data::Enum(data) = &input.data else { return TokenStream::new() };
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let mut assertions = TokenStream::new();
    for variant in data.variants.iter().filter(|variant| !OfMember::read(&variant.attrs).has("fallback")) {
        for field in &variant.fields {
            let (inner, variables) = (&field.ty, variables_type(variables));
            let marker = Ident::new(definition.name, inner.span());
            assertions.extend(quote_spanned! { inner.span() =>
                ::monday_sdk::__private::member::<::monday_sdk::__private::schema::#marker, #variables, #inner>();
            });
        }
    }
    assertions
}

/// The struct that cynic makes of the variables, beside theirs.
pub(crate) fn fields_path(variables: &Path) -> Path {
    let mut path = variables.clone();
    if let Some(last) = path.segments.last_mut() {
        last.ident = Ident::new(&format!("{}Fields", last.ident), last.ident.span());
    }
    path
}

pub(crate) fn variables_type(fields_path: Option<&Path>) -> TokenStream {
    fields_path.map_or_else(|| quote! { () }, |path| quote! { #path })
}
