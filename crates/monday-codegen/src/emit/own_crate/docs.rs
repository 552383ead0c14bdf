//! What the schema says of a field, as the docs of the field that holds it.
//!
//! A schema that was fetched by the user has monday's descriptions; the SDK's own has none. Must not know: how fields are
//! read.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use syn::{Fields, ItemStruct};

use crate::emit::rust_names::type_name;
use crate::plan::Model;
use crate::{Plan, PlannedOperation};

/// By the struct, and by the field in it.
pub(super) struct Docs(BTreeMap<(String, String), String>);

impl Docs {
    pub(super) fn new(plan: &Plan, planned: &PlannedOperation) -> Self {
        let mut docs = Self(BTreeMap::new());
        plan.fragments.iter().chain([&planned.data]).for_each(|model| docs.take(model));
        docs
    }

    fn take(&mut self, model: &Model) {
        for field in &model.fields {
            if !field.description.is_empty() {
                let place = (type_name(&model.name), field.key.to_snake_case());
                self.0.insert(place, field.description.clone());
            }
        }
        model.nested.iter().for_each(|model| self.take(model));
    }

    /// Writes them at the fields of a struct.
    pub(super) fn write(&self, item: &mut ItemStruct) {
        let of = item.ident.to_string();
        let Fields::Named(fields) = &mut item.fields else { return };
        for field in &mut fields.named {
            let Some(name) = &field.ident else { continue };
            // The engine writes `type_` for `type`.
            let name = name.to_string().trim_start_matches("r#").trim_end_matches('_').to_owned();
            if let Some(text) = self.0.get(&(of.clone(), name)) {
                let lines = text.lines().map(|line| format!(" {}", line.trim_end()));
                let attributes = lines.map(|line| syn::parse_quote!(#[doc = #line]));
                field.attrs.splice(0..0, attributes);
            }
        }
    }
}
