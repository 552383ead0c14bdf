//! What the checks stand on: two handles, keys and records of this run, and a limit for every call.
//!
//! Must not know: what is promised.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::check::{Kept, broken};
use crate::runtime::within;
use crate::unix_time::from_millis;
use crate::{
    BoxFuture, CredentialKind, Expect, Lease, Runtime, Scope, ScopeSet, Secret, StoreError, TokenKey,
    TokenRecord, TokenStore,
};

/// How long a call may take.
const CALL: Duration = Duration::from_secs(20);

/// How long a lease that was given back may take to be free: some stores give it back in the background.
const GIVEN_BACK: Duration = Duration::from_secs(2);

/// How long a lease lasts unless its end is what is looked at.
pub(super) const LONG: Duration = Duration::from_secs(30);

/// Milliseconds from 1970 to the consents of this run.
const CONSENT: u64 = 1_700_000_000_123;

pub(super) struct Ground {
    first: Handle,
    second: Handle,
    pub(super) runtime: Arc<dyn Runtime>,
    run: String,
    count: AtomicU64,
    used: Mutex<BTreeSet<TokenKey>>,
}

/// A store whose calls end.
pub(super) struct Handle {
    store: Arc<dyn TokenStore>,
    runtime: Arc<dyn Runtime>,
}

impl Ground {
    /// `None` without random numbers.
    pub(super) fn new(
        first: Arc<dyn TokenStore>,
        second: Arc<dyn TokenStore>,
        runtime: Arc<dyn Runtime>,
    ) -> Option<Self> {
        let mut random = [0; 12];
        getrandom::fill(&mut random).ok()?;
        let run = random.iter().fold(String::new(), |mut text, byte| {
            // A string takes all that is written.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let handle = |store| Handle { store, runtime: Arc::clone(&runtime) };
        let (first, second) = (handle(first), handle(second));
        Some(Self { first, second, runtime, run, count: AtomicU64::new(0), used: Mutex::default() })
    }

    /// Both handles.
    pub(super) fn handles(&self) -> (&Handle, &Handle) {
        (&self.first, &self.second)
    }

    /// Text that no other run and no other check has.
    pub(super) fn unique(&self) -> String {
        format!("{}-{}", self.run, self.count.fetch_add(1, Ordering::Relaxed))
    }

    /// A key, whose record is deleted at the end.
    pub(super) fn key_of(&self, app: &str, account: &str, user: &str) -> TokenKey {
        let key = TokenKey::new(app, account, user);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        key
    }

    /// A key that nothing else has.
    pub(super) fn key(&self) -> TokenKey {
        self.key_of("conformance", "account", &self.unique())
    }

    /// A record with tokens of its own.
    pub(super) fn record(&self, generation: u64) -> TokenRecord {
        let unique = self.unique();
        TokenRecord {
            access: Secret::new(format!("conformance-access-{unique}")),
            refresh: Some(Secret::new(format!("conformance-refresh-{unique}"))),
            kind: CredentialKind::OAuth,
            scope: ScopeSet::from([Scope::MeRead, Scope::BoardsRead]),
            obtained_at: from_millis(CONSENT + generation),
            expires_at: Some(from_millis(CONSENT + generation + 3_600_000)),
            authorized_at: from_millis(CONSENT),
            generation,
            issuer: "https://auth.example.com/conformance".to_owned(),
            needs_consent: false,
        }
    }

    pub(super) async fn pause(&self, time: Duration) {
        self.runtime.sleep(time).await;
    }

    /// Deletes all records of this run.
    pub(super) async fn clean(&self) -> Kept {
        let used = std::mem::take(&mut *self.used.lock().unwrap_or_else(PoisonError::into_inner));
        let mut result = Ok(());
        for key in used {
            match self.first.delete(&key).await {
                // Of a key that no record can be saved under.
                Ok(()) | Err(Failed::Store(StoreError::TooLong)) => {}
                Err(failed) => result = Err(failed.into()),
            }
        }
        result
    }
}

/// A call that failed, or did not come back.
pub(super) enum Failed {
    Store(StoreError),
    Late(&'static str),
}

impl From<Failed> for String {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Store(error) => error.to_string(),
            Failed::Late(call) => format!("a {call} does not come back within 20 seconds"),
        }
    }
}

impl Handle {
    async fn call<T>(
        &self,
        name: &'static str,
        call: BoxFuture<'_, Result<T, StoreError>>,
    ) -> Result<T, Failed> {
        match within(&self.runtime, CALL, call).await {
            Some(result) => result.map_err(Failed::Store),
            None => Err(Failed::Late(name)),
        }
    }

