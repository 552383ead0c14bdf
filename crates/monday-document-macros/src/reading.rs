//! The user's files, by their paths from the folder of the user's `Cargo.toml`.
//!
//! Must not know: what they hold.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use monday_codegen::SourceFile;
use syn::LitStr;

/// So many entries are looked at for a file that is not where it was said to be.
const LOOKED_AT: usize = 2000;

/// A file that was read, and where it lies.
pub(crate) struct UserFile {
    pub(crate) source: SourceFile,
    pub(crate) path: PathBuf,
}

/// Reads the file that a literal names.
pub(crate) fn read(literal: &LitStr) -> syn::Result<UserFile> {
    let name = literal.value();
    let folder = folder();
    let path = folder.join(&name);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(UserFile { source: SourceFile::new(name, text), path }),
        Err(error) => {
            let reason = match error.kind() {
                std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
                std::io::ErrorKind::InvalidData => "it is no UTF-8 text".to_owned(),
                _ => format!("it cannot be read ({error})"),
            };
            let near =
                nearest(&path, &folder).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let advice = "paths start at the folder of your Cargo.toml";
            Err(syn::Error::new(literal.span(), format!("{name}: {reason}: {advice}{near}")))
        }
    }
}

/// The folder of the user's `Cargo.toml`.
fn folder() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "cargo tells a macro the user's folder in no other way")]
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default()
}

/// A file of the same name somewhere below the folder.
fn nearest(path: &Path, root: &Path) -> Option<String> {
    let name = path.file_name()?;
    let mut left = VecDeque::from([root.to_owned()]);
    let mut seen = 0;
    while let Some(folder) = left.pop_front() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for entry in entries {
            let hidden =
                entry.file_name().is_none_or(|name| name == "target" || name.as_encoded_bytes()[0] == b'.');
            if entry.is_dir() && !hidden {
                left.push_back(entry);
            } else if entry.file_name() == Some(name) {
                return Some(entry.strip_prefix(root).ok()?.display().to_string().replace('\\', "/"));
            }
            seen += 1;
            if seen > LOOKED_AT {
                return None;
            }
        }
    }
    None
}
