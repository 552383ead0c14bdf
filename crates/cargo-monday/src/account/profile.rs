//! The file of profiles: where it is, and a token put into it. The SDK's `ProfileSource` reads it.
//!
//! Must not know: where tokens come from.

use std::fs;
use std::path::{Path, PathBuf};

use monday_sdk::CredentialKind;
use toml_edit::{DocumentMut, Item, Table, Value, value};

use crate::{Failure, files};

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

    /// Puts a token into a profile. Other profiles, keys and comments stay; afterwards only the user can read the file.
    pub(super) fn keep(&self, profile: &str, token: &str, kind: CredentialKind) -> Result<(), Failure> {
        let shown = self.path.display();
        if fs::symlink_metadata(&self.path).is_ok_and(|found| !found.is_file()) {
            return Err(format!(
                "{shown} is no plain file, and the SDK would not read it\n-> use --profile-file"
            ));
        }
        let text = if self.path.exists() { files::read(&self.path)? } else { String::new() };
        files::write_privately(
            &self.path,
            &with_token(&text, profile, token, kind).map_err(|why| format!("{shown}: {why}"))?,
        )
    }
}

/// A folder that the environment names.
#[expect(clippy::disallowed_methods, reason = "a command may read its environment")]
fn folder_of(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute())
}

/// The file's text with the token. The text is in no error, since it holds other tokens.
fn with_token(text: &str, profile: &str, token: &str, kind: CredentialKind) -> Result<String, Failure> {
    let mut file: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let place = error.span().map_or(0, |span| span.start);
        let line = text.get(..place).unwrap_or_default().matches('\n').count() + 1;
        format!("it is no TOML at line {line}\n-> mend it, or use --profile-file")
    })?;
    let entry = file.entry(profile).or_insert_with(|| Item::Table(Table::new()));
    let table =
        entry.as_table_like_mut().ok_or("the profile is no table\n-> use another name with --profile")?;
    let kind = if kind == CredentialKind::OAuth { "oauth" } else { "personal" };
    for (key, text) in [("token", token), ("kind", kind)] {
        match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                let mut new = Value::from(text);
                // The comment behind it.
                *new.decor_mut() = old.decor().clone();
                *old = new;
            }
            None => drop(table.insert(key, value(text))),
        }
    }
    Ok(file.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_into_its_profile_and_everything_else_stays() {
        let text = "# mine\n[work] # the office\ntoken = \"old\" # until spring\n# a note\nother = 1\n\n[home]\ntoken = \"theirs\"\n";
        let found = with_token(text, "work", "new", CredentialKind::PersonalToken).unwrap();
        let expected = "# mine\n[work] # the office\ntoken = \"new\" # until spring\n# a note\nother = 1\nkind = \"personal\"\n\n\
                        [home]\ntoken = \"theirs\"\n";
        assert_eq!(found, expected);
        let found = with_token(&found, "third one", "bearer", CredentialKind::OAuth).unwrap();
        assert!(found.starts_with(expected), "{found}");
        assert!(found.ends_with("\n[\"third one\"]\ntoken = \"bearer\"\nkind = \"oauth\"\n"), "{found}");
    }

    #[test]
    fn a_file_that_is_broken_is_not_told_with_its_tokens() {
        let found =
            with_token("[work]\ntoken = canary-1\n", "work", "canary-2", CredentialKind::OAuth).unwrap_err();
        assert!(found.starts_with("it is no TOML at line 2"), "{found}");
        assert!(!found.contains("canary"), "{found}");
        let found =
            with_token("work = \"canary-1\"\n", "work", "canary-2", CredentialKind::OAuth).unwrap_err();
        assert!(found.starts_with("the profile is no table"), "{found}");
    }
}
