//! Files that only their owner can read.
//!
//! Must not know: what is in them.

#[cfg(feature = "oauth")]
mod written;

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

#[cfg(feature = "oauth")]
pub(crate) use written::{open_private, private_folder, replace, sync_folder};

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
    let exposure = exposure(&found, "it belongs to another user", "other users may read or write it");
    exposure.map_or(Ok(()), |why| Err(FileFault::Exposed(why)))
}

/// What is wrong with a file or folder that others own or can get at: one of these, if anything.
#[cfg(unix)]
fn exposure(found: &Metadata, is_anothers: &'static str, is_open: &'static str) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt as _;
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Some(is_anothers);
    }
    (found.mode() & 0o077 != 0).then_some(is_open)
}

#[cfg(not(unix))]
fn exposure(_: &Metadata, _: &'static str, _: &'static str) -> Option<&'static str> {
    None
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

#[cfg(test)]
#[cfg(all(unix, feature = "oauth"))]
mod tests;
