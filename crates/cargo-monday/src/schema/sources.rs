//! Documents in Rust sources: what stands in `operation!`, as text or as the path of a file.
//!
//! Files are read as tokens, so that calls inside of other macros and modules are found, and nothing in a comment or a
//! string is. Must not know: schemas.

mod call;
mod literal;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use monday_codegen::impact::TextPlaces;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::project::Project;
use crate::{Failure, files};

use call::Call;

/// What the calls in Rust files name.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Documents that stand in a file, with its path from the root.
    pub(super) texts: Vec<(String, TextPlaces)>,
    /// Files that are named, of documents and of fragments.
    pub(super) paths: Vec<PathBuf>,
    /// What was not looked at, and why.
    pub(super) notes: Vec<String>,
}

/// Looks through files and folders of Rust.
pub(super) fn look(project: &Project, places: &[PathBuf]) -> Result<Found, Failure> {
    let mut found = Found::default();
    for place in places {
        let rust = if place.is_dir() { files::files_below(place, "rs")? } else { vec![place.clone()] };
        for path in rust {
            let text = files::read(&path)?;
            // Most files have none, and reading is quicker than parsing.
            if text.contains("operation!") {
                found.file(project, &path, &text);
            }
        }
    }
    found.paths.sort();
    found.paths.dedup();
    Ok(found)
}

impl Found {
    fn file(&mut self, project: &Project, path: &Path, text: &str) {
        let shown = files::relative(&project.root, path);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Ok(tokens) = TokenStream::from_str(text) else {
            self.notes.push(format!("{shown}: it is no Rust, and was not looked at"));
            return;
        };
        let mut calls = Vec::new();
        calls_in(tokens, &mut calls);
        for call in calls {
            if let Some(places) = call.text {
                self.texts.push((shown.clone(), places));
            }
            for named in call.paths {
                match file_of(path, &named.path) {
                    Some(file) => self.paths.push(file),
                    None => self.notes.push(format!(
                        "{shown}:{}:{}: operation! names `{}`, and there is no such file beside the Cargo.toml above",
                        named.line, named.column, named.path
                    )),
                }
            }
        }
    }
}

/// `operation` `!` and what is in the brackets, at any depth.
fn calls_in(tokens: TokenStream, calls: &mut Vec<Call>) {
    let mut before: [Option<TokenTree>; 2] = [None, None];
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            let is_call = matches!(&before, [Some(TokenTree::Ident(name)), Some(TokenTree::Punct(mark))]
                if name == "operation" && mark.as_char() == '!');
            match is_call.then(|| Call::of(group.stream())).flatten() {
                Some(call) if group.delimiter() != Delimiter::None => calls.push(call),
                _ => calls_in(group.stream(), calls),
            }
        }
        let [_, last] = before;
        before = [last, Some(token)];
    }
}

/// A file by its path from the folder of the next `Cargo.toml` above the source.
fn file_of(source: &Path, named: &str) -> Option<PathBuf> {
    let folder = source.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file())?;
    Some(folder.join(named)).filter(|file| file.is_file())
}
