//! Types by their full paths, so that nothing in the user's module can stand in their way.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;

use crate::Plan;
use crate::emit::rust_names::{SCALARS, scalar as scalar_type, type_name};

/// Puts paths in the place of the names that graphql_client writes.
#[derive(Clone)]
pub(super) struct Paths(BTreeMap<String, syn::Path>);

impl Paths {
    /// `module` is where the types of this operation are, seen from where the paths will stand.
    pub(super) fn new(plan: &Plan, local: &BTreeSet<String>, module: Option<&Ident>) -> Self {
        let mut paths = BTreeMap::new();
        let standard = [("Option", "option"), ("Vec", "vec"), ("String", "string"), ("Box", "boxed")];
        for (name, home) in standard {
            paths.insert(name.to_owned(), path(&format!("::std::{home}::{name}")));
        }
        let scalars = plan.schema.inner.types.values().filter(|ty| ty.is_scalar() && !ty.is_built_in());
        for scalar in scalars {
            let rust = scalar_type(scalar.name());
            paths.insert(type_name(scalar.name()), path(&format!("::monday_sdk::core::{rust}")));
        }
        // The engine spells it both ways.
        for (name, rust) in SCALARS.into_iter().chain([("Id", "Id")]) {
            let is_core = rust.starts_with(char::is_uppercase);
            let rust = if is_core { format!("::monday_sdk::core::{rust}") } else { rust.to_owned() };
            paths.insert(name.to_owned(), path(&rust));
        }
        for (names, home) in [(&plan.enums, "enums"), (&plan.inputs, "inputs")] {
            for name in names {
                let (ident, home) = (format_ident!("{}", type_name(name)), format_ident!("{home}"));
                let tokens = match (local.contains(name), module) {
                    (false, _) => quote!(::monday_sdk::queries::#home::#ident),
                    (true, None) => quote!(#ident),
                    (true, Some(module)) => quote!(#module::#ident),
                };
                paths.insert(ident.to_string(), parsed(&tokens));
            }
        }
        Self(paths)
    }
}

impl VisitMut for Paths {
    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        syn::visit_mut::visit_type_path_mut(self, ty);
        if ty.path.segments.len() != 1 {
            return;
        }
        if let Some(only) = ty.path.segments.first()
            && let Some(known) = self.0.get(&only.ident.to_string())
        {
            let mut path = known.clone();
            if let Some(last) = path.segments.last_mut() {
                last.arguments = only.arguments.clone();
            }
            ty.path = path;
        }
    }
}

/// Whether a type is an `Option`.
pub(super) fn is_option(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

/// A path that is written in this crate.
pub(super) fn path(text: &str) -> syn::Path {
    let mut path = syn::Path { leading_colon: None, segments: syn::punctuated::Punctuated::new() };
    let relative = text.strip_prefix("::");
    path.leading_colon = relative.map(|_| <syn::Token![::]>::default());
    for segment in relative.unwrap_or(text).split("::") {
        path.segments.push(syn::PathSegment::from(format_ident!("{segment}")));
    }
    path
}

fn parsed(tokens: &TokenStream) -> syn::Path {
    path(&tokens.to_string().replace(' ', ""))
}
