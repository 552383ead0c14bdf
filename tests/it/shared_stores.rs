//! What the stores on servers promise each other over many machines: who may save, who has the lease, what is read.
//!
//! Must not know: how they do it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use deadpool_postgres::{Manager, Pool};
use monday_auth::StoreConformance;
use monday_auth_postgres::PostgresStore;
use monday_auth_redis::RedisStore;
use monday_sdk::auth::{Expect, StoreError, TokenStore, Version};
use tokio_postgres::NoTls;

use crate::auth_support::runtime;
use crate::cut_proxy::{CutProxy, Way};
use crate::servers::{postgres_url, redis_url};
use crate::store_place::{StorePlace, key_of, lease_soon, own_name, record, save_first, server_places};
use crate::support::within;

const TTL: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stores_on_servers_keep_the_promises_of_every_store() {
    for place in server_places().await {
        let suite = StoreConformance::new(place.store(), place.store(), runtime());
        let kept = within(Duration::from_mins(2), suite.run()).await;
        assert_eq!(kept, Ok(()), "{place:?}");
        place.clear().await;
    }
}

#[tokio::test]
async fn a_save_counts_only_under_the_lease_that_the_server_knows() {
    for place in server_places().await {
        let (store, key) = (place.store(), key_of("fenced"));
        let first = save_first(&store, &key).await;
        let mine = lease_soon(&store, &key, TTL).await;
        // It has ended on the server, which this process cannot know; another process has it now.
        let lost = "UPDATE @ SET lease_until = clock_timestamp() - interval '1 hour' WHERE name = '{key}'";
        place.run(&key, &["DEL", "@lease"], &lost.replace("{key}", &key.name())).await;
        assert!(mine.covers(&key));
        let ended = store.check_writable(&key, &mine).await;
        let theirs = lease_soon(&place.store(), &key, TTL).await;
        let overtaken = store.check_writable(&key, &mine).await;
        let expect = Expect::Version(first.version());
        let saved = store.save(&key, record(&key, 2, "mine"), expect, &mine).await;
        assert_eq!(
            (ended, overtaken, saved),
            (Err(StoreError::NoLease), Err(StoreError::NoLease), Err(StoreError::NoLease)),
            "{place:?}"
        );
        assert_eq!(store.set_aside(&key, &mine).await, Err(StoreError::NoLease));
        store.save(&key, record(&key, 2, "theirs"), expect, &theirs).await.unwrap();
        let found = store.load(&key).await.unwrap().unwrap();
        assert_eq!(found.fingerprint(), record(&key, 2, "theirs").fingerprint());
        place.clear().await;
    }
}

#[tokio::test]
async fn a_lease_that_has_run_out_saves_nothing_even_with_nobody_else_there() {
    for place in server_places().await {
        let (store, key) = (place.store(), key_of("late"));
        let lease = lease_soon(&store, &key, Duration::from_millis(300)).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let saved = store.save(&key, record(&key, 1, "late"), Expect::Absent, &lease).await;
        assert_eq!(saved, Err(StoreError::NoLease), "{place:?}");
        // Nor when the server forgets to end it: this process's clock counts as well.
        let lease = lease_soon(&store, &key, Duration::from_millis(300)).await;
        let sql = format!("UPDATE @ SET lease_until = 'infinity' WHERE name = '{}'", key.name());
        place.run(&key, &["PEXPIRE", "@lease", "99999"], &sql).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let saved = store.save(&key, record(&key, 1, "late"), Expect::Absent, &lease).await;
        assert_eq!(saved, Err(StoreError::NoLease), "{place:?}");
        assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::NoLease));
        assert!(store.load(&key).await.unwrap().is_none());
        place.clear().await;
    }
}

