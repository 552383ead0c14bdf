//! Promises about records: load, save by compare-and-swap, delete, set aside.
//!
//! Must not know: how long leases last.

use std::sync::Arc;

use futures_util::future::join;

use super::check::{Check, Kept, broken, conflicts, holds};
use super::ground::Ground;
use crate::unix_time::from_millis;
use crate::{CredentialKind, Expect, ScopeSet, StoreError, TokenRecord};

pub(super) const CHECKS: &[Check] = &[
    Check { promise: "a key that was never saved has no record", run: |at| Box::pin(nothing(at)) },
    Check {
        promise: "a saved record is read back whole through the other handle",
        run: |at| Box::pin(whole(at)),
    },
    Check {
        promise: "a save that expects no record is a conflict where there is one, and changes nothing",
        run: |at| Box::pin(not_absent(at)),
    },
    Check {
        promise: "a save that expects another version is a conflict and changes nothing",
        run: |at| Box::pin(another_version(at)),
    },
    Check {
        promise: "a save that expects a version is a conflict where there is no record, and saves nothing",
        run: |at| Box::pin(no_version(at)),
    },
    Check {
        promise: "a save that expects what the other process has replaced is a conflict and changes nothing",
        run: |at| Box::pin(replaced(at)),
    },
    Check {
        promise: "of two saves at once that expect the same exactly one happens",
        run: |at| Box::pin(at_once(at)),
    },
    Check {
        promise: "a delete removes the record for every process, and a second one does no harm",
        run: |at| Box::pin(deleted(at)),
    },
    Check {
        promise: "a save that expects a deleted version is a conflict, and the record stays deleted",
        run: |at| Box::pin(after_delete(at)),
    },
    Check {
        promise: "a record that is set aside leaves its key free for the next",
        run: |at| Box::pin(set_aside(at)),
    },
    Check {
        promise: "the check that comes before a save succeeds under a lease and changes no record",
        run: |at| Box::pin(checked(at)),
    },
];

async fn nothing(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key();
    first.has_none(&key).await?;
    second.has_none(&key).await
}

/// Every value that a field can have.
fn kinds_of_record(at: &Ground) -> [TokenRecord; 4] {
    let tombstone = at.record(1).tombstone();
    let legacy = TokenRecord {
        refresh: None,
        kind: CredentialKind::LegacyOAuth,
        scope: ScopeSet::default(),
        expires_at: None,
        generation: 1 << 53,
        ..at.record(3)
    };
    let odd = TokenRecord {
        scope: ScopeSet::parse("conformance:unknown me:read"),
        issuer: "https://auth.example.com/\u{e9}\"\\".to_owned(),
        expires_at: Some(from_millis(253_402_300_799_000)),
        authorized_at: from_millis(1_700_000_001_999),
        ..at.record(4)
    };
    [at.record(0), tombstone, legacy, odd]
}

async fn whole(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    for record in kinds_of_record(at).map(Arc::new) {
        let key = at.key();
        first.put(&key, &record).await?;
        second.has(&key, &record).await?;
        first.has(&key, &record).await?;
    }
    Ok(())
}

async fn not_absent(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    first.put(&key, &record).await?;
    let lease = second.lease(&key).await?;
    conflicts(second.try_save(&key, &Arc::new(at.record(2)), Expect::Absent, &lease).await?)?;
    first.has(&key, &record).await
}

async fn another_version(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(7)));
    first.put(&key, &record).await?;
    let lease = first.lease(&key).await?;
    let version = record.version();
    let later = |consent: u64, generation: u64| {
        let mut other = version;
        (other.authorized_at, other.generation) = (consent, generation);
        Expect::Version(other)
    };
    for other in [
        later(version.authorized_at, 6),
        later(version.authorized_at, 8),
        later(version.authorized_at + 1, 7),
        later(version.authorized_at - 1, 7),
        later(version.authorized_at, 0),
    ] {
        conflicts(first.try_save(&key, &Arc::new(at.record(8)), other, &lease).await?)?;
        second.has(&key, &record).await?;
    }
    let next = Arc::new(at.record(8));
    first.save(&key, &next, Expect::Version(version), &lease).await?;
    second.has(&key, &next).await
}

