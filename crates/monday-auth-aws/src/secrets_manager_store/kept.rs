//! What a secret of the store holds: a record's text and who has the lease, as one text.
//!
//! Both in one version, so that the swap that saves a record also proves that the lease was not taken over.
//! Must not know: how versions are swapped.

use std::fmt;

use monday_auth::StoreError;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

const FORMAT: &str = "monday-token-store";
const VERSION: u32 = 1;

/// The longest secret, in bytes (quotas of Secrets Manager).
const LONGEST: usize = 65_536;

/// Record and lease of one key.
#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    format: String,
    version: u32,
    pub(super) record: Option<String>,
    pub(super) lease: Option<Holder>,
}

/// Who has the lease, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Holder {
    pub(super) token: String,
    /// Milliseconds from 1970, by the service's clock.
    pub(super) until: u64,
}

impl Kept {
    pub(super) fn new(record: Option<String>, lease: Option<Holder>) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, record, lease }
    }

    /// What the text says; `None` if someone else wrote it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let kept: Self = serde_json::from_str(text).ok()?;
        (kept.format == FORMAT && kept.version == VERSION).then_some(kept)
    }

    pub(super) fn write(&self) -> Result<Zeroizing<String>, StoreError> {
        let text = serde_json::to_string(self).map(Zeroizing::new);
        let text = text.map_err(|_| StoreError::Corrupt("it cannot be written"))?;
        if text.len() > LONGEST { Err(StoreError::TooLong) } else { Ok(text) }
    }

    /// The holder, if its time is not over.
    pub(super) fn holder(&self, now: u64) -> Option<&Holder> {
        self.lease.as_ref().filter(|lease| now < lease.until)
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("lease", &self.lease).finish_non_exhaustive()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.record.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_shown_without_the_record() {
        let lease = Some(Holder { token: "t".to_owned(), until: 7 });
        let kept = Kept::new(Some("not-a-real-record".to_owned()), lease);
        let read = Kept::read(&kept.write().unwrap()).unwrap();
        assert_eq!((&read.record, &read.lease), (&kept.record, &kept.lease));
        assert!(!format!("{kept:?}").contains("real"), "{kept:?}");
        assert!(kept.holder(6).is_some() && kept.holder(7).is_none());
    }

    #[test]
    fn a_record_that_is_too_long_with_its_quotes_is_refused() {
        let fits = "\"".repeat(LONGEST / 2 - 100);
        assert!(Kept::new(Some(fits), None).write().is_ok());
        let longer = "\"".repeat(LONGEST / 2);
        assert_eq!(Kept::new(Some(longer), None).write().err(), Some(StoreError::TooLong));
    }

    #[test]
    fn the_text_of_others_is_not_ours() {
        for text in ["", "{}", "{\"token\":\"x\"}", "x"] {
            assert!(Kept::read(text).is_none(), "{text}");
        }
        let mut newer = Kept::new(None, None);
        newer.version = 2;
        assert!(Kept::read(&newer.write().unwrap()).is_none());
    }
}
