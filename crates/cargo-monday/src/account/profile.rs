//! The file of profiles: where it is, and what `login` puts into it. The SDK's `ProfileSource` reads its tokens.
//!
//! Must not know: where tokens come from.

mod entry;

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, Value, value};

use crate::{Failure, files};

pub(super) use entry::{Elsewhere, Entry, SessionEntry, SessionStore};

/// The profile that is meant unless told.
pub(super) const DEFAULT: &str = "default";

/// Where the file of profiles is.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) path: PathBuf,
}

impl Place {
    /// The file that was named, else the one in the user's folder of configurations.
    pub(super) fn of(given: Option<&Path>) -> Result<Self, Failure> {
        if let Some(path) = given {
            let path = std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))?;
            return Ok(Self { path });
        }
        let folder = ["XDG_CONFIG_HOME", "APPDATA"].into_iter().find_map(folder_of);
        let folder = folder.or_else(|| folder_of("HOME").map(|home| home.join(".config")));
        let folder =
            folder.ok_or("there is no folder of configurations: HOME is not set\n-> use --profile-file")?;
        Ok(Self { path: folder.join("monday").join("profiles.toml") })
    }

    /// The folder beside it for sessions of OAuth, or for the locks of those in the keyring.
    pub(super) fn sessions(&self) -> PathBuf {
        self.path.with_file_name("sessions")
    }

    /// What a profile says of a token that is kept elsewhere. Of a file that is no TOML the SDK's source tells.
    pub(super) fn elsewhere(&self, profile: &str) -> Result<Option<Elsewhere>, Failure> {
        let Ok(text) = fs::read_to_string(&self.path) else {
            return Ok(None);
        };
        let Ok(file) = text.parse::<DocumentMut>() else {
            return Ok(None);
        };
        let found = file.get(profile).and_then(Item::as_table_like).map_or(Ok(None), Elsewhere::of);
        found.map_err(|why| format!("{}: the profile `{profile}`: {why}", self.path.display()))
    }

    /// Puts an entry into a profile. Other profiles, keys and comments stay; afterwards only the user can read the file.
    pub(super) fn keep(&self, profile: &str, entry: &Entry) -> Result<(), Failure> {
        let text = self.with(profile, entry)?;
        files::write_privately(&self.path, &text)
    }

    /// The file's text with the entry; an error for a file that cannot take one.
    pub(super) fn with(&self, profile: &str, entry: &Entry) -> Result<String, Failure> {
        let shown = self.path.display();
        if fs::symlink_metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            return Err(format!(
                "{shown} is no plain file, and the SDK would not read it\n-> use --profile-file"
            ));
        }
        let text = if self.path.exists() { files::read(&self.path)? } else { String::new() };
        with_entry(&text, profile, entry).map_err(|why| format!("{shown}: {why}"))
    }
}

/// A folder that the environment names.
#[expect(clippy::disallowed_methods, reason = "a command may read its environment")]
fn folder_of(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute())
}

/// The file's text with the entry. The text is in no error, since it holds tokens.
fn with_entry(text: &str, profile: &str, entry: &Entry) -> Result<String, Failure> {
    let mut file: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let place = error.span().map_or(0, |span| span.start);
        let line = text.get(..place).unwrap_or_default().matches('\n').count() + 1;
        format!("it is no TOML at line {line}\n-> mend it, or use --profile-file")
    })?;
    let found = file.entry(profile).or_insert_with(|| Item::Table(Table::new()));
    let table =
        found.as_table_like_mut().ok_or("the profile is no table\n-> use another name with --profile")?;
    for (key, text) in entry.keys() {
        match (text, table.get_mut(key).and_then(Item::as_value_mut)) {
            (Some(text), Some(old)) => {
                let mut new = Value::from(text);
                // The comment behind it.
                *new.decor_mut() = old.decor().clone();
                *old = new;
            }
            (Some(text), None) => drop(table.insert(key, value(text))),
            // What the profile had before: a token that stays would be found in place of the new one.
            (None, _) => drop(table.remove(key)),
        }
    }
    Ok(file.to_string())
}

#[cfg(test)]
mod tests;
