//! A store as one writes it against a server, with leases that end by themselves, and one fault of choice.
//!
//! Must not know: the suite.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::{BoxFuture, Expect, Lease, RecordText, Secret, StoreError, TokenKey, TokenRecord, TokenStore};

/// What is wrong with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Nothing,
    IgnoresExpect,
    ComparesGenerationsOnly,
    TakesAnyVersionForNone,
    ComparesAndSwapsInTwoSteps,
    ForgetsTheRefreshToken,
    ForgetsTheNeedOfConsent,
    KeepsSeconds,
    Truncates,
    KeepsAMegabyte,
    KeepsALittleTooMuch,
    LosesDeletes,
    BringsDeletedBack,
    FailsOnASecondDelete,
    SetsNothingAside,
    WritesWhenChecked,
    AlwaysLends,
    NeverTakesBack,
    GivesBackAnothersLease,
    EndsLeasesAtOnce,
    TakesAnyLease,
    TakesEndedLeases,
    LendsOneLeaseForAllKeys,
    LowersCase,
    Trims,
    JoinsParts,
    LeasesInLowerCase,
    DeletesByPrefix,
    RefusesNul,
    RefusesEscapes,
    KeepsLongKeys,
    LosesOneSave,
    KeepsWhatHasALongPart,
    NeverAnswers,
}

#[derive(Debug, Default)]
struct Kept {
    records: HashMap<String, Arc<TokenRecord>>,
    deleted: HashMap<String, Arc<TokenRecord>>,
    leases: HashMap<String, (u64, Instant)>,
}

/// The store. Clones share what is kept.
#[derive(Debug, Clone)]
pub(super) struct Careless {
    fault: Fault,
    kept: Arc<Mutex<Kept>>,
}

struct Guard {
    store: Careless,
    key: String,
    number: u64,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let mut kept = self.store.kept.lock().unwrap();
        let is_ours = kept.leases.get(&self.key).is_some_and(|(number, _)| *number == self.number);
        let gives_back = match self.store.fault {
            Fault::GivesBackAnothersLease => true,
            Fault::NeverTakesBack => false,
            _ => is_ours,
        };
        if gives_back {
            kept.leases.remove(&self.key);
        }
    }
}

impl Careless {
    pub(super) fn with(fault: Fault) -> Self {
        Self { fault, kept: Arc::default() }
    }

    pub(super) fn records(&self) -> usize {
        self.kept.lock().unwrap().records.len()
    }

    fn name(&self, key: &TokenKey) -> String {
        let parts = [key.app(), key.account(), key.user()];
        match self.fault {
            Fault::LowersCase => parts.map(str::to_lowercase).join("\u{1}"),
            Fault::Trims => parts.map(str::trim).join("\u{1}"),
            Fault::JoinsParts => parts.concat(),
            _ => parts.map(|part| format!("{}:{part}", part.len())).concat(),
        }
    }

    fn lease_name(&self, key: &TokenKey) -> String {
        match self.fault {
            Fault::LeasesInLowerCase => self.name(key).to_lowercase(),
            Fault::LendsOneLeaseForAllKeys => String::new(),
            _ => self.name(key),
        }
    }

    /// The record as it is kept.
    fn written(&self, key: &TokenKey, record: &TokenRecord) -> Result<TokenRecord, StoreError> {
        match self.fault {
            Fault::KeepsAMegabyte => {}
            Fault::KeepsLongKeys => drop(RecordText::write(&TokenKey::new("a", "b", "c"), record)?),
            Fault::KeepsALittleTooMuch if record.access.expose().len() < 100_000 => {}
            _ => drop(RecordText::write(key, record)?),
        }
        let copy = record.tombstone();
        let mut copy = TokenRecord {
            refresh: record.refresh.as_ref().map(Secret::duplicate),
            generation: record.generation,
            needs_consent: record.needs_consent,
            ..copy
        };
        match self.fault {
            Fault::ForgetsTheRefreshToken => copy.refresh = None,
            Fault::ForgetsTheNeedOfConsent => copy.needs_consent = false,
            Fault::KeepsSeconds => {
                let seconds = copy.authorized_at.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
                copy.authorized_at = crate::unix_time::from_millis(seconds * 1000);
            }
            Fault::Truncates => {
                copy.access = Secret::new(copy.access.expose().chars().take(4096).collect::<String>());
            }
            _ => {}
        }
        Ok(copy)
    }

    fn is_met(&self, expect: Expect, found: Option<&TokenRecord>) -> bool {
        match (self.fault, expect) {
            (Fault::IgnoresExpect, _) => true,
            (Fault::ComparesGenerationsOnly, Expect::Version(version)) => {
                found.is_some_and(|found| found.generation == version.generation)
            }
            (Fault::TakesAnyVersionForNone, Expect::Version(_)) if found.is_none() => true,
            _ => expect.is_met(found),
        }
    }

