//! A file of Rust as it is: the struct of a board, its fields and their columns, enums of labels, each with its place.
//!
//! Must not know: what the board has now.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Item, ItemEnum, ItemStruct, LitStr, Path, Token, Type, UseTree};

use super::edits::line_start;
use super::pull_error::PullError;

/// What a file has.
pub(super) struct Existing {
    pub(super) structs: Vec<Struct>,
    pub(super) enums: Vec<Labels>,
    /// Full paths of what is imported under its own name.
    pub(super) imports: BTreeSet<String>,
    /// All names of the file.
    pub(super) names: BTreeSet<String>,
}

/// A struct that derives `BoardItem`.
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    pub(super) body: Body,
}

/// A field.
pub(super) struct Field {
    /// Without `r#`.
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) column: Option<String>,
    /// The column's type, where the attribute says it.
    pub(super) kind: Option<String>,
    /// The places of its comments for rustdoc.
    pub(super) docs: Vec<Range<usize>>,
}

/// An enum that derives `Label`.
pub(super) struct Labels {
    pub(super) name: String,
    pub(super) texts: Vec<String>,
    pub(super) variants: Vec<String>,
    /// Where the variant of all other labels begins.
    pub(super) other: Option<usize>,
    pub(super) body: Body,
}

/// What stands between braces.
pub(super) struct Body {
    pub(super) inside: Range<usize>,
    /// Where a comma has to be before more can be added.
    pub(super) comma: Option<usize>,
}

impl Existing {
    /// Reads a file.
    pub(super) fn of(text: &str) -> Result<Self, PullError> {
        // Places are counted from behind it.
        let (mark, text) = match text.strip_prefix('\u{feff}') {
            Some(text) => ('\u{feff}'.len_utf8(), text),
            None => (0, text),
        };
        let tokens: TokenStream = text
            .parse()
            .map_err(|error: proc_macro2::LexError| PullError::not_rust(error.span(), &error.to_string()))?;
        let file: syn::File =
            syn::parse2(tokens).map_err(|error| PullError::not_rust(error.span(), &error.to_string()))?;
        let mut existing =
            Self { structs: Vec::new(), enums: Vec::new(), imports: BTreeSet::new(), names: BTreeSet::new() };
        for item in &file.items {
            existing.names.extend(name_of(item));
            match item {
                Item::Struct(item) if derives(&item.attrs, "BoardItem") => {
                    existing.structs.extend(Struct::of(item, mark));
                }
                Item::Enum(item) if derives(&item.attrs, "Label") => {
                    existing.enums.push(Labels::of(item, mark));
                }
                Item::Use(item) => existing.import(&item.tree, ""),
                _ => {}
            }
        }
        Ok(existing)
    }

    /// The enum of this name.
    pub(super) fn labels(&self, name: &str) -> Option<&Labels> {
        self.enums.iter().find(|labels| labels.name == name)
    }

    fn import(&mut self, tree: &UseTree, module: &str) {
        match tree {
            UseTree::Path(path) => self.import(&path.tree, &format!("{module}{}::", path.ident)),
            UseTree::Name(name) => {
                self.imports.insert(format!("{module}{}", name.ident));
                self.names.insert(name.ident.to_string());
            }
            UseTree::Rename(rename) => drop(self.names.insert(rename.rename.to_string())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, module)),
            UseTree::Glob(_) => {}
        }
    }
}

impl Struct {
    fn of(item: &ItemStruct, mark: usize) -> Option<Self> {
        let syn::Fields::Named(named) = &item.fields else { return None };
        let fields = named.named.iter().map(|field| {
            let [column, kind] = said(&field.attrs, ["column", "type"]);
            Field {
                name: field.ident.as_ref().map(|name| name.unraw().to_string()).unwrap_or_default(),
                ty: field.ty.clone(),
                column,
                kind,
                docs: docs(&field.attrs, mark),
            }
        });
        Some(Self {
            name: item.ident.unraw().to_string(),
            fields: fields.collect(),
            body: Body::of(named.brace_token.span, &named.named, mark),
        })
    }
}

impl Labels {
    fn of(item: &ItemEnum, mark: usize) -> Self {
        let mut labels = Self {
            name: item.ident.unraw().to_string(),
            texts: Vec::new(),
            variants: Vec::new(),
            other: None,
            body: Body::of(item.brace_token.span, &item.variants, mark),
        };
        for variant in &item.variants {
            let name = variant.ident.unraw().to_string();
            let [label] = said(&variant.attrs, ["label"]);
            if matches!(variant.fields, syn::Fields::Unit) {
                labels.texts.push(label.unwrap_or_else(|| name.clone()));
            } else {
                labels.other = Some(range(variant.span(), mark).start);
            }
            labels.variants.push(name);
        }
        labels
    }
}

impl Body {
    fn of<T: syn::spanned::Spanned, P>(
        braces: proc_macro2::extra::DelimSpan,
        parts: &Punctuated<T, P>,
        mark: usize,
    ) -> Self {
        let inside = range(braces.open(), mark).end..range(braces.close(), mark).start;
        let last = parts.last().filter(|_| !parts.trailing_punct());
        Self { inside, comma: last.map(|last| range(last.span(), mark).end) }
    }

    /// Where more is added: before the line of the closing brace, where it has a line of its own.
    pub(super) fn end(&self, text: &str) -> (usize, bool) {
        match line_start(text, self.inside.end) {
            (start, Some(_)) if start >= self.inside.start => (start, true),
            _ => (self.inside.end, false),
        }
    }
}

fn range(span: Span, mark: usize) -> Range<usize> {
    let range = span.byte_range();
    range.start + mark..range.end + mark
}

fn docs(attributes: &[Attribute], mark: usize) -> Vec<Range<usize>> {
    let docs = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    docs.map(|attribute| range(attribute.span(), mark)).collect()
}

fn derives(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let paths = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
        let mut paths = paths.into_iter().flatten();
        paths.any(|path| path.segments.last().is_some_and(|last| last.ident == name))
    })
}

/// The texts that `#[monday(…)]` has for these keys.
fn said<const N: usize>(attributes: &[Attribute], keys: [&str; N]) -> [Option<String>; N] {
    let mut found = [const { None }; N];
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("monday")) {
        // What the derive refuses is the derive's to say.
        let _ = attribute.parse_nested_meta(|meta| {
            let place = keys.iter().position(|key| {
                meta.path.get_ident().is_some_and(|ident| ident == key)
                    || (*key == "type" && meta.path.is_ident("type"))
            });
            if meta.input.peek(Token![=]) {
                let value = meta.value()?;
                match place.and_then(|place| found.get_mut(place)) {
                    Some(found) => *found = Some(value.parse::<LitStr>()?.value()),
                    None => drop(value.parse::<Expr>()?),
                }
            }
            Ok(())
        });
    }
    found
}

fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.unraw().to_string())
}
