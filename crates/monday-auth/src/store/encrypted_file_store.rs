//! Records in files that are encrypted with a key of the caller's.
//!
//! Must not know: files, refreshing.

use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::file_store::{FileStore, Form};
use super::{RecordText, StoreError};
use crate::sealing::{SealKey, open, seal};
use crate::{Runtime, TokenKey, TokenRecord};

/// First in every file; the digit is the format's version.
const MAGIC: &[u8] = b"monday-sealed-record-1\n";

/// A [`FileStore`] whose files are sealed with XChaCha20-Poly1305, bound to the key's id, the token's key and the
/// format: a changed bit, another key's record or another version cannot be read. An older file of the same key, put
/// back by someone who can write there, can: its refresh token is burnt, and the server says so.
#[derive(Debug)]
struct Sealed {
    id: String,
    key: SealKey,
}

impl FileStore {
    /// A store in this folder whose files are encrypted. `id` names the key, so that another one is noticed.
    pub fn encrypted(
        folder: impl Into<PathBuf>,
        id: impl Into<String>,
        key: SealKey,
        runtime: Arc<dyn Runtime>,
    ) -> Self {
        Self::with_form(folder.into(), runtime, Arc::new(Sealed { id: id.into(), key }))
    }
}

impl Sealed {
    fn context(&self, key: &TokenKey) -> Vec<u8> {
        let mut context = MAGIC.to_vec();
        for part in [self.id.as_str(), key.app(), key.account(), key.user()] {
            // With its length, so that no two contexts are the same bytes.
            context.extend((part.len() as u64).to_le_bytes());
            context.extend(part.as_bytes());
        }
        context
    }
}

impl Form for Sealed {
    fn write(&self, key: &TokenKey, record: &TokenRecord) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let text = RecordText::write(key, record)?;
        let sealed = seal(&self.key, &self.context(key), &text);
        let sealed = sealed.ok_or(StoreError::Corrupt("it cannot be sealed"))?;
        Ok(Zeroizing::new([MAGIC, &sealed].concat()))
    }

    fn read(&self, key: &TokenKey, bytes: &[u8]) -> Result<TokenRecord, StoreError> {
        let Some(sealed) = bytes.strip_prefix(MAGIC) else {
            return Err(StoreError::Corrupt("it is no sealed record of this version"));
        };
        let text = open(&self.key, &self.context(key), sealed);
        RecordText::read(key, &text.ok_or(StoreError::Corrupt("it was changed, or sealed for another key"))?)
    }
}

#[cfg(test)]
mod tests;
