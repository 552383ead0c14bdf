//! Files that only their owner can read, replaced as a whole.
//!
//! Must not know: what is in them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::{StoreError, refresh_step};

/// Why a private file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// There is none.
    Absent,
    /// It could not be read.
    Io(io::ErrorKind),
    /// It is a link, no plain file, someone else's, readable by others, or too long.
    Exposed(&'static str),
}

impl FileFault {
    fn of(error: &io::Error) -> Self {
        // What O_NOFOLLOW says of a symbolic link.
        #[cfg(unix)]
        if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
            return Self::Exposed("it is a symbolic link");
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::Absent,
            kind => Self::Io(kind),
        }
    }
}

#[cfg(unix)]
fn guarded(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::CLOEXEC;
    options.mode(0o600).custom_flags(flags.bits().cast_signed())
}

#[cfg(not(unix))]
fn guarded(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Refuses what is not a plain file of this user alone.
fn inspect(file: &File) -> Result<(), FileFault> {
    let found = file.metadata().map_err(|error| FileFault::of(&error))?;
    if !found.is_file() {
        return Err(FileFault::Exposed("it is not a plain file"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if found.uid() != rustix::process::geteuid().as_raw() {
            return Err(FileFault::Exposed("it belongs to another user"));
        }
        if found.mode() & 0o077 != 0 {
            return Err(FileFault::Exposed("other users may read or write it"));
        }
    }
    Ok(())
}

/// Reads a file of at most `limit` bytes that only this user can read.
pub(crate) fn read_private(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileFault> {
    let file = guarded(OpenOptions::new().read(true)).open(path).map_err(|error| FileFault::of(&error))?;
    inspect(&file)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| FileFault::of(&error))?;
    if bytes.len() as u64 > limit {
        return Err(FileFault::Exposed("it is far too long"));
    }
    Ok(bytes)
}

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
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if found.uid() != rustix::process::geteuid().as_raw() {
            return Err(StoreError::Exposed("the folder belongs to another user"));
        }
        if found.mode() & 0o077 != 0 {
            return Err(StoreError::Exposed("other users may look into the folder"));
        }
    }
    Ok(())
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

#[cfg(test)]
#[cfg(unix)]
mod tests;