#[tokio::test]
async fn a_save_finds_exactly_the_version_it_expects() {
    for place in server_places().await {
        let (store, key) = (place.store(), key_of("versions"));
        let first = save_first(&store, &key).await;
        let lease = lease_soon(&store, &key, TTL).await;
        let Version { authorized_at, generation } = first.version();
        for wrong in [
            Expect::Absent,
            Expect::Version(Version { authorized_at, generation: generation + 1 }),
            Expect::Version(Version { authorized_at: authorized_at + 1, generation }),
        ] {
            let saved = store.save(&key, record(&key, 2, "wrong"), wrong, &lease).await;
            assert_eq!(saved, Err(StoreError::Conflict), "{place:?} {wrong:?}");
        }
        assert_eq!(store.load(&key).await.unwrap().unwrap().fingerprint(), first.fingerprint());
        // Deleting needs no lease, takes none away, and nothing is saved upon it.
        place.store().delete(&key).await.unwrap();
        let expect = Expect::Version(first.version());
        let saved = store.save(&key, record(&key, 2, "back"), expect, &lease).await;
        assert_eq!(saved, Err(StoreError::Conflict), "{place:?}");
        assert!(store.load(&key).await.unwrap().is_none());
        assert!(place.store().lease(&key, TTL).await.unwrap().is_none(), "the lease was lost");
        store.save(&key, record(&key, 1, "again"), Expect::Absent, &lease).await.unwrap();
        place.clear().await;
    }
}

#[tokio::test]
async fn a_lease_is_one_processs_until_it_is_given_back_or_runs_out() {
    for place in server_places().await {
        let (store, key) = (place.store(), key_of("leased"));
        let short = Duration::from_millis(1_500);
        let first = store.lease(&key, short).await.unwrap().unwrap();
        assert!(place.store().lease(&key, TTL).await.unwrap().is_none(), "{place:?}");
        // Another key's is another's.
        assert!(store.lease(&key_of("other"), TTL).await.unwrap().is_some());
        tokio::time::sleep(short + Duration::from_millis(50)).await;
        let second = place.store().lease(&key, TTL).await.unwrap().expect("the first ran out");
        // What ran out cannot be given back: it is another's now.
        drop(first);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(store.lease(&key, TTL).await.unwrap().is_none(), "{place:?}");
        drop(second);
        lease_soon(&store, &key, TTL).await;
        place.clear().await;
    }
}

#[tokio::test]
async fn a_lease_ends_here_before_it_ends_on_the_server() {
    for place in server_places().await {
        let key = key_of("clocks");
        let proxy = CutProxy::to(place.address()).await;
        let store = place.through(&proxy.address).store();
        store.load(&key).await.unwrap();
        let held_up = Duration::from_millis(500);
        proxy.set(Way::Slow(held_up));
        let begun = Instant::now();
        let lease = store.lease(&key, TTL).await.unwrap().unwrap();
        assert!(begun.elapsed() >= held_up);
        let sql = "SELECT (extract(epoch FROM lease_until - clock_timestamp()) * 1000)::bigint FROM @";
        let there = place
            .run(&key, &["EVAL", "return tostring(redis.call('PTTL', KEYS[1]))", "1", "@lease"], sql)
            .await;
        let there = Duration::from_millis(there.parse().unwrap());
        let here = lease.remaining();
        // Redis counts in whole milliseconds.
        assert!(here <= there + Duration::from_millis(5), "{place:?}: {here:?} here, {there:?} there");
        place.clear().await;
    }
}

#[tokio::test]
async fn nobody_who_stops_asking_keeps_the_lease() {
    for place in server_places().await {
        let key = key_of("impatient");
        let proxy = CutProxy::to(place.address()).await;
        let store = place.through(&proxy.address).store();
        store.load(&key).await.unwrap();
        proxy.set(Way::Slow(Duration::from_millis(300)));
        // After the question has gone out; PostgreSQL's pool looks first whether its connection lives.
        let patience = if matches!(place, StorePlace::Redis { .. }) { 100 } else { 450 };
        let asked = tokio::time::timeout(Duration::from_millis(patience), store.lease(&key, TTL)).await;
        assert!(asked.is_err());
        proxy.set(Way::Open);
        let begun = Instant::now();
        lease_soon(&place.store(), &key, TTL).await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{place:?}");
        place.clear().await;
    }
}

