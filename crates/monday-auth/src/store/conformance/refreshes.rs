//! The promise that all others are for: many processes that refresh one key, and no save is lost.
//!
//! Must not know: tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::try_join_all;

use super::check::{Check, Kept, broken, holds};
use super::ground::{Ground, Handle, LONG};
use crate::{Expect, StoreError, TokenKey};

pub(super) const CHECKS: &[Check] = &[Check {
    promise: "of many processes that lease, load and save one key no save is lost",
    run: |at| Box::pin(many(at)),
}];

/// How many there are, and how many saves they do in all.
const TASKS: usize = 8;
const SAVES: u64 = 24;

/// How long they may take.
const TIME: Duration = Duration::from_mins(1);

async fn many(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, saved) = (at.key(), AtomicU64::new(0));
    first.put(&key, &Arc::new(at.record(0))).await?;
    let handles = [first, second].into_iter().cycle().take(TASKS);
    try_join_all(handles.map(|handle| refresh(at, handle, &key, &saved))).await?;
    let saved = saved.load(Ordering::SeqCst);
    let last = second.load(&key).await?.map_or(0, |record| record.generation);
    holds(last == saved, &format!("{saved} saves, and the generation is {last}"))
}

async fn refresh(at: &Ground, handle: &Handle, key: &TokenKey, saved: &AtomicU64) -> Kept {
    let begun = at.runtime.elapsed();
    while saved.load(Ordering::SeqCst) < SAVES {
        if at.runtime.elapsed().saturating_sub(begun) > TIME {
            return broken("24 saves take more than a minute");
        }
        let Some(lease) = handle.try_lease(key, LONG).await? else {
            at.pause(Duration::from_millis(5)).await;
            continue;
        };
        let found = handle.load(key).await?.ok_or("the record is gone")?;
        let next = Arc::new(at.record(found.generation + 1));
        match handle.try_save(key, &next, Expect::Version(found.version()), &lease).await? {
            Ok(()) => _ = saved.fetch_add(1, Ordering::SeqCst),
            // Nothing was saved, and nothing is lost.
            Err(StoreError::Conflict | StoreError::NoLease) => {}
            Err(error) => return broken(format!("a save is refused for another reason: {error}")),
        }
        drop(lease);
        // Room for the others.
        at.pause(Duration::from_millis(1)).await;
    }
    Ok(())
}