    fn try_save(
        &self,
        key: &TokenKey,
        record: &TokenRecord,
        expect: Expect,
        lease: &Lease,
    ) -> Result<(), StoreError> {
        let guard = lease.guard::<Guard>().ok_or(StoreError::NoLease)?;
        let mut kept = self.kept.lock().unwrap();
        let name = self.name(key);
        let held = kept.leases.get(&guard.key);
        let holds = held.is_some_and(|(number, end)| *number == guard.number && Instant::now() < *end);
        let may = match self.fault {
            Fault::TakesAnyLease | Fault::AlwaysLends => true,
            Fault::TakesEndedLeases => guard.key == name,
            Fault::LendsOneLeaseForAllKeys | Fault::LeasesInLowerCase => lease.covers(key),
            _ => lease.covers(key) && holds,
        };
        if !may {
            return Err(StoreError::NoLease);
        }
        if !self.is_met(expect, kept.records.get(&name).map(|found| &**found)) {
            return Err(StoreError::Conflict);
        }
        let record = self.written(key, record)?;
        if self.fault == Fault::LosesOneSave && record.generation == 13 && kept.records.contains_key(&name) {
            return Ok(());
        }
        kept.records.insert(name, Arc::new(record));
        Ok(())
    }
}

fn ready<T: Send + 'static>(result: T) -> BoxFuture<'static, T> {
    Box::pin(std::future::ready(result))
}

impl TokenStore for Careless {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        if self.fault == Fault::NeverAnswers {
            return Box::pin(std::future::pending());
        }
        ready(Ok(self.kept.lock().unwrap().records.get(&self.name(key)).cloned()))
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        if self.fault == Fault::RefusesNul && self.name(key).contains('\0') {
            return ready(Err(StoreError::Corrupt("a NUL")));
        }
        if self.fault == Fault::RefusesEscapes && self.name(key).contains('\u{1b}') {
            return ready(Err(StoreError::Corrupt("an escape")));
        }
        if self.fault == Fault::ComparesAndSwapsInTwoSteps {
            return Box::pin(async move {
                let found = self.load(key).await?;
                tokio::time::sleep(Duration::from_millis(1)).await;
                if !expect.is_met(found.as_deref()) {
                    return Err(StoreError::Conflict);
                }
                let now = self.load(key).await?;
                let expect = now.map_or(Expect::Absent, |now| Expect::Version(now.version()));
                self.try_save(key, &record, expect, lease)
            });
        }
        ready(self.try_save(key, &record, expect, lease))
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        let mut kept = self.kept.lock().unwrap();
        let name = self.name(key);
        match self.fault {
            Fault::LosesDeletes => return ready(Ok(())),
            Fault::KeepsWhatHasALongPart if name.len() > 100_000 => {
                return ready(Err(StoreError::Corrupt("a long part")));
            }
            Fault::DeletesByPrefix => {
                let prefix = name.split_at(name.len() - key.user().len()).0.to_owned();
                kept.records.retain(|other, _| !other.starts_with(&prefix));
            }
            _ => {}
        }
        let removed = kept.records.remove(&name);
        if removed.is_none() && self.fault == Fault::FailsOnASecondDelete {
            return ready(Err(StoreError::Unavailable));
        }
        if let Some(removed) = removed {
            kept.deleted.insert(name, removed);
        }
        ready(Ok(()))
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let mut kept = self.kept.lock().unwrap();
        let (name, now) = (self.lease_name(key), Instant::now());
        let is_free = kept.leases.get(&name).is_none_or(|(_, end)| *end <= now);
        if !is_free && self.fault != Fault::AlwaysLends {
            return ready(Ok(None));
        }
        if self.fault == Fault::BringsDeletedBack
            && let Some(record) = kept.deleted.remove(&name)
        {
            kept.records.insert(name.clone(), record);
        }
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let life = if self.fault == Fault::EndsLeasesAtOnce { Duration::from_millis(200) } else { ttl };
        kept.leases.insert(name.clone(), (number, now + life));
        let guard = Guard { store: self.clone(), key: name, number };
        ready(Ok(Some(Lease::new(key, ttl, guard))))
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        if self.fault == Fault::WritesWhenChecked {
            let found = self.kept.lock().unwrap().records.get(&self.name(key)).cloned();
            if let Some(found) = found {
                let next = found.tombstone();
                return ready(self.try_save(key, &next, Expect::Version(found.version()), lease));
            }
        }
        ready(Ok(()))
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, _: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        if self.fault == Fault::SetsNothingAside { ready(Ok(())) } else { self.delete(key) }
    }
}
