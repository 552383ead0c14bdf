//! One secret of the store: what it holds now, and the swap to something else.
//!
//! Must not know: records, who is to have the lease.

use std::sync::Arc;

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use monday_auth::StoreError;
use uuid::Uuid;

use super::kept::Kept;
use crate::fault::Fault;
use crate::secrets_manager::{CURRENT, SecretsManager};

/// The label of a version that does not count yet. One for all, so that what is left over of lost races goes
/// without a label as soon as the next version comes, and Secrets Manager can do away with it.
const PENDING: &str = "MONDAY_PENDING";

/// The label, with a version's id, of what could not be read and is kept for people to look at.
const UNREADABLE: &str = "MONDAY_UNREADABLE";

/// How often it is looked whether a label of what was set aside is left.
const LABEL_TRIES: u32 = 3;

/// The secret of one key.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) manager: SecretsManager,
    pub(super) name: Arc<str>,
    pub(super) kms_key: Option<Arc<str>>,
}

/// What the secret held when it was read.
#[derive(Debug)]
pub(super) struct Found {
    version: String,
    pub(super) kept: Kept,
    /// Someone else wrote it, so that its record is whatever text there was.
    is_foreign: bool,
}

impl Slot {
    pub(super) async fn read(&self) -> Result<Option<Found>, StoreError> {
        let Some(found) = self.manager.current(&self.name).await? else {
            return Ok(None);
        };
        Found::of(found).map(Some)
    }

    /// Makes the secret. Whoever is second finds a conflict.
    pub(super) async fn create(&self, kept: &Kept) -> Result<(), StoreError> {
        let version = Uuid::new_v4().to_string();
        let made = self.manager.create(&self.name, self.kms_key.as_deref(), &version, &kept.write()?).await;
        match made {
            Ok(()) => Ok(()),
            // An earlier try whose answer was lost may have made it.
            Err(fault) if fault == Fault::Exists || fault.is_open() => self.settle(&version, fault).await,
            Err(fault) => Err(fault.into()),
        }
    }

    /// Puts this in the place of what was found, if that is still there, else there is a conflict.
    pub(super) async fn swap(&self, found: &Found, kept: &Kept) -> Result<(), StoreError> {
        let (manager, name) = (&self.manager, &self.name);
        let (text, version) = (kept.write()?, Uuid::new_v4().to_string());
        if found.is_foreign {
            self.keep_version(found).await?;
        }
        manager.put(name, PENDING, &version, &text).await?;
        // Refused when AWSCURRENT is at another version than the one that was found.
        match manager.move_label(name, CURRENT, Some(&found.version), Some(&version)).await {
            Ok(()) => Ok(()),
            Err(fault) => self.settle(&version, fault).await,
        }
    }

    /// After a call that failed: what is there tells whether it was done all the same, or someone else was
    /// first.
    async fn settle(&self, version: &str, fault: Fault) -> Result<(), StoreError> {
        let there = self.read().await?;
        match there {
            Some(found) if found.version == version => Ok(()),
            Some(_) if matches!(fault, Fault::Exists | Fault::Refused | Fault::State) => {
                Err(StoreError::Conflict)
            }
            None if fault == Fault::NotFound => Err(StoreError::Conflict),
            _ => Err(fault.into()),
        }
    }

    /// Labels a version, so that Secrets Manager keeps it.
    pub(super) async fn keep_version(&self, found: &Found) -> Result<(), StoreError> {
        let label = format!("{UNREADABLE}-{}", found.version);
        Ok(self.manager.move_label(&self.name, &label, None, Some(&found.version)).await?)
    }

    /// Takes the labels from what was set aside, so that Secrets Manager does away with it in time.
    pub(super) async fn let_go(&self) -> Result<(), StoreError> {
        for _ in 0..LABEL_TRIES {
            let mut labels = self.manager.labels(&self.name).await?;
            labels.retain(|(label, _)| label.starts_with(UNREADABLE));
            if labels.is_empty() {
                return Ok(());
            }
            for (label, version) in labels {
                match self.manager.move_label(&self.name, &label, Some(&version), None).await {
                    // Another process may have taken it away; it is looked again.
                    Ok(()) | Err(Fault::NotFound | Fault::Refused | Fault::State) => {}
                    Err(fault) => return Err(fault.into()),
                }
            }
        }
        Err(StoreError::Unavailable)
    }
}

impl Found {
    fn of(found: GetSecretValueOutput) -> Result<Self, StoreError> {
        let text = found.secret_string.map(zeroize::Zeroizing::new);
        let kept = text.as_ref().and_then(|text| Kept::read(text));
        let is_foreign = kept.is_none();
        // Bytes of others are no text: an empty one is no record either.
        let foreign =
            || Kept::new(Some(text.as_ref().map(|text| text.to_string()).unwrap_or_default()), None);
        let version = found.version_id.ok_or(StoreError::Unavailable)?;
        Ok(Self { version, kept: kept.unwrap_or_else(foreign), is_foreign })
    }
}
