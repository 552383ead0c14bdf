//! cynic reads a schema from a file only: one file for one derive, gone afterwards.
//!
//! Nothing is left behind and nothing is found from before, so no cache can be stale or planted. Must not know: what
//! is written.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) struct ScratchFile {
    path: PathBuf,
}

impl ScratchFile {
    pub(crate) fn holding(text: &str) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let folder = std::env::temp_dir();
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("monday-sdk-{}-{count}.graphql", std::process::id()));
            // `create_new`: never somebody else's file, never through a link.
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    let file_is_there = Self { path };
                    file.write_all(text.as_bytes())?;
                    return Ok(file_is_there);
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => {
                    return Err(io::Error::new(error.kind(), format!("{}: {error}", folder.display())));
                }
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        // A file left in the temporary folder harms nothing.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_file_holds_its_text_and_is_gone_afterwards() {
        let file = ScratchFile::holding("scalar A").unwrap();
        let path = file.path().to_owned();
        assert_eq!(fs::read_to_string(&path).unwrap(), "scalar A");
        drop(file);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_is_already_there_is_left_alone() {
        let first = ScratchFile::holding("first").unwrap();
        let second = ScratchFile::holding("second").unwrap();
        assert_ne!(first.path(), second.path());
        assert_eq!(fs::read_to_string(first.path()).unwrap(), "first");
    }
}
