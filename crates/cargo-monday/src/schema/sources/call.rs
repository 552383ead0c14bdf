//! What stands between the brackets of a call of `operation!`.
//!
//! Must not know: files.

use monday_codegen::impact::TextPlaces;
use proc_macro2::{Literal, TokenStream, TokenTree};

use super::literal;

/// A call: its document as text, or the paths that it names.
#[derive(Debug, Default)]
pub(super) struct Call {
    pub(super) text: Option<TextPlaces>,
    pub(super) paths: Vec<Named>,
}

/// A path, and where it is named.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Call {
    /// Nothing for what is no call of the SDK's: another macro may have the name.
    pub(super) fn of(tokens: TokenStream) -> Option<Self> {
        let mut call = Self::default();
        let mut key = String::new();
        let mut is_named = false;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => key = ident.to_string(),
                TokenTree::Literal(literal) if key.is_empty() || key == "path" || key == "text" => {
                    call.document(&literal)?;
                    is_named = true;
                    key.clear();
                }
                TokenTree::Group(list) if key == "fragments" => {
                    let literals = list.stream().into_iter().filter_map(|token| match token {
                        TokenTree::Literal(literal) => Some(literal),
                        _ => None,
                    });
                    for literal in literals {
                        call.path(&literal, literal::text(&literal)?.text());
                    }
                    key.clear();
                }
                // The schema of such a call is another matter.
                TokenTree::Literal(_) => key.clear(),
                TokenTree::Punct(mark) if matches!(mark.as_char(), '=' | ',') => {}
                _ => return None,
            }
        }
        is_named.then_some(call)
    }

    /// A path has no selection.
    fn document(&mut self, literal: &Literal) -> Option<()> {
        let places = literal::text(literal)?;
        let text = places.text();
        if text.contains('{') {
            self.text = Some(places);
        } else {
            self.path(literal, text);
        }
        Some(())
    }

    fn path(&mut self, literal: &Literal, path: String) {
        let start = literal.span().start();
        self.paths.push(Named { path, line: start.line, column: start.column + 1 });
    }
}
