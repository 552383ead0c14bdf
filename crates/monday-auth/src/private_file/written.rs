//! Writing files and folders that only their owner can read, each replaced as a whole.
//!
//! Must not know: what is in them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::{FileFault, exposure, guarded, inspect};
use crate::{StoreError, refresh_step};

/// Opens a file for writing that only this user can read, making it if need be.
pub(crate) fn open_private(path: &Path, truncate: bool) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    let file = guarded(options.write(true).create(true).truncate(truncate)).open(path);
    let file = file.map_err(|error| match FileFault::of(&error) {
        FileFault::Exposed(what) => StoreError::Exposed(what),
        _ => StoreError::Io { doing: "written", kind: error.kind() },
    })?;
    inspect(&file).map_err(|fault| match fault {
        FileFault::Exposed(what) => StoreError::Exposed(what),
        FileFault::Io(kind) => StoreError::Io { doing: "written", kind },
        FileFault::Absent => StoreError::Io { doing: "written", kind: io::ErrorKind::NotFound },
    })?;
    Ok(file)
}

/// Makes the folder, or checks that it is this user's alone.
pub(crate) fn private_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(StoreError::io("written"))?;
    let found = fs::symlink_metadata(path).map_err(StoreError::io("read"))?;
    if !found.is_dir() {
        return Err(StoreError::Exposed("the folder is a link or no folder"));
    }
    let exposure =
        exposure(&found, "the folder belongs to another user", "other users may look into the folder");
    exposure.map_or(Ok(()), |why| Err(StoreError::Exposed(why)))
}

/// Replaces a file as a whole: after a crash there is either the old one or the new one.
pub(crate) fn replace(path: &Path, temporary: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = open_private(temporary, true)?;
    file.write_all(bytes).map_err(StoreError::io("written"))?;
    refresh_step("written");
    file.sync_all().map_err(StoreError::io("written"))?;
    drop(file);
    refresh_step("synced");
    fs::rename(temporary, path).map_err(StoreError::io("written"))?;
    refresh_step("renamed");
    sync_folder(path)
}

/// Makes a rename or removal last.
pub(crate) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io("written"))?;
    }
    Ok(())
}
