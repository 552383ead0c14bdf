//! The derives of `monday-columns`.
//!
//! This file holds the macros, because macros can stand nowhere else; what they do stands in the modules. Must not know:
//! how a column is read or written.

mod board_item;
mod column_types;
mod item_attribute;
mod item_fields;
mod label;

use syn::{DeriveInput, parse_macro_input};

/// Makes a struct the row of a board: each field says what it is read from.
///
/// | attribute | the field is |
/// |---|---|
/// | `#[monday(column = "ID")]` | the value of a column, of the kind that the field's type means |
/// | `#[monday(column = "ID", type = "TYPE")]` | the same of the kind that is named, as monday names it |
/// | `#[monday(id)]` | the item's id: `ItemId` |
/// | `#[monday(name)]` | the item's name: `String` |
/// | `#[monday(group)]` | the group that the item is in: `GroupId` |
/// | `#[monday(subitems)]` | the rows below: `Vec<Row<OTHER>>`, where `OTHER` is such a struct without subitems |
/// | `#[monday(skip)]` | none of the item's: `Default::default()` |
#[proc_macro_derive(BoardItem, attributes(monday))]
pub fn board_item(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    board_item::implement(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes an enum the labels of a status or dropdown.
///
/// A variant stands for the label that is spelled as it, or as `#[monday(label = "…")]` says. One variant with one field,
/// `#[monday(other)] Other(String)`, may hold all other labels.
#[proc_macro_derive(Label, attributes(monday))]
pub fn label(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    label::implement(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
