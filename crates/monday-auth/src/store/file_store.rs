//! Records in files of this user, one file for each key.
//!
//! Must not know: refreshing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use zeroize::Zeroizing;

use super::lock_file::{self, Held};
use super::{Expect, Lease, RecordText, StoreError, TokenStore};
use crate::private_file::{FileFault, open_private, private_folder, read_private, replace, sync_folder};
use crate::runtime::off_thread;
use crate::token_record::millis;
use crate::{BoxFuture, Runtime, TokenKey, TokenRecord};

/// What a file has at most beyond its record's text: a seal with its mark.
const SEAL: usize = 128;

/// A longer file is no record. A preflight writes as much.
const LONGEST: usize = RecordText::LONGEST + SEAL;

/// Turns a record into the bytes of a file and back.
pub(super) trait Form: std::fmt::Debug + Send + Sync + 'static {
    fn write(&self, key: &TokenKey, record: &TokenRecord) -> Result<Zeroizing<Vec<u8>>, StoreError>;
    fn read(&self, key: &TokenKey, bytes: &[u8]) -> Result<TokenRecord, StoreError>;
}

/// Records in the open, guarded by the file's mode.
#[derive(Debug)]
struct Plain;

impl Form for Plain {
    fn write(&self, key: &TokenKey, record: &TokenRecord) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        RecordText::write(key, record)
    }

    fn read(&self, key: &TokenKey, bytes: &[u8]) -> Result<TokenRecord, StoreError> {
        RecordText::read(key, bytes)
    }
}

/// Keeps each key's record in a file of mode 0600 in a folder of mode 0700, in plain text.
///
/// A save writes a new file, syncs it, renames it over the old one and syncs the folder. The lease is a lock on a file
/// beside it, which the system gives back when its process ends. Files that others can read, links, and whatever is not
/// a plain file are refused. On network file systems locks are only as good as the server's.
#[derive(Debug, Clone)]
pub struct FileStore {
    folder: PathBuf,
    runtime: Arc<dyn Runtime>,
    form: Arc<dyn Form>,
}

struct Paths {
    folder: PathBuf,
    record: PathBuf,
    temporary: PathBuf,
    name: String,
}

impl Paths {
    /// What was set aside under the key: it may hold tokens.
    fn aside(&self) -> Result<Vec<PathBuf>, StoreError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(StoreError::io("read"))?,
        };
        let prefix = format!("{}.", self.name);
        let is_aside =
            |name: &str| name.strip_prefix(&prefix).is_some_and(|rest| rest.ends_with(".unreadable"));
        let names = entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_aside));
        Ok(names.map(|entry| entry.path()).collect())
    }
}

impl FileStore {
    /// A store in this folder, which is made when first needed.
    pub fn new(folder: impl Into<PathBuf>, runtime: Arc<dyn Runtime>) -> Self {
        Self::with_form(folder.into(), runtime, Arc::new(Plain))
    }

    pub(super) fn with_form(folder: PathBuf, runtime: Arc<dyn Runtime>, form: Arc<dyn Form>) -> Self {
        Self { folder, runtime, form }
    }

    /// The file a key's record is in.
    #[must_use]
    pub fn path_of(&self, key: &TokenKey) -> PathBuf {
        self.paths(key).record
    }

    fn paths(&self, key: &TokenKey) -> Paths {
        let name = key.name();
        let at = |ending| self.folder.join(format!("{name}.{ending}"));
        Paths { folder: self.folder.clone(), record: at("json"), temporary: at("tmp"), name }
    }

    /// Runs work on this key's files where it blocks no task.
    fn work<'a, T: Send + 'static>(
        &'a self,
        key: &TokenKey,
        work: impl FnOnce(&Paths, &TokenKey, &dyn Form) -> Result<T, StoreError> + Send + 'static,
    ) -> BoxFuture<'a, Result<T, StoreError>> {
        let (paths, key, form) = (self.paths(key), key.clone(), Arc::clone(&self.form));
        Box::pin(async move {
            let done = off_thread(&self.runtime, move || work(&paths, &key, &*form)).await;
            done.unwrap_or(Err(StoreError::Unavailable))
        })
    }
}

fn load(path: &Path, key: &TokenKey, form: &dyn Form) -> Result<Option<TokenRecord>, StoreError> {
    match read_private(path, LONGEST as u64) {
        Ok(bytes) => form.read(key, &bytes).map(Some),
        Err(FileFault::Absent) => Ok(None),
        Err(FileFault::Io(kind)) => Err(StoreError::Io { doing: "read", kind }),
        Err(FileFault::Exposed(what)) => Err(StoreError::Exposed(what)),
    }
}

impl TokenStore for FileStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        self.work(key, |paths, key, form| {
            if !paths.folder.exists() {
                return Ok(None);
            }
            private_folder(&paths.folder)?;
            Ok(load(&paths.record, key, form)?.map(Arc::new))
        })
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let held = match Held::by(lease, key) {
            Ok(held) => held,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        self.work(key, move |paths, key, form| {
            // Kept to the end, also when whoever asked has given up and dropped the lease.
            let _turn = held.turn();
            private_folder(&paths.folder)?;
            if !expect.is_met(load(&paths.record, key, form)?.as_ref()) {
                return Err(StoreError::Conflict);
            }
            replace(&paths.record, &paths.temporary, &form.write(key, &record)?)
        })
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.work(key, |paths, _, _| {
            // The lock file stays: another process may be waiting on it.
            for path in [paths.record.clone(), paths.temporary.clone()].into_iter().chain(paths.aside()?) {
                match fs::remove_file(path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(StoreError::io("written")(error));
                    }
                    _ => {}
                }
            }
            if paths.folder.exists() { sync_folder(&paths.record) } else { Ok(()) }
        })
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        self.work(key, move |paths, key, _| lock_file::lease(&paths.folder, key, ttl))
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        _: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.work(key, |paths, _, _| {
            use std::io::Write as _;
            private_folder(&paths.folder)?;
            let mut file = open_private(&paths.temporary, true)?;
            file.write_all(&vec![b' '; LONGEST]).map_err(StoreError::io("written"))?;
            file.sync_all().map_err(StoreError::io("written"))
        })
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, _: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        self.work(key, |paths, _, _| {
            let aside = paths.folder.join(format!("{}.{}.unreadable", paths.name, millis(SystemTime::now())));
            match fs::rename(&paths.record, aside) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(StoreError::io("written")(error))
                }
                _ => sync_folder(&paths.record),
            }
        })
    }
}

#[cfg(test)]
mod tests;
