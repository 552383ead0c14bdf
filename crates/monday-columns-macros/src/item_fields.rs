//! The fields of a struct, each with its source, and whether they go together.
//!
//! Must not know: what is made of them.

use std::collections::BTreeMap;

use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Error, Fields, GenericArgument, Ident, PathArguments, Result, Type};

use crate::item_attribute::{Source, source};

/// A field and its source.
pub(crate) struct ItemField<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) source: Source,
}

/// All fields. Every mistake is told, not the first alone.
pub(crate) fn fields(input: &DeriveInput) -> Result<Vec<ItemField<'_>>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "an item is a struct: `BoardItem` is for structs"));
    };
    let Fields::Named(named) = &data.fields else {
        return Err(Error::new(input.ident.span(), "`BoardItem` is for structs whose fields have names"));
    };
    if !input.generics.params.is_empty() {
        let message =
            "`BoardItem` is for structs without parameters, since their columns are written down once";
        return Err(Error::new(input.generics.span(), message));
    }
    if !input.ident.to_string().is_ascii() {
        return Err(Error::new(input.ident.span(), "GraphQL names an operation after the struct: use ASCII"));
    }
    let mut mistakes = Mistakes(None);
    let mut fields = Vec::new();
    for field in &named.named {
        let name = field.ident.as_ref().expect("named fields have names");
        match source(field) {
            Ok(source) => fields.push(ItemField { name, ty: &field.ty, source }),
            Err(error) => mistakes.add(error),
        }
    }
    once_each(&fields, &mut mistakes);
    match mistakes.0 {
        Some(error) => Err(error),
        None => Ok(fields),
    }
}

struct Mistakes(Option<Error>);

impl Mistakes {
    fn add(&mut self, error: Error) {
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }
}

/// No source is read twice: of two fields for one column, one would win on saving.
fn once_each(fields: &[ItemField<'_>], mistakes: &mut Mistakes) {
    let mut seen = BTreeMap::new();
    for field in fields {
        let (what, span) = match &field.source {
            Source::Column(id, _) => (format!("column `{}`", id.value()), id.span()),
            Source::Id => ("the id".to_owned(), field.name.span()),
            Source::Name => ("the name".to_owned(), field.name.span()),
            Source::Group => ("the group".to_owned(), field.name.span()),
            Source::Subitems => ("the subitems".to_owned(), field.name.span()),
            Source::Skip => continue,
        };
        if let Some(other) = seen.insert(what.clone(), field.name) {
            mistakes.add(Error::new(span, format!("{what}: `{other}` is read from there already")));
        }
    }
}

/// `Step` of `Vec<Row<Step>>`.
pub(crate) fn subitem_type(ty: &Type) -> Result<&Type> {
    argument(ty, "Vec").and_then(|row| argument(row, "Row")).ok_or_else(|| {
        let message = "subitems are rows: `Vec<Row<STRUCT>>`, where `STRUCT` derives `BoardItem` too";
        Error::new(ty.span(), message)
    })
}

/// The only argument of a type of this name.
fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}
