//! The record in a secret: reading, saving, putting it aside and deleting it.
//!
//! Must not know: who is to have the lease, only whether it still is this one.

use monday_auth::{Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord};

use super::held::Held;
use super::kept::Kept;
use super::slot::{Found, Slot};

/// A delete that finds the secret changed under its hands is tried so often.
const TRIES: u32 = 5;

pub(super) async fn load(slot: &Slot, key: &TokenKey) -> Result<Option<TokenRecord>, StoreError> {
    record_in(key, slot.read().await?.as_ref())
}

pub(super) async fn save(
    key: &TokenKey,
    record: &TokenRecord,
    expect: Expect,
    lease: &Lease,
) -> Result<(), StoreError> {
    let held = Held::of(key, lease)?;
    let text = RecordText::write(key, record)?;
    let text = String::from_utf8(text.to_vec()).map_err(|_| StoreError::Corrupt("it is no text"))?;
    let found = held.slot.read().await?;
    if !expect.is_met(record_in(key, found.as_ref())?.as_ref()) {
        return Err(StoreError::Conflict);
    }
    if let Some(found) = found {
        let holder = held.ours(&found)?.clone();
        held.slot.swap(&found, &Kept::new(Some(text), Some(holder))).await?;
    } else {
        // Purged since the lease was taken, and with it the lease.
        let holder = held.holder(lease.remaining());
        held.slot.create(&Kept::new(Some(text), Some(holder))).await?;
    }
    held.has_saved();
    Ok(())
}

/// Empties the secret and lets go of what was set aside.
pub(super) async fn delete(slot: &Slot) -> Result<(), StoreError> {
    empty(slot, None).await?;
    slot.let_go().await
}

/// Empties the secret, if it is under this lease, and keeps what was in it.
pub(super) async fn set_aside(held: &Held) -> Result<(), StoreError> {
    empty(&held.slot, Some(held)).await
}

/// The lease stays with whoever has it.
async fn empty(slot: &Slot, keeper: Option<&Held>) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let Some(found) = slot.read().await? else {
            return Ok(());
        };
        if let Some(held) = keeper {
            // What a successor saved is no longer what could not be read.
            held.ours(&found)?;
        }
        if found.kept.record.is_none() {
            return Ok(());
        }
        if keeper.is_some() {
            slot.keep_version(&found).await?;
        }
        match slot.swap(&found, &Kept::new(None, found.kept.lease.clone())).await {
            Err(StoreError::Conflict) => {}
            done => return done,
        }
    }
    Err(StoreError::Conflict)
}

fn record_in(key: &TokenKey, found: Option<&Found>) -> Result<Option<TokenRecord>, StoreError> {
    let text = found.and_then(|found| found.kept.record.as_deref());
    text.map(|text| RecordText::read(key, text.as_bytes())).transpose()
}
