//! The attribute of a field: where it is read from.
//!
//! Must not know: the struct around it.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::meta::ParseNestedMeta;
use syn::{Error, Field, LitStr, Result};

use crate::column_types;

/// Where a field is read from.
pub(crate) enum Source {
    /// A column, by its id; its kind, if it is said.
    Column(LitStr, Option<TokenStream>),
    Id,
    Name,
    Group,
    Subitems,
    /// Nowhere.
    Skip,
}

const KEYS: &str = "`column = \"…\"`, `type = \"…\"`, `id`, `name`, `group`, `subitems`, `skip`";

/// The source that a field names.
pub(crate) fn source(field: &Field) -> Result<Source> {
    let mut found = Found::default();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("monday")) {
        attribute.parse_nested_meta(|meta| found.take(&meta))?;
    }
    found.source(field)
}

#[derive(Default)]
struct Found {
    source: Option<Source>,
    kind: Option<(LitStr, TokenStream)>,
}

impl Found {
    fn take(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let key = meta.path.to_token_stream().to_string();
        let source = match key.as_str() {
            "column" => Source::Column(column_id(meta)?, None),
            "type" => {
                let name: LitStr = meta.value()?.parse()?;
                let kind = column_types::value_type(&name)?;
                self.kind = Some((name, kind));
                return Ok(());
            }
            "id" => Source::Id,
            "name" => Source::Name,
            "group" => Source::Group,
            "subitems" => Source::Subitems,
            "skip" => Source::Skip,
            _ => return Err(meta.error(format!("`{key}` is not known here; there are {KEYS}"))),
        };
        match self.source.replace(source) {
            None => Ok(()),
            Some(_) => Err(meta.error("a field is read from one place: one of these is too many")),
        }
    }

    fn source(self, field: &Field) -> Result<Source> {
        match (self.source, self.kind) {
            (Some(Source::Column(id, _)), kind) => Ok(Source::Column(id, kind.map(|(_, kind)| kind))),
            (_, Some((name, _))) => {
                Err(Error::new(name.span(), "`type` goes with `column`: say which column has this type"))
            }
            (Some(source), None) => Ok(source),
            (None, None) => Err(Error::new(span(field), missing(field))),
        }
    }
}

fn span(field: &Field) -> Span {
    field.ident.as_ref().map_or_else(Span::call_site, syn::Ident::span)
}

fn missing(field: &Field) -> String {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    format!(
        "say where `{name}` is read from: `#[monday(column = \"…\")]` with a column's id, `#[monday(id)]`, \
         `#[monday(name)]`, `#[monday(group)]`, `#[monday(subitems)]`, or `#[monday(skip)]`"
    )
}

fn column_id(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    let id: LitStr = meta.value()?.parse()?;
    match id.value().as_str() {
        "" => Err(Error::new(id.span(), "a column's id is not empty")),
        "name" => Err(Error::new(id.span(), "the item's name is no column: write `#[monday(name)]`")),
        _ => Ok(id),
    }
}
