//! Takes graphql_client's code for one operation apart: what is shared by operations is kept once, and names of
//! scalars become Rust types.
//!
//! Must not know: files.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident};
use syn::visit_mut::VisitMut;
use syn::{Fields, Item, ItemStruct, Visibility};

use super::EmitError;
use super::rust_names::{SCALARS, type_name};
use crate::{Plan, PlannedOperation};

/// What belongs to one operation alone.
pub(super) struct Parts {
    pub(super) variables: ItemStruct,
    pub(super) items: Vec<Item>,
}

/// What operations share, collected over all of them.
pub(super) struct Shared {
    enums: BTreeSet<String>,
    input_names: BTreeSet<String>,
    inputs: BTreeMap<String, Item>,
    /// By the position of the fragment and of the item in it, so that the order is the document's.
    fragments: BTreeMap<(String, usize), Item>,
}

impl Shared {
    pub(super) fn new(plan: &Plan) -> Self {
        let names = |names: &BTreeSet<String>| names.iter().map(|name| type_name(name)).collect();
        Self {
            enums: names(&plan.enums),
            input_names: names(&plan.inputs),
            inputs: BTreeMap::new(),
            fragments: BTreeMap::new(),
        }
    }

    /// Takes one operation's code apart.
    pub(super) fn take(
        &mut self,
        operation: &PlannedOperation,
        tokens: TokenStream,
    ) -> Result<Parts, EmitError> {
        let broken = |message: &str| EmitError::new(&operation.name, message);
        let mut variables = None;
        let mut items = Vec::new();
        let mut positions: BTreeMap<String, usize> = BTreeMap::new();
        for (name, mut item) in public_items(operation, tokens)? {
            Scalars.visit_item_mut(&mut item);
            drop_serde_path(&mut item);
            if name == "Variables" {
                let Item::Struct(mut item) = item else {
                    return Err(broken("`Variables` is no struct"));
                };
                item.ident = format_ident!("{}", operation.name);
                variables = Some(item);
            } else if self.input_names.contains(&name) {
                default_if_optional(&mut item);
                keep_once(&mut self.inputs, name, item)?;
            } else if let Some(fragment) = fragment_of(operation, &name) {
                let position = positions.entry(fragment.clone()).or_default();
                keep_once(&mut self.fragments, (fragment, *position), item)?;
                *position += 1;
            } else {
                items.push(item);
            }
        }
        let variables = variables.ok_or_else(|| broken("graphql_client made no `Variables`"))?;
        Ok(Parts { variables, items })
    }

    pub(super) fn inputs(&self) -> Vec<Item> {
        self.inputs.values().cloned().collect()
    }

    pub(super) fn fragments(&self) -> Vec<Item> {
        self.fragments.values().cloned().collect()
    }

    /// The `use` items a file needs: everything it names and does not define.
    pub(super) fn imports(&self, items: &[Item]) -> Vec<Item> {
        let mut named = BTreeSet::new();
        for item in items {
            idents(item.to_token_stream(), &mut named);
        }
        for item in items {
            public_name(item).map(|name| named.remove(&name));
        }
        let fragments: BTreeSet<String> = self.fragments.values().filter_map(public_name).collect();
        let scalars = SCALARS.iter().map(|(_, rust)| (*rust).to_owned());
        let core: BTreeSet<String> = scalars.filter(|name| name.starts_with(char::is_uppercase)).collect();
        let serde = BTreeSet::from(["Deserialize".to_owned(), "Serialize".to_owned()]);
        let sources = [
            ("serde", serde),
            ("monday_core", core),
            ("crate::enums", self.enums.clone()),
            ("crate::fragments", fragments),
            ("crate::inputs", self.input_names.clone()),
        ];
        let mut imports = Vec::new();
        for (source, names) in sources {
            let wanted: Vec<_> = names.intersection(&named).map(|name| format_ident!("{name}")).collect();
            if !wanted.is_empty() {
                let source: syn::Path = syn::parse_str(source).unwrap_or_else(|_| syn::parse_quote!(crate));
                imports.push(syn::parse_quote!(use #source::{#(#wanted),*};));
            }
        }
        imports
    }
}

/// The public types in the module that graphql_client made, with its word for the answer made ours.
pub(super) fn public_items(
    operation: &PlannedOperation,
    tokens: TokenStream,
) -> Result<Vec<(String, Item)>, EmitError> {
    let broken = |message: &str| EmitError::new(&operation.name, message);
    let file: syn::File = syn::parse2(tokens).map_err(|error| broken(&error.to_string()))?;
    let module = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) => module.content,
        _ => None,
    });
    let to = format!("{}Data", operation.name);
    let items = module.ok_or_else(|| broken("graphql_client made no module"))?.1.into_iter();
    let named = items.filter_map(|mut item| {
        public_name(&item)?;
        Rename { from: "ResponseData", to: &to }.visit_item_mut(&mut item);
        Some((public_name(&item)?, item))
    });
    Ok(named.collect())
}

