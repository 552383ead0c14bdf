//! The record in a secret: reading, saving, putting it aside and deleting it.
//!
//! Must not know: who is to have the lease, only whether it still is this one.

use monday_auth::{Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord};

use super::held::Held;
use super::slot::{Found, Slot};
use super::state::State;

/// Whoever finds the secret changed under their hands tries again so often.
const TRIES: u32 = 5;

/// What the secret says, and the record that it says counts.
pub(super) async fn load(
    slot: &Slot,
    key: &TokenKey,
) -> Result<Option<(Found, Option<TokenRecord>)>, StoreError> {
    for _ in 0..TRIES {
        let Some(found) = slot.read().await? else {
            return Ok(None);
        };
        let Some(number) = found.state.current else {
            return Ok(Some((found, None)));
        };
        // Gone means that there have been two saves since.
        if let Some(payload) = slot.bytes(number).await? {
            return RecordText::read(key, payload.bytes()).map(|record| Some((found, Some(record))));
        }
    }
    Err(StoreError::Corrupt("its version is disabled or destroyed"))
}

pub(super) async fn save(
    key: &TokenKey,
    record: &TokenRecord,
    expect: Expect,
    lease: &Lease,
) -> Result<(), StoreError> {
    let held = Held::of(key, lease)?;
    let (slot, text) = (&held.slot, RecordText::write(key, record)?);
    let Some((found, old)) = load(slot, key).await? else {
        // Someone deleted the secret, and the lease with it.
        return Err(if expect == Expect::Absent { StoreError::NoLease } else { StoreError::Conflict });
    };
    if !expect.is_met(old.as_ref()) {
        return Err(StoreError::Conflict);
    }
    held.check(&found)?;
    let number = slot.add(&text).await?;
    let (current, previous) = (Some(number), found.state.current);
    let swapped = slot.swap(&found, &State { current, previous, ..found.state.next() }).await;
    let needless = match swapped {
        Ok(()) => found.state.previous,
        Err(StoreError::Conflict) => Some(number),
        // It may have been swapped.
        Err(_) => None,
    };
    if let Some(needless) = needless {
        // A version that stays costs a little and holds a token that is spent or never was used.
        let slot = slot.clone();
        held.runtime.spawn(async move { slot.destroy(needless).await });
    }
    swapped
}

/// Puts the record aside, if it is under this lease: its version is kept, and known until a delete.
pub(super) async fn set_aside(held: &Held) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let found = held.slot.read().await?.ok_or(StoreError::NoLease)?;
        // What a successor saved is no longer what could not be read.
        held.check(&found)?;
        let mut state = found.state.next();
        let Some(current) = state.current.take() else {
            return Ok(());
        };
        state.aside.push(current);
        match held.slot.swap(&found, &state).await {
            Err(StoreError::Conflict) => {}
            done => return done,
        }
    }
    Err(StoreError::Conflict)
}

/// Destroys the record and what was put aside. First nobody finds the versions any more, then they are
/// destroyed, then forgotten: a delete that fails in the middle can be called again.
pub(super) async fn delete(slot: &Slot) -> Result<(), StoreError> {
    let doomed = put_all_aside(slot).await?;
    if doomed.is_empty() {
        return Ok(());
    }
    for number in &doomed {
        slot.destroy(*number).await?;
    }
    for _ in 0..TRIES {
        let Some(found) = slot.read().await? else {
            return Ok(());
        };
        let mut state = found.state.next();
        state.aside.retain(|number| !doomed.contains(number));
        match slot.swap(&found, &state).await {
            Err(StoreError::Conflict) => {}
            done => return done,
        }
    }
    Err(StoreError::Conflict)
}

/// The lease stays with whoever has it. All that is aside now.
async fn put_all_aside(slot: &Slot) -> Result<Vec<u64>, StoreError> {
    for _ in 0..TRIES {
        let Some(found) = slot.read().await? else {
            return Ok(Vec::new());
        };
        let mut state = found.state.next();
        let known = [state.current.take(), state.previous.take()];
        if known == [None, None] {
            return Ok(state.aside);
        }
        state.aside.extend(known.into_iter().flatten());
        match slot.swap(&found, &state).await {
            Ok(()) => return Ok(state.aside),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}
