//! Promises about sizes: what is kept, and what is refused.
//!
//! Must not know: where a store's limit comes from.

use std::sync::Arc;

use super::check::{Check, Kept, broken, holds};
use super::ground::{Failed, Ground, LONG};
use crate::{Expect, RecordText, Secret, StoreError, TokenRecord};

pub(super) const CHECKS: &[Check] = &[
    Check { promise: "a record of 48 KiB is kept whole", run: |at| Box::pin(large(at)) },
    Check {
        promise: "a record of 1 MB is refused as too long, and the one before stays as it was",
        run: |at| Box::pin(huge(at)),
    },
    Check {
        promise: "a record of a little more than 64 KiB is refused as too long",
        run: |at| Box::pin(over(at)),
    },
    Check {
        promise: "a key that makes the record longer than 64 KiB is refused as too long",
        run: |at| Box::pin(long_key(at)),
    },
];

const LARGE: usize = 48 * 1024;
const MEGABYTE: usize = 1 << 20;

/// A record whose access token has this length.
fn record_of(at: &Ground, generation: u64, length: usize) -> Arc<TokenRecord> {
    let mut token = at.unique();
    token.extend("conformance".chars().cycle().take(length.saturating_sub(token.len())));
    Arc::new(TokenRecord { access: Secret::new(token), ..at.record(generation) })
}

fn refused(saved: Result<(), StoreError>) -> Kept {
    match saved {
        Err(StoreError::TooLong) => Ok(()),
        Err(error) => broken(format!("it is refused for another reason: {error}")),
        Ok(()) => broken("it is saved"),
    }
}

async fn large(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key();
    // The rest of the text takes some hundred bytes.
    let record = record_of(at, 1, LARGE - 1024);
    first.put(&key, &record).await?;
    second.has(&key, &record).await?;
    let lease = second.lease(&key).await?;
    let small = Arc::new(at.record(2));
    second.save(&key, &small, Expect::Version(record.version()), &lease).await?;
    first.has(&key, &small).await
}

async fn huge(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let (key, record) = (at.key(), Arc::new(at.record(1)));
    let lease = first.lease(&key).await?;
    refused(first.try_save(&key, &record_of(at, 1, MEGABYTE), Expect::Absent, &lease).await?)?;
    second.has_none(&key).await?;
    first.save(&key, &record, Expect::Absent, &lease).await?;
    let expect = Expect::Version(record.version());
    refused(first.try_save(&key, &record_of(at, 2, MEGABYTE), expect, &lease).await?)?;
    second.has(&key, &record).await?;
    let next = Arc::new(at.record(2));
    first.save(&key, &next, expect, &lease).await?;
    second.has(&key, &next).await
}

async fn over(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key();
    let lease = first.lease(&key).await?;
    let record = record_of(at, 1, RecordText::LONGEST);
    refused(first.try_save(&key, &record, Expect::Absent, &lease).await?)?;
    second.has_none(&key).await
}

async fn long_key(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let key = at.key_of(&at.unique(), &"a".repeat(MEGABYTE), "user");
    let lease = match first.try_lease(&key, LONG).await {
        Ok(lease) => lease.ok_or("nobody holds the lease, and it cannot be had")?,
        Err(Failed::Store(StoreError::TooLong)) => return Ok(()),
        Err(failed) => return Err(failed.into()),
    };
    refused(first.try_save(&key, &Arc::new(at.record(1)), Expect::Absent, &lease).await?)?;
    match second.load(&key).await {
        Ok(found) => holds(found.is_none(), "there is a record"),
        Err(Failed::Store(StoreError::TooLong)) => Ok(()),
        Err(failed) => Err(failed.into()),
    }
}