/// Which fragment an item is of: graphql_client starts the names of a fragment's items with the fragment's.
fn fragment_of(operation: &PlannedOperation, name: &str) -> Option<String> {
    let fragments = operation.fragments.iter().filter(|fragment| name.starts_with(fragment.as_str()));
    fragments.max_by_key(|fragment| fragment.len()).cloned()
}

fn keep_once<K: Ord>(kept: &mut BTreeMap<K, Item>, key: K, item: Item) -> Result<(), EmitError> {
    let name = public_name(&item).unwrap_or_default();
    if kept.get(&key).is_some_and(|other| text(other) != text(&item)) {
        return Err(EmitError::new(
            name,
            "two operations need different types of this name: rename the operation",
        ));
    }
    kept.insert(key, item);
    Ok(())
}

fn text(item: &Item) -> String {
    item.to_token_stream().to_string()
}

/// The name of a public type. Everything else in the module is scaffolding of graphql_client.
fn public_name(item: &Item) -> Option<String> {
    let (visibility, ident) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    matches!(visibility, Visibility::Public(_)).then(|| ident.to_string())
}

/// `#[serde(crate = "…")]` names the default.
fn drop_serde_path(item: &mut Item) {
    if let Item::Struct(item) = item {
        item.attrs.retain(|attr| !is_serde_path(attr));
    }
}

pub(super) fn is_serde_path(attr: &syn::Attribute) -> bool {
    attr.to_token_stream().to_string().contains("crate =")
}

/// An input object whose fields may all be left out has a `Default`.
pub(super) fn default_if_optional(item: &mut Item) {
    if let Item::Struct(item) = item
        && let Fields::Named(fields) = &item.fields
        && fields.named.iter().all(|field| is_option(&field.ty))
    {
        item.attrs.push(syn::parse_quote!(#[derive(Default)]));
    }
}

fn is_option(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

struct Rename<'a> {
    from: &'a str,
    to: &'a str,
}

impl VisitMut for Rename<'_> {
    fn visit_ident_mut(&mut self, ident: &mut syn::Ident) {
        if ident == self.from {
            *ident = format_ident!("{}", self.to);
        }
    }
}

/// Names of scalars in type position become Rust types.
struct Scalars;

impl VisitMut for Scalars {
    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        if let Some(ident) = path.path.get_ident() {
            let rust = SCALARS.iter().find(|(scalar, _)| ident == scalar).map(|(_, rust)| *rust);
            if let Some(rust) = rust {
                path.path = syn::Path::from(format_ident!("{rust}"));
            }
        }
        syn::visit_mut::visit_type_path_mut(self, path);
    }
}

fn idents(tokens: TokenStream, into: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Ident(ident) => drop(into.insert(ident.to_string())),
            proc_macro2::TokenTree::Group(group) => idents(group.stream(), into),
            _ => {}
        }
    }
}
