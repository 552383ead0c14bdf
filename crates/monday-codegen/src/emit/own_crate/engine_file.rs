//! The file through which graphql_client takes a schema: new, in nobody's way, gone at the end.

use std::collections::hash_map::RandomState;
use std::fs::{self, OpenOptions};
use std::hash::BuildHasher;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A temporary file, removed when dropped.
pub(super) struct EngineFile(PathBuf);

impl EngineFile {
    /// Writes the schema to a file of its own. The engine keeps what it has read by path, so no path comes twice.
    pub(super) fn write(schema: &str) -> io::Result<Self> {
        let random = RandomState::new().hash_one(schema);
        let name = format!("monday-schema-{}-{random:016x}.graphql", std::process::id());
        let path = std::env::temp_dir().join(name);
        // `create_new` follows no link and takes over no file.
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let file_of_ours = Self(path);
        file.write_all(schema.as_bytes())?;
        Ok(file_of_ours)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for EngineFile {
    fn drop(&mut self) {
        // Nothing depends on it: at worst a small file stays behind.
        drop(fs::remove_file(&self.0));
    }
}
