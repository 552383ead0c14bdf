//! What is PostgreSQL's alone: migrations, rights, commits that wait for the disk.
//!
//! Must not know: what is the same for every store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use futures_util::future::join_all;
use monday_auth_postgres::PostgresStore;
use monday_sdk::AuthError;
use monday_sdk::auth::{Expect, RecordText, StoreError, TokenStore as _};
use tokio::net::TcpListener;
use tokio::sync::Barrier;
use tokio_postgres::NoTls;

use crate::cut_proxy::{CutProxy, Way};
use crate::servers::postgres_url;
use crate::store_place::{StorePlace, key_of, own_name, record, save_first};
use crate::support::within;

const TTL: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_may_migrate_at_once_and_again() {
    let Some(url) = postgres_url() else { return };
    for _ in 0..3 {
        let schema = own_name();
        let together = Arc::new(Barrier::new(8));
        let migrated = (0..8).map(|_| {
            let store = PostgresStore::builder(&*url).schema(&*schema).build().unwrap();
            let together = Arc::clone(&together);
            tokio::spawn(async move {
                // Connected, so that all begin at once.
                store.load(&key_of("nobody")).await.unwrap_err();
                together.wait().await;
                store.migrate().await
            })
        });
        for done in join_all(migrated).await {
            assert_eq!(done.unwrap(), Ok(()));
        }
        let store = PostgresStore::builder(&*url).schema(&*schema).build().unwrap();
        assert!(store.load(&key_of("nobody")).await.unwrap().is_none());
        StorePlace::Postgres { url: url.clone(), schema }.clear().await;
    }
}

#[tokio::test]
async fn without_its_table_the_store_says_how_to_make_it() {
    let Some(url) = postgres_url() else { return };
    let store = PostgresStore::builder(url).schema(own_name()).build().unwrap();
    let error = store.load(&key_of("nobody")).await.unwrap_err();
    assert!(matches!(error, StoreError::NotSetUp(words) if words.contains("run `migrate`")), "{error}");
    assert!(!error.is_retryable());
    // A login would not help.
    assert!(AuthError::Store(error).advice().starts_with("set the store's place up"));
    assert!(store.lease(&key_of("nobody"), TTL).await.is_err());
}

#[tokio::test]
async fn a_table_that_migrate_did_not_make_is_no_server_to_wait_for() {
    let Some(place) = StorePlace::postgres().await else { return };
    let key = key_of("strange");
    let other = StoreError::NotSetUp("its table in PostgreSQL is another");
    save_first(&place.store(), &key).await;
    for change in [
        "ADD COLUMN more text NOT NULL DEFAULT '', ADD CHECK (more <> '') NOT VALID",
        "DROP COLUMN more, DROP CONSTRAINT monday_auth_tokens_pkey",
        "ALTER COLUMN lease_token TYPE text",
    ] {
        place.run(&key, &[], &format!("ALTER TABLE @ {change}")).await;
        assert_eq!(place.store().lease(&key, TTL).await.unwrap_err(), other, "{change}");
    }
    place.run(&key, &[], "ALTER TABLE @ ALTER COLUMN record TYPE text").await;
    assert_eq!(place.store().load(&key).await.unwrap_err(), other);
    place.clear().await;
}

#[tokio::test]
async fn a_role_that_may_create_nothing_migrates_where_everything_is_there() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { url, schema } = &place else { unreachable!() };
    let (key, role) = (key_of("nobody"), own_name());
    let grants = format!(
        "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {role};
         GRANT SELECT, INSERT, UPDATE ON @ TO {role}"
    );
    place.run(&key, &[], &grants).await;
    let mut as_role = url::Url::parse(url).unwrap();
    as_role.set_username(&role).unwrap();
    let builder = || PostgresStore::builder(as_role.as_str());
    assert_eq!(builder().schema(&**schema).build().unwrap().migrate().await, Ok(()));
    let no_table = builder().schema(&**schema).table("another").build().unwrap();
    assert_eq!(no_table.migrate().await, Err(StoreError::Denied));
    let no_schema = builder().schema(own_name()).build().unwrap();
    assert_eq!(no_schema.migrate().await, Err(StoreError::Denied));
    place.clear().await;
    place.run(&key, &[], &format!("DROP ROLE {role}")).await;
}

#[tokio::test]
async fn a_host_that_says_nothing_is_passed_over_for_the_next() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { url, schema } = &place else { unreachable!() };
    // Never asked for what comes: its connections are made, and wait.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = listener.local_addr().unwrap();
    let with_hosts = |hosts: &str| {
        let url = url::Url::parse(url).unwrap();
        let password = url.password().map(|password| format!(":{password}")).unwrap_or_default();
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("postgres://{}{password}@{hosts}{}{query}", url.username(), url.path())
    };
    let store = |hosts: &str| PostgresStore::builder(with_hosts(hosts)).schema(&**schema).build().unwrap();
    let both = store(&format!("{silent},{}", place.address()));
    assert!(both.load(&key_of("nobody")).await.unwrap().is_none());
    let begun = Instant::now();
    let none = store(&format!("{silent},{silent}"));
    assert_eq!(none.load(&key_of("nobody")).await.unwrap_err(), StoreError::Unavailable);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    drop(listener);
    place.clear().await;
}

#[tokio::test]
async fn a_preflight_writes_as_much_as_the_longest_record_has() {
    let Some(place) = StorePlace::postgres().await else { return };
    let (store, key) = (place.store(), key_of("longest"));
    let lease = store.lease(&key, TTL).await.unwrap().unwrap();
    store.check_writable(&key, &lease).await.unwrap();
    let written = place.run(&key, &[], "SELECT octet_length(preflight) FROM @").await;
    assert_eq!(written, RecordText::LONGEST.to_string());
    drop(lease);
    place.clear().await;
}

