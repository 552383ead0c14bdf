//! A file that is not whole yet: beside its place, under a name of its own, gone unless it gets there.
//!
//! Must not know: where its bytes come from.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// Removed when it is dropped before [`finish`](Self::finish) has moved it.
#[derive(Debug)]
pub(super) struct Part {
    path: PathBuf,
    target: PathBuf,
    is_left: bool,
}

impl Part {
    /// Creates the file for what is to be at `target`.
    pub(super) async fn create(target: &Path) -> io::Result<(Self, File)> {
        let mut path = target.as_os_str().to_owned();
        path.push(format!(".{:016x}.part", Uuid::new_v4().as_u64_pair().0));
        let (path, target) = (PathBuf::from(path), target.to_owned());
        // Created there and owned at once: if nobody waits any more, what comes of it is dropped, and the
        // file with it.
        let created = tokio::task::spawn_blocking(move || {
            let file = File::create_new(&path)?;
            Ok((Self { path, target, is_left: true }, file))
        });
        created.await?
    }

    /// Moves it to its place, over what may be there.
    pub(super) async fn finish(mut self) -> io::Result<()> {
        tokio::fs::rename(&self.path, &self.target).await?;
        self.is_left = false;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if self.is_left {
            // It may have been moved in this moment; then nothing is there.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