    pub(super) async fn load(&self, key: &TokenKey) -> Result<Option<Arc<TokenRecord>>, Failed> {
        self.call("load", self.store.load(key)).await
    }

    pub(super) async fn delete(&self, key: &TokenKey) -> Result<(), Failed> {
        self.call("delete", self.store.delete(key)).await
    }

    pub(super) async fn set_aside(&self, key: &TokenKey, lease: &Lease) -> Result<(), Failed> {
        self.call("set_aside", self.store.set_aside(key, lease)).await
    }

    pub(super) async fn check_writable(&self, key: &TokenKey, lease: &Lease) -> Result<(), Failed> {
        self.call("check_writable", self.store.check_writable(key, lease)).await
    }

    /// Asks for a lease once.
    pub(super) async fn try_lease(&self, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, Failed> {
        self.call("lease", self.store.lease(key, ttl)).await
    }

    /// The lease on a key that may just be given back, unless it cannot be had for 2 seconds.
    pub(super) async fn wait_for_lease(&self, key: &TokenKey, ttl: Duration) -> Kept<Option<Lease>> {
        let begun = self.runtime.elapsed();
        loop {
            let lease = self.try_lease(key, ttl).await?;
            if lease.is_some() || self.runtime.elapsed().saturating_sub(begun) >= GIVEN_BACK {
                return Ok(lease);
            }
            self.runtime.sleep(Duration::from_millis(50)).await;
        }
    }

    /// The lease on a key that nobody holds any more.
    pub(super) async fn lease_for(&self, key: &TokenKey, ttl: Duration) -> Kept<Lease> {
        match self.wait_for_lease(key, ttl).await? {
            Some(lease) => Ok(lease),
            None => broken("nobody holds the lease, and it cannot be had within 2 seconds"),
        }
    }

    pub(super) async fn lease(&self, key: &TokenKey) -> Kept<Lease> {
        self.lease_for(key, LONG).await
    }

    /// What a save under this lease comes to. The inner error is the store's word, the outer one that it had none.
    pub(super) async fn try_save(
        &self,
        key: &TokenKey,
        record: &Arc<TokenRecord>,
        expect: Expect,
        lease: &Lease,
    ) -> Kept<Result<(), StoreError>> {
        match self.call("save", self.store.save(key, Arc::clone(record), expect, lease)).await {
            Ok(()) => Ok(Ok(())),
            Err(Failed::Store(error)) => Ok(Err(error)),
            Err(late @ Failed::Late(_)) => Err(late.into()),
        }
    }

    /// A save under this lease that must happen.
    pub(super) async fn save(
        &self,
        key: &TokenKey,
        record: &Arc<TokenRecord>,
        expect: Expect,
        lease: &Lease,
    ) -> Kept {
        let saved = self.try_save(key, record, expect, lease).await?;
        saved.map_err(|error| format!("a save that is as expected is refused: {error}"))
    }

    /// A first save under a lease of its own.
    pub(super) async fn put(&self, key: &TokenKey, record: &Arc<TokenRecord>) -> Kept {
        let lease = self.lease(key).await?;
        self.save(key, record, Expect::Absent, &lease).await
    }

    /// The record of this key is this one.
    pub(super) async fn has(&self, key: &TokenKey, record: &TokenRecord) -> Kept {
        super::check::same(self.load(key).await?.as_deref(), record)
    }

    /// There is no record of this key.
    pub(super) async fn has_none(&self, key: &TokenKey) -> Kept {
        super::check::holds(self.load(key).await?.is_none(), "there is a record")
    }
}