/// The same server with one more setting for its sessions.
fn with_options(url: &str, options: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options={}", options.replace(' ', "%20").replace('=', "%3D"))
}

#[tokio::test]
async fn a_save_waits_for_the_disk_in_a_session_that_does_not() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { url, schema } = &place else { unreachable!() };
    let key = key_of("durable");
    // Notes the setting as it is at the commit.
    let sql = format!(
        "CREATE TABLE {schema}.noted (record bool, setting text);
         CREATE FUNCTION {schema}.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO {schema}.noted VALUES (new.record IS NOT NULL, current_setting('synchronous_commit'));
            RETURN NULL; END $$;
         CREATE CONSTRAINT TRIGGER note AFTER INSERT OR UPDATE ON @
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {schema}.note()"
    );
    place.run(&key, &[], &sql).await;
    let careless = with_options(url, "-c synchronous_commit=off");
    let store = PostgresStore::builder(careless).schema(&**schema).build().unwrap();
    let lease = store.lease(&key, TTL).await.unwrap().unwrap();
    store.check_writable(&key, &lease).await.unwrap();
    store.save(&key, record(&key, 1, "first"), Expect::Absent, &lease).await.unwrap();
    let sql = format!("SELECT string_agg(setting, ' ') FROM {schema}.noted");
    assert_eq!(place.run(&key, &[], &sql).await, "on on on");
    // Another setting than `off` is left as it is.
    let local = with_options(url, "-c synchronous_commit=local");
    let store = PostgresStore::builder(local).schema(&**schema).build().unwrap();
    store.delete(&key).await.unwrap();
    assert_eq!(place.run(&key, &[], &sql).await, "on on on local");
    place.clear().await;
}

#[tokio::test]
async fn a_server_that_would_not_take_the_save_says_so_before_a_refresh_token_is_spent() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { url, schema } = &place else { unreachable!() };
    let key = key_of("refused");
    let lease = place.store().lease(&key, TTL).await.unwrap().unwrap();
    // As a standby is, or a database whose owner has closed it.
    let closed = with_options(url, "-c default_transaction_read_only=on");
    let store = PostgresStore::builder(closed).schema(&**schema).build().unwrap();
    assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::Unavailable));
    assert_eq!(store.lease(&key, TTL).await.unwrap_err(), StoreError::Unavailable);
    // A role with every right but one: enough is `USAGE`, `SELECT`, `INSERT`, `UPDATE`.
    let role = own_name();
    let grants = format!(
        "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {role};
         GRANT SELECT, INSERT ON @ TO {role};
         GRANT UPDATE (lease_token, lease_until, preflight, updated_at) ON @ TO {role}"
    );
    place.run(&key, &[], &grants).await;
    let mut as_role = url::Url::parse(url).unwrap();
    as_role.set_username(&role).unwrap();
    let store = PostgresStore::builder(as_role.as_str()).schema(&**schema).build().unwrap();
    assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::Denied));
    place.run(&key, &[], &format!("GRANT UPDATE ON @ TO {role}")).await;
    store.check_writable(&key, &lease).await.unwrap();
    store.save(&key, record(&key, 1, "first"), Expect::Absent, &lease).await.unwrap();
    store.load(&key).await.unwrap().unwrap();
    store.set_aside(&key, &lease).await.unwrap();
    store.delete(&key).await.unwrap();
    drop((lease, store));
    // What the preflight wrote goes with the lease.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let left = "SELECT count(*) FROM @ WHERE preflight IS NOT NULL OR lease_token IS NOT NULL";
    assert_eq!(place.run(&key, &[], left).await, "0");
    place.clear().await;
    place.run(&key, &[], &format!("DROP ROLE {role}")).await;
}

#[tokio::test]
async fn a_locked_table_is_waited_for_a_few_seconds_only() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { url, schema } = &place else { unreachable!() };
    let (locker, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let driver = tokio::spawn(connection);
    let lock = format!("BEGIN; LOCK TABLE {schema}.monday_auth_tokens IN ACCESS EXCLUSIVE MODE");
    locker.batch_execute(&lock).await.unwrap();
    let (store, begun) = (place.store(), Instant::now());
    let found = within(Duration::from_secs(20), store.load(&key_of("locked"))).await;
    assert_eq!(found.unwrap_err(), StoreError::Unavailable);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    locker.batch_execute("ROLLBACK").await.unwrap();
    drop(locker);
    driver.await.unwrap().unwrap();
    store.load(&key_of("locked")).await.unwrap();
    place.clear().await;
}

#[tokio::test]
async fn a_callers_pool_without_limits_has_them_here() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { schema, .. } = &place else { unreachable!() };
    let proxy = CutProxy::to(place.address()).await;
    let StorePlace::Postgres { url, .. } = place.through(&proxy.address) else { unreachable!() };
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(url.parse().unwrap(), NoTls, recycling);
    let pool = Pool::builder(manager).max_size(1).build().unwrap();
    let (store, key) = (PostgresStore::on(pool).schema(&**schema).build().unwrap(), key_of("limits"));
    store.load(&key).await.unwrap();
    // A connection that died without a word is given up, although the pool would hand it out again.
    proxy.strand();
    assert_eq!(store.load(&key).await.unwrap_err(), StoreError::Unavailable);
    store.load(&key).await.unwrap();
    // A server that takes connections and says nothing.
    proxy.strand();
    proxy.set(Way::Hung);
    for _ in 0..2 {
        let begun = Instant::now();
        let found = within(Duration::from_secs(20), store.load(&key)).await;
        assert_eq!(found.unwrap_err(), StoreError::Unavailable);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
    place.clear().await;
}
