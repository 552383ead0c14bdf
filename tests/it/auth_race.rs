//! Six processes, one store, tokens of two seconds, callers who give up, and a login that does not wait for
//! its turn.
//!
//! Must not know: how a refresh is done.

use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime};

use futures_util::future::{Either, join_all, select};
use monday_sandbox::Sandbox;
use monday_sdk::auth::{
    BoxFuture, Expect, FileStore, Lease, StoreError, TokenGrant, TokenKey, TokenRecord, TokenStore,
};
use monday_sdk::queries::Me;

use crate::auth_support::{client_of, decide, file_store, http, key, log_in, sandbox, sessions};
use crate::own_process::{process, told};
use crate::store_place::StorePlace;

const PROCESSES: usize = 6;
const CALLS: usize = 60;
const LIFE: Duration = Duration::from_secs(2);

/// How long the server keeps an answer back after it has burnt the refresh token.
const THINK: Duration = Duration::from_millis(200);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_processes_of_sixty_calls_refresh_once_for_each_generation() {
    let folder = tempfile::tempdir().unwrap();
    race(&StorePlace::Folder(folder.path().join("tokens"))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_processes_on_one_redis_refresh_once_for_each_generation() {
    if let Some(place) = StorePlace::redis() {
        race(&place).await;
        place.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_processes_on_one_postgres_refresh_once_for_each_generation() {
    if let Some(place) = StorePlace::postgres().await {
        race(&place).await;
        place.clear().await;
    }
}

async fn race(place: &StorePlace) {
    let sandbox = sandbox(LIFE, THINK).await;
    let origin = sandbox.authorization_url();
    let store = place.store();
    let first = sessions(&origin, store.clone());
    log_in(&first, &key()).await;
    let first_consent = store.load(&key()).await.unwrap().unwrap().authorized_at();
    let (url, pending) = first.app().begin().unwrap();
    let code = pending.finish(&decide(url.as_str(), "allow").await).unwrap();
    let second_consent = first.app().exchange(code, &http()).await.unwrap();

    let login_is_generation = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let children = (0..PROCESSES).map(|_| {
        let mut command = process("auth_race::one_process_of_the_race", &origin, Path::new(""));
        command.env("TEST_STORE", place.to_string());
        async move { command.output().await.unwrap() }
    });
    let login = async {
        match place {
            StorePlace::Folder(folder) => {
                log_in_amid_a_refresh(
                    &sandbox,
                    UnlockedStore {
                        records: file_store(folder),
                        locks: file_store(&folder.join("elsewhere")),
                        saved: Arc::clone(&login_is_generation),
                    },
                    second_consent,
                )
                .await;
            }
            // A server takes nothing from one without its lease: this login waits for its turn.
            _ => log_in_amid_a_refresh(&sandbox, store.clone(), second_consent).await,
        }
    };
    let (outputs, ()) = tokio::join!(join_all(children), login);

    let (mut done, mut dropped) = (0, 0);
    for output in outputs {
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        let line = text.lines().find_map(|line| line.strip_prefix("calls ")).unwrap();
        let (one, other) = line.split_once(' ').unwrap();
        done += one.parse::<usize>().unwrap();
        dropped += other.parse::<usize>().unwrap();
    }
    assert_eq!(done + dropped, PROCESSES * CALLS);
    assert!(dropped >= PROCESSES * CALLS / 8, "only {dropped} callers gave up");
    let record = store.load(&key()).await.unwrap().unwrap();
    let generations = record.version().generation;
    let counts = sandbox.oauth_counts();
    println!(
        "{place}: {done} calls, {dropped} given up, {} refreshes, {generations} generations, {:?}",
        counts.refreshes,
        begun.elapsed()
    );
    assert_eq!((counts.invalid_grants, counts.reuses), (0, 0));
    assert!(counts.refreshes >= 3, "the tokens did not end during the race");
    // Both consents are generations. Where the second does not wait and takes the place that a refresh under way would
    // have had, that one comes to nothing. On a slow machine it may come when the refresh is over.
    let in_vain = u64::from(login_is_generation.load(Relaxed) == 2);
    assert_eq!(counts.refreshes - in_vain, generations - 2, "every refresh became a generation");
    assert!(record.authorized_at() > first_consent, "the older consent came back");
    // No token is given up before its time: at most one refresh for each life, and one for each end.
    let lives = begun.elapsed().as_millis() / (LIFE.as_millis() * 2 / 3);
    assert!(u128::from(counts.refreshes) <= lives + 2, "{} refreshes", counts.refreshes);
}

/// Keeps a second consent while a refresh of the first is under way. On an [`UnlockedStore`] it does not wait
/// for its turn: the refresh then finds a store that it did not leave so.
async fn log_in_amid_a_refresh(sandbox: &Sandbox, store: impl TokenStore, grant: TokenGrant) {
    while sandbox.oauth_counts().refreshes == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    sessions(&sandbox.authorization_url(), store).adopt(&key(), grant).await.unwrap();
}

/// The same files with locks that do not hold, as on a network file system of the worse kind: each machine has
/// its own.
#[derive(Debug)]
struct UnlockedStore {
    records: FileStore,
    locks: FileStore,
    /// The last generation.
    saved: Arc<AtomicU64>,
}

impl TokenStore for UnlockedStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        self.records.load(key)
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.saved.store(record.version().generation, Relaxed);
        self.records.save(key, record, expect, lease)
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.records.delete(key)
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        self.locks.lease(key, ttl)
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.records.check_writable(key, lease)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process of the race"]
async fn one_process_of_the_race() {
    let (Some(origin), Some(place)) = (told("TEST_ORIGIN"), told("TEST_STORE")) else {
        return;
    };
    let store = StorePlace::told(&place).store();
    let sessions = sessions(&origin, store.clone());
    let client = client_of(&origin, sessions.provider(&key()).unwrap());
    let (mut done, mut dropped, mut may_drop) = (0, 0, 0);
    for call in 0..CALLS {
        // One caller in four gives up, and rather one that has to wait for a refresh than another.
        may_drop += usize::from(call % 4 == 0);
        let ends = store.load(&key()).await.unwrap().unwrap().expires_at().unwrap();
        let is_due = SystemTime::now() + LIFE / 30 >= ends;
        if may_drop > usize::from(!is_due) || call == CALLS - 1 && may_drop > 0 {
            may_drop -= 1;
            let patience = (call * 7_919 + std::process::id() as usize * 131) % 60;
            let gives_up = async {
                for _ in 0..patience {
                    tokio::task::yield_now().await;
                }
                if is_due {
                    tokio::time::sleep(THINK / 4).await;
                }
            };
            match select(pin!(client.execute(Me)), pin!(gives_up)).await {
                Either::Left((answer, _)) => {
                    answer.unwrap();
                    done += 1;
                }
                Either::Right(_) => dropped += 1,
            }
        } else {
            client.execute(Me).await.unwrap();
            done += 1;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    // The last caller may have given up amid a refresh.
    sessions.settle().await.unwrap();
    println!("calls {done} {dropped}");
}