async fn no_version(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    let lease = first.lease(&key).await?;
    conflicts(first.try_save(&key, &record, Expect::Version(record.version()), &lease).await?)?;
    second.has_none(&key).await
}

async fn replaced(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, old, new) = (at.key(), Arc::new(at.record(1)), Arc::new(at.record(2)));
    first.put(&key, &old).await?;
    let expect = Expect::Version(old.version());
    let lease = second.lease(&key).await?;
    second.save(&key, &new, expect, &lease).await?;
    drop(lease);
    let lease = first.lease(&key).await?;
    conflicts(first.try_save(&key, &Arc::new(at.record(2)), expect, &lease).await?)?;
    second.has(&key, &new).await
}

async fn at_once(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    for _ in 0..8 {
        let (key, old) = (at.key(), Arc::new(at.record(1)));
        first.put(&key, &old).await?;
        let expect = Expect::Version(old.version());
        let (one, other) = (Arc::new(at.record(2)), Arc::new(at.record(2)));
        let lease = first.lease(&key).await?;
        let saves =
            join(first.try_save(&key, &one, expect, &lease), first.try_save(&key, &other, expect, &lease));
        let winner = match saves.await {
            (Ok(Ok(())), Ok(Err(StoreError::Conflict))) => one,
            (Ok(Err(StoreError::Conflict)), Ok(Ok(()))) => other,
            (Ok(Ok(())), Ok(Ok(()))) => return broken("both happen"),
            (Err(late), _) | (_, Err(late)) => return Err(late),
            (Ok(Err(error)), _) | (_, Ok(Err(error))) => {
                return broken(format!("one is refused for another reason: {error}"));
            }
        };
        second.has(&key, &winner).await?;
    }
    Ok(())
}

async fn deleted(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key();
    first.put(&key, &Arc::new(at.record(1))).await?;
    second.delete(&key).await?;
    first.has_none(&key).await?;
    second.has_none(&key).await?;
    second.delete(&key).await?;
    first.delete(&key).await?;
    first.has_none(&key).await
}

async fn after_delete(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, old, new) = (at.key(), Arc::new(at.record(1)), Arc::new(at.record(2)));
    first.put(&key, &old).await?;
    let expect = Expect::Version(old.version());
    let lease = first.lease(&key).await?;
    second.delete(&key).await?;
    // A store may take back the lease with the record.
    let saved = first.try_save(&key, &new, expect, &lease).await?;
    holds(matches!(saved, Err(StoreError::Conflict | StoreError::NoLease)), "the deleted record is back")?;
    second.has_none(&key).await?;
    drop(lease);
    let lease = second.lease(&key).await?;
    conflicts(second.try_save(&key, &new, expect, &lease).await?)?;
    first.has_none(&key).await?;
    second.save(&key, &new, Expect::Absent, &lease).await?;
    first.has(&key, &new).await
}

async fn set_aside(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, new) = (at.key(), Arc::new(at.record(1)));
    first.put(&key, &Arc::new(at.record(5))).await?;
    let lease = first.lease(&key).await?;
    first.set_aside(&key, &lease).await?;
    second.has_none(&key).await?;
    drop(lease);
    second.put(&key, &new).await?;
    first.has(&key, &new).await?;
    second.delete(&key).await?;
    first.has_none(&key).await
}

async fn checked(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    let lease = first.lease(&key).await?;
    first.check_writable(&key, &lease).await?;
    second.has_none(&key).await?;
    first.save(&key, &record, Expect::Absent, &lease).await?;
    first.check_writable(&key, &lease).await?;
    second.has(&key, &record).await?;
    let next = Arc::new(at.record(2));
    first.save(&key, &next, Expect::Version(record.version()), &lease).await?;
    second.has(&key, &next).await
}
