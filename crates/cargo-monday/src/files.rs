//! Files: how they are found, read, and replaced.
//!
//! Must not know: what is in them.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Failure;

/// A file's text.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Replaces a file whole or not at all: written beside it, synced, renamed over it. It is an ordinary file of the tree.
pub fn write_atomically(path: &Path, text: &str) -> Result<(), Failure> {
    write_together(&[(path, text)])
}

/// The same for a file that only its user can read, in a folder that is as private where it has to be made.
#[cfg(feature = "account")]
pub(crate) fn write_privately(path: &Path, text: &str) -> Result<(), Failure> {
    replace(&[(path, text)], Modes { folder: 0o700, file: 0o600 })
}

/// Replaces files that belong together: none before all of them are written and synced beside their places.
pub(crate) fn write_together(files: &[(&Path, &str)]) -> Result<(), Failure> {
    replace(files, Modes { folder: 0o755, file: 0o644 })
}

/// Who can read what is made, where the system has such modes.
#[derive(Clone, Copy)]
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no modes"))]
struct Modes {
    folder: u32,
    file: u32,
}

fn replace(files: &[(&Path, &str)], modes: Modes) -> Result<(), Failure> {
    let fail = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let mut written = Vec::new();
    for (path, text) in files {
        let file = beside(path, text, modes).map_err(|error| fail(path, error))?;
        written.push((file, *path));
    }
    for (file, path) in written {
        file.persist(path).map_err(|error| fail(path, error.error))?;
    }
    Ok(())
}

/// A temporary file in the folder of the one it is to become.
fn beside(path: &Path, text: &str, modes: Modes) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, modes.folder);
    builder.create(folder)?;
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(modes.file))?;
    }
    #[cfg(not(unix))]
    let _ = modes;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// All files below a folder with an ending (all files with an empty one), sorted.
pub fn files_below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else if ending.is_empty() || path.extension() == Some(OsStr::new(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path from the root, with `/`.
#[must_use]
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
