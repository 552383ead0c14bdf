//! Seeds as text, in YAML or JSON.
//!
//! Must not know: what a seed means.

use std::fs;
use std::path::Path;

use super::{Seed, SeedError};

/// A file of a million items has less.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

impl Seed {
    /// Reads JSON.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let message = message.rsplit_once(" at line").map_or(message.as_str(), |(message, _)| message);
            SeedError::new(place(error.line() as u64, error.column() as u64), message)
        })
    }

    /// Writes JSON, each list in its order and each map sorted: the same state is the same text.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default()
    }

    /// Reads YAML; JSON is YAML too.
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Self, SeedError> {
        serde_saphyr::from_str_with_options(text, yaml::options()).map_err(|error| {
            let place = error.location().map(|at| place(at.line(), at.column()));
            let message = error.without_snippet().to_string();
            SeedError::new(place.unwrap_or_else(|| "YAML".to_owned()), yaml::without_place(&message))
        })
    }

    /// Writes YAML, each list in its order and each map sorted: the same state is the same text, and what has changed
    /// is what two texts differ in.
    #[cfg(feature = "yaml")]
    #[must_use]
    pub fn to_yaml(&self) -> String {
        serde_saphyr::to_string_with_options(self, yaml::writing()).unwrap_or_default()
    }

    /// Reads a file: JSON where its name ends in `.json`, otherwise YAML.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, SeedError> {
        let path = path.as_ref();
        let unread =
            |error: &dyn std::fmt::Display| SeedError::new(path.display().to_string(), error.to_string());
        if fs::metadata(path).map_err(|error| unread(&error))?.len() > LARGEST_FILE {
            return Err(unread(&"a seed of more than 512 MiB is not read; use `items: {count: …}`"));
        }
        let text = fs::read_to_string(path).map_err(|error| unread(&error))?;
        let read = if is_json(path) { Self::from_json(&text) } else { Self::from_other(&text) };
        read.map_err(|error| error.in_file(path))
    }

    #[cfg(feature = "yaml")]
    fn from_other(text: &str) -> Result<Self, SeedError> {
        Self::from_yaml(text)
    }

    #[cfg(not(feature = "yaml"))]
    fn from_other(_: &str) -> Result<Self, SeedError> {
        Err(SeedError::new("YAML", "turn on the feature `yaml`, or name the file .json"))
    }

    /// Writes a file, in one step: JSON where its name ends in `.json`, otherwise YAML (JSON again without the feature
    /// `yaml`).
    pub fn to_file(&self, path: impl AsRef<Path>) -> std::io::Result<()> {
        let path = path.as_ref();
        #[cfg(feature = "yaml")]
        let text = if is_json(path) { self.to_json() } else { self.to_yaml() };
        #[cfg(not(feature = "yaml"))]
        let text = self.to_json();
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", uuid::Uuid::new_v4().simple()));
        let beside = path.with_file_name(name);
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            // Nothing is left of what was not finished; a second error would say no more.
            let _ = fs::remove_file(&beside);
        }
        written
    }
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn place(line: u64, column: u64) -> String {
    format!("line {line}, column {column}")
}

#[cfg(feature = "yaml")]
mod yaml {
    //! How YAML is read: 1.2, with `true` and `false` as the only booleans, and with limits that an account of a million
    //! items stays below.

    pub(super) fn options() -> serde_saphyr::Options {
        serde_saphyr::options! {
            strict_booleans: true,
            with_snippet: false,
            budget: serde_saphyr::budget! {
                max_events: 200_000_000,
                max_nodes: 100_000_000,
                max_total_scalar_bytes: 1 << 30,
            },
        }
    }

    pub(super) fn writing() -> serde_saphyr::SerializerOptions {
        serde_saphyr::ser_options! { prefer_block_scalars: false }
    }

    /// The place is told on its own.
    pub(super) fn without_place(message: &str) -> &str {
        message.rsplit_once(" at line").map_or(message, |(message, _)| message)
    }
}