#[tokio::test]
async fn what_is_no_record_is_refused_and_what_is_long_is_not_even_fetched() {
    const LENGTH: usize = 4 * 1024 * 1024;
    for place in server_places().await {
        let key = key_of("strange");
        let proxy = CutProxy::to(place.address()).await;
        let store = place.through(&proxy.address).store();
        let first = save_first(&store, &key).await;
        let before = proxy.came_back();
        let long = format!("redis.call('HSET', KEYS[1], 'record', string.rep('x', {LENGTH}))");
        let sql = format!("UPDATE @ SET record = convert_to(repeat('x', {LENGTH}), 'UTF8')");
        place.run(&key, &["EVAL", &long, "1", "@record"], &sql).await;
        let found = store.load(&key).await.unwrap_err();
        assert_eq!(found, StoreError::Corrupt("it is longer than 64 KiB"), "{place:?}");
        assert!(proxy.came_back() - before < 10_000, "{place:?}: {} bytes", proxy.came_back() - before);
        let garbage = "redis.call('HSET', KEYS[1], 'record', 'garbage')";
        place.run(&key, &["EVAL", garbage, "1", "@record"], "UPDATE @ SET record = 'garbage'").await;
        assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))), "{place:?}");
        // A login puts it aside; then there is none, and a logout takes even that away.
        let lease = lease_soon(&store, &key, TTL).await;
        store.set_aside(&key, &lease).await.unwrap();
        assert!(store.load(&key).await.unwrap().is_none(), "{place:?}");
        let aside = ["HGET", "@unreadable", "record"];
        let sql = "SELECT convert_from(unreadable, 'UTF8') FROM @";
        assert_eq!(place.run(&key, &aside, sql).await, "garbage", "{place:?}");
        store.save(&key, Arc::clone(&first), Expect::Absent, &lease).await.unwrap();
        store.delete(&key).await.unwrap();
        assert_eq!(place.run(&key, &aside, sql).await, "", "{place:?}");
        // The record's version is the row's.
        store.save(&key, first, Expect::Absent, &lease).await.unwrap();
        let other = ["EVAL", "redis.call('HSET', KEYS[1], 'version', '1:1')", "1", "@record"];
        place.run(&key, &other, "UPDATE @ SET generation = 7").await;
        assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))), "{place:?}");
        if let StorePlace::Redis { .. } = place {
            place.run(&key, &["SET", "@record", "text"], "").await;
            assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))));
        }
        place.clear().await;
    }
}

#[tokio::test]
async fn the_callers_own_connections_serve_as_well() {
    let key = key_of("own");
    if let Some(url) = redis_url() {
        let client = redis::Client::open(url).unwrap();
        let store = RedisStore::on(client.get_connection_manager().await.unwrap());
        let store = store.prefix(own_name()).build().unwrap();
        let lease = store.lease(&key, TTL).await.unwrap().unwrap();
        store.check_writable(&key, &lease).await.unwrap();
        store.save(&key, record(&key, 1, "own"), Expect::Absent, &lease).await.unwrap();
        assert!(store.load(&key).await.unwrap().is_some());
        store.delete(&key).await.unwrap();
    }
    if let Some(url) = postgres_url() {
        let manager = Manager::new(url.parse().unwrap(), NoTls);
        let pool = Pool::builder(manager).max_size(2).build().unwrap();
        let (schema, table) = (own_name(), own_name());
        let store = PostgresStore::on(pool).schema(&*schema).table(table).build().unwrap();
        store.migrate().await.unwrap();
        let lease = store.lease(&key, TTL).await.unwrap().unwrap();
        store.check_writable(&key, &lease).await.unwrap();
        store.save(&key, record(&key, 1, "own"), Expect::Absent, &lease).await.unwrap();
        assert!(store.load(&key).await.unwrap().is_some());
        StorePlace::Postgres { url, schema }.clear().await;
    }
}
