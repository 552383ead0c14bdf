//! Promises about leases: one at a time, for one key, for a while.
//!
//! Must not know: what is in a record.

use std::sync::Arc;
use std::time::Duration;

use super::check::{Check, Kept, broken, holds};
use super::ground::{Ground, LONG};
use crate::{Expect, StoreError};

pub(super) const CHECKS: &[Check] = &[
    Check {
        promise: "while a lease is held nobody else has one on the key",
        run: |at| Box::pin(one_at_a_time(at)),
    },
    Check {
        promise: "a lease that is dropped can be had again within 2 seconds",
        run: |at| Box::pin(given_back(at)),
    },
    Check { promise: "under the lease on another key nothing is saved", run: |at| Box::pin(another_key(at)) },
    Check {
        promise: "leases on different keys do not hinder each other",
        run: |at| Box::pin(side_by_side(at)),
    },
    Check {
        promise: "a lease lasts as long as was asked for, and can be used to its end",
        run: |at| Box::pin(lasts(at)),
    },
    Check { promise: "under a lease whose time has ended nothing is saved", run: |at| Box::pin(ended(at)) },
    Check {
        promise: "dropping a lease that has ended takes nobody's lease away",
        run: |at| Box::pin(dropped_late(at)),
    },
];

const SHORT: Duration = Duration::from_millis(300);
const A_WHILE: Duration = Duration::from_millis(500);

async fn one_at_a_time(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key();
    for (holder, other) in [(first, second), (second, first)] {
        let lease = holder.lease(&key).await?;
        holds(other.try_lease(&key, LONG).await?.is_none(), "the other process has one too")?;
        holds(holder.try_lease(&key, LONG).await?.is_none(), "the same process has a second one")?;
        // Those who asked in vain have changed nothing.
        holds(other.try_lease(&key, LONG).await?.is_none(), "the other process has one when it asks again")?;
        holder.save(&key, &Arc::new(at.record(1)), Expect::Absent, &lease).await?;
        drop(lease);
        holder.delete(&key).await?;
    }
    Ok(())
}

async fn given_back(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key();
    for handle in [first, second, second, first] {
        let lease = handle.lease(&key).await?;
        holds(lease.covers(&key), "the lease does not cover its key")?;
    }
    Ok(())
}

async fn another_key(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, other, record) = (at.key(), at.key(), Arc::new(at.record(1)));
    let lease = first.lease(&key).await?;
    match first.try_save(&other, &record, Expect::Absent, &lease).await? {
        Err(StoreError::NoLease) => {}
        Err(error) => return broken(format!("the save is refused for another reason: {error}")),
        Ok(()) => return broken("the record is saved"),
    }
    second.has_none(&other).await?;
    second.has_none(&key).await
}

async fn side_by_side(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (one, other, record) = (at.key(), at.key(), Arc::new(at.record(1)));
    let lease = first.lease(&one).await?;
    for handle in [first, second] {
        // The round before may be giving it back still.
        let Some(beside) = handle.wait_for_lease(&other, LONG).await? else {
            return broken("it cannot be had while the lease on another key is held");
        };
        handle.save(&other, &record, Expect::Absent, &beside).await?;
        drop(beside);
        handle.delete(&other).await?;
        // The other key's lease may be given back in the background.
        drop(handle.lease(&other).await?);
    }
    first.save(&one, &record, Expect::Absent, &lease).await
}

async fn lasts(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    let lease = first.lease(&key).await?;
    at.pause(A_WHILE).await;
    holds(second.try_lease(&key, LONG).await?.is_none(), "one of 30 seconds is over after half a second")?;
    holds(first.try_lease(&key, LONG).await?.is_none(), "one of 30 seconds is over after half a second")?;
    holds(lease.covers(&key), "one of 30 seconds does not cover its key after half a second")?;
    let left = lease.remaining();
    holds(left <= LONG, "one of 30 seconds says it has more left")?;
    first.save(&key, &record, Expect::Absent, &lease).await
}

async fn ended(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    first.put(&key, &record).await?;
    let lease = first.lease_for(&key, SHORT).await?;
    at.pause(SHORT + A_WHILE).await;
    let (next, expect) = (Arc::new(at.record(2)), Expect::Version(record.version()));
    match first.try_save(&key, &next, expect, &lease).await? {
        Err(StoreError::NoLease | StoreError::Conflict) => {}
        Err(error) => return broken(format!("the save is refused for another reason: {error}")),
        Ok(()) => return broken("the record is saved"),
    }
    second.has(&key, &record).await
}

async fn dropped_late(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    let late = first.lease_for(&key, SHORT).await?;
    at.pause(SHORT + A_WHILE).await;
    // A store may also keep it until it is dropped, as one does whose leases are locks.
    let Some(successor) = second.try_lease(&key, LONG).await? else {
        drop(late);
        return second.lease(&key).await.map(drop);
    };
    second.save(&key, &record, Expect::Absent, &successor).await?;
    drop(late);
    at.pause(A_WHILE).await;
    let third = first.try_lease(&key, LONG).await?;
    holds(third.is_none(), "its successor's lease was given away")?;
    second.save(&key, &Arc::new(at.record(2)), Expect::Version(record.version()), &successor).await
}
