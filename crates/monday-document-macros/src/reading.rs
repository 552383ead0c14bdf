//! The user's files, by their paths from the folder of the user's `Cargo.toml`.
//!
//! Must not know: what they hold.

use std::fs;
use std::path::{Path, PathBuf};

use monday_codegen::SourceFile;
use syn::LitStr;

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

/// A file of the same name in the same folder's neighbourhood, or of the same stem in the folder.
fn nearest(path: &Path, root: &Path) -> Option<String> {
    let (name, stem) = (path.file_name()?, path.file_stem()?);
    let mut folders = vec![root.join("queries"), root.to_owned(), root.join("src"), root.join("graphql")];
    folders.splice(0..0, path.parent().map(Path::to_owned));
    for folder in folders {
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.sort();
        let found = files.into_iter().find(|file| {
            file.is_file()
                && (file.file_name() == Some(name)
                    || (file.file_stem() == Some(stem)
                        && file.extension().is_some_and(|ending| ending == "graphql")))
        });
        if let Some(found) = found {
            return Some(found.strip_prefix(root).ok()?.display().to_string().replace('\\', "/"));
        }
    }
    None
}
