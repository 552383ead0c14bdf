//! What stands between the brackets of a call.
//!
//! Must not know: what a path leads to.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, bracketed};

/// A call of `operation!`.
pub(crate) struct Call {
    /// A path, or the text of a document.
    pub(crate) document: LitStr,
    pub(crate) fragments: Vec<LitStr>,
    pub(crate) schema: Option<LitStr>,
}

const FORMS: &str = "write `operation!(\"queries/my_boards.graphql\")`, the text of an operation, or \
                     `operation!(path = \"…\", fragments = [\"…\"], schema = \"…\")`";

impl Call {
    /// Whether the document is text and no path: a path has no selection.
    pub(crate) fn is_text(&self) -> bool {
        self.document.value().contains('{')
    }
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(input.error(FORMS));
        }
        let (mut document, mut fragments, mut schema) = (None, Vec::new(), None);
        while !input.is_empty() {
            if input.peek(LitStr) && document.is_none() {
                document = Some(input.parse()?);
            } else {
                let key: Ident = input.parse().map_err(|error| syn::Error::new(error.span(), FORMS))?;
                input.parse::<Token![=]>()?;
                match key.to_string().as_str() {
                    "path" | "text" => document = Some(input.parse()?),
                    "schema" => schema = Some(input.parse()?),
                    "fragments" => {
                        let list;
                        bracketed!(list in input);
                        fragments.extend(Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?);
                    }
                    other => {
                        let message = format!("there is no `{other}` here: {FORMS}");
                        return Err(syn::Error::new(key.span(), message));
                    }
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        let document = document.ok_or_else(|| input.error(format!("the document is missing: {FORMS}")))?;
        Ok(Self { document, fragments, schema })
    }
}
