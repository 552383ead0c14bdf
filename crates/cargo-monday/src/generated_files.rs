//! Folders of generated files: brought up to date, or looked at whether they are.
//!
//! Must not know: what generates them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Outcome;
use crate::{Failure, files};

/// A folder of generated files, and what belongs into it.
#[derive(Debug)]
pub struct Folder {
    /// Its path from the root.
    pub path: PathBuf,
    /// Names and texts of its files.
    pub files: Vec<(String, String)>,
    /// Which other files in it are deleted.
    pub strangers: Strangers,
}

/// Which files in a folder are taken for generated ones that nothing generates any more.
#[derive(Debug, Clone, Copy)]
pub enum Strangers {
    /// All: nobody else writes there.
    All,
    /// Those that begin so.
    Marked(&'static str),
}

impl Strangers {
    fn has(self, file: &Path) -> bool {
        match self {
            Self::All => true,
            Self::Marked(mark) => fs::read_to_string(file).is_ok_and(|text| text.starts_with(mark)),
        }
    }
}

/// Writes what is not there as it should be, and deletes strangers. A check writes nothing, and is breaking if anything
/// would change; `program` is what people type.
pub fn bring(root: &Path, program: &str, folders: &[Folder], is_check: bool) -> Result<Outcome, Failure> {
    let mut stale = Vec::new();
    for folder in folders {
        let place = root.join(&folder.path);
        for (name, text) in &folder.files {
            let file = place.join(name);
            if fs::read_to_string(&file).ok().as_ref() != Some(text) {
                stale.push(files::relative(root, &file));
                if !is_check {
                    files::write_atomically(&file, text)?;
                }
            }
        }
        for file in strangers(folder, &place)? {
            stale.push(files::relative(root, &file));
            if !is_check {
                fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            }
        }
    }
    let count: usize = folders.iter().map(|folder| folder.files.len()).sum();
    let list = stale.join("\n  ");
    Ok(match (stale.len(), is_check) {
        (0, _) => Outcome::done(format!("{count} generated files are up to date")),
        (changed, false) => Outcome::done(format!("{changed} of {count} generated files changed:\n  {list}")),
        (_, true) => {
            let text =
                format!("generated files are stale: run `{program} codegen` and commit the result\n  {list}");
            Outcome { is_breaking: true, ..Outcome::done(text) }
        }
    })
}

fn strangers(folder: &Folder, place: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !place.is_dir() {
        return Ok(Vec::new());
    }
    let is_known = |file: &Path| folder.files.iter().any(|(name, _)| *name == files::relative(place, file));
    let mut found = files::files_below(place, "")?;
    found.retain(|file| !is_known(file) && folder.strangers.has(file));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there(root: &Path) -> Vec<String> {
        let files = files::files_below(root, "").unwrap();
        files.iter().map(|file| files::relative(root, file)).collect()
    }

    #[test]
    fn what_nothing_generates_is_found_and_deleted_where_it_is_ours() {
        let root = tempfile::tempdir().unwrap();
        let folder = |strangers| {
            let files = vec![("known.rs".to_owned(), "new".to_owned())];
            [Folder { path: "made".into(), files, strangers }]
        };
        let begin = || {
            for (name, text) in [("known.rs", "old"), ("stale.rs", "// made"), ("mine.bin", "\u{0}")] {
                files::write_atomically(&root.path().join("made").join(name), text).unwrap();
            }
        };
        begin();
        let said = bring(root.path(), "p", &folder(Strangers::All), true).unwrap();
        assert!(said.is_breaking && said.text.contains("run `p codegen`"), "{}", said.text);
        assert!(said.text.ends_with("\n  made/known.rs\n  made/mine.bin\n  made/stale.rs"), "{}", said.text);
        assert_eq!(there(root.path()).len(), 3, "a check changes nothing");

        let said = bring(root.path(), "p", &folder(Strangers::Marked("// made")), false).unwrap();
        assert!(
            !said.is_breaking && said.text.starts_with("2 of 1 generated files changed"),
            "{}",
            said.text
        );
        assert_eq!(there(root.path()), ["made/known.rs", "made/mine.bin"]);
        assert_eq!(fs::read_to_string(root.path().join("made/known.rs")).unwrap(), "new");

        begin();
        bring(root.path(), "p", &folder(Strangers::All), false).unwrap();
        assert_eq!(there(root.path()), ["made/known.rs"]);
        let said = bring(root.path(), "p", &folder(Strangers::All), true).unwrap();
        assert_eq!((said.is_breaking, said.text.as_str()), (false, "1 generated files are up to date"));
    }
}
