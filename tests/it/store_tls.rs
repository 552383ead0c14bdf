//! TLS between a store and its server: who is trusted, and that nothing secret goes to anyone else.
//!
//! Must not know: what is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use deadpool_postgres::{Manager, Pool};
use monday_auth_postgres::{PostgresStore, PostgresUrlError};
use monday_auth_redis::{RedisStore, RedisUrlError};
use monday_sdk::auth::{Expect, StoreError, TokenStore};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_postgres::NoTls;

use crate::scripted_server::{acceptor_as, authority, strangers_authority};
use crate::secrets_stay_secret::Log;
use crate::store_place::{StorePlace, key_of, record};

/// A server's door with TLS: where it is, and how many bytes came through it in the open or decrypted.
async fn tls_door(
    place: &StorePlace,
    host: &'static str,
    answer: &'static [u8],
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(AtomicUsize::new(0));
    let (server, counter) = (place.address(), Arc::clone(&heard));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (server, counter) = (server.clone(), Arc::clone(&counter));
            tokio::spawn(async move {
                if !answer.is_empty() {
                    // PostgreSQL's question whether there is TLS.
                    let mut question = [0; 8];
                    stream.read_exact(&mut question).await.unwrap();
                    assert_eq!(question, *b"\0\0\0\x08\x04\xd2\x16\x2f");
                    stream.write_all(answer).await.unwrap();
                }
                if answer == b"N" {
                    let mut rest = Vec::new();
                    let _ = stream.read_to_end(&mut rest).await;
                    counter.fetch_add(rest.len(), Ordering::Relaxed);
                    return;
                }
                let Ok(mut stream) = acceptor_as(host).accept(stream).await else { return };
                let mut server = TcpStream::connect(server).await.unwrap();
                let mut first = [0; 1024];
                let length = stream.read(&mut first).await.unwrap_or_default();
                counter.fetch_add(length, Ordering::Relaxed);
                server.write_all(&first[..length]).await.unwrap();
                let _ = copy_bidirectional(&mut stream, &mut server).await;
            });
        }
    });
    (address.to_string(), heard)
}

fn port(address: &str) -> &str {
    address.rsplit_once(':').unwrap().1
}

async fn works(store: impl TokenStore) {
    let key = key_of("encrypted");
    let lease = store.lease(&key, Duration::from_secs(10)).await.unwrap().unwrap();
    store.check_writable(&key, &lease).await.unwrap();
    store.save(&key, record(&key, 1, "first"), Expect::Absent, &lease).await.unwrap();
    assert!(store.load(&key).await.unwrap().is_some());
}

async fn is_refused(store: impl TokenStore, heard: &AtomicUsize) {
    assert_eq!(store.load(&key_of("encrypted")).await.unwrap_err(), StoreError::Unavailable);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(heard.load(Ordering::Relaxed), 0, "something was said to a stranger");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_is_spoken_to_by_tls_and_only_when_its_certificate_is_right() {
    let Some(place) = StorePlace::redis() else { return };
    let StorePlace::Redis { prefix, .. } = &place else { unreachable!() };
    let (address, heard) = tls_door(&place, "127.0.0.1", b"").await;
    let builder = |address: &str| RedisStore::builder(format!("rediss://{address}")).prefix(prefix);
    works(builder(&address).private_authority(authority()).build().unwrap()).await;
    assert!(heard.swap(0, Ordering::Relaxed) > 0);
    is_refused(builder(&address).private_authority(strangers_authority()).build().unwrap(), &heard).await;
    // The machine's authorities do not know the test's.
    is_refused(builder(&address).build().unwrap(), &heard).await;
    let (address, heard) = tls_door(&place, "elsewhere.example", b"").await;
    is_refused(builder(&address).private_authority(authority()).build().unwrap(), &heard).await;
    place.clear().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_spoken_to_by_tls_and_only_when_its_certificate_is_right() {
    let Some(place) = StorePlace::postgres().await else { return };
    let StorePlace::Postgres { url, schema } = &place else { unreachable!() };
    let (address, heard) = tls_door(&place, "127.0.0.1", b"S").await;
    let to = |address: &str| {
        let mut url = url::Url::parse(url).unwrap();
        url.set_port(Some(port(address).parse().unwrap())).unwrap();
        url
    };
    let builder = |url: url::Url| PostgresStore::builder(url.as_str()).schema(&**schema);
    works(builder(to(&address)).private_authority(authority()).build().unwrap()).await;
    assert!(heard.swap(0, Ordering::Relaxed) > 0);
    is_refused(builder(to(&address)).private_authority(strangers_authority()).build().unwrap(), &heard).await;
    for mode in ["require", "verify-ca", "verify-full"] {
        let mut url = to(&address);
        url.set_query(Some(&format!("application_name=a&sslmode={mode}&keepalives=0")));
        is_refused(builder(url.clone()).build().unwrap(), &heard).await;
        let store = builder(url).private_authority(authority()).build().unwrap();
        assert!(store.load(&key_of("encrypted")).await.unwrap().is_some(), "{mode}");
        assert!(heard.swap(0, Ordering::Relaxed) > 0, "{mode}");
    }
    let (address, heard) = tls_door(&place, "elsewhere.example", b"S").await;
    is_refused(builder(to(&address)).private_authority(authority()).build().unwrap(), &heard).await;
    // A server, or someone on the way, that says it has no TLS. The name is another machine's, the address this one's.
    let (address, heard) = tls_door(&place, "127.0.0.1", b"N").await;
    let mut remote = to(&address);
    remote.set_host(Some("elsewhere.example")).unwrap();
    remote.set_query(Some("hostaddr=127.0.0.1"));
    is_refused(builder(remote).build().unwrap(), &heard).await;
    place.clear().await;
}

#[tokio::test]
async fn a_refusal_of_tls_is_logged_apart_from_a_server_that_is_not_there() {
    let Some(place) = StorePlace::postgres().await else { return };
    let said = async |address: &str| {
        let url = format!("postgres://user@{address}/db?sslmode=require");
        let store = PostgresStore::builder(url).private_authority(authority()).build().unwrap();
        let (log, _on_this_thread) = Log::capture();
        assert_eq!(store.load(&key_of("encrypted")).await.unwrap_err(), StoreError::Unavailable);
        let text = log.text();
        (text.contains("TLS with PostgreSQL is refused"), text.contains("PostgreSQL cannot be reached"))
    };
    for (host, answer) in [("127.0.0.1", b"N"), ("elsewhere.example", b"S")] {
        let (address, _) = tls_door(&place, host, answer).await;
        assert_eq!(said(&address).await, (true, false), "{host}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(said(&closed.to_string()).await, (false, true));
    place.clear().await;
}

#[test]
fn plain_text_to_another_machine_is_refused_unless_allowed_by_name() {
    for host in ["redis.example", "10.0.0.7", "[2001:db8::7]", "localhost.example"] {
        let url = format!("redis://:password@{host}");
        assert_eq!(RedisStore::connect(&*url).unwrap_err(), RedisUrlError::PlainText, "{host}");
        assert!(RedisStore::builder(&*url).allow_plain_text().build().is_ok(), "{host}");
        assert!(RedisStore::connect(url.replace("redis:", "rediss:")).is_ok(), "{host}");
        let url = format!("postgres://user:password@{host}/db?sslmode=disable");
        let refused = PostgresStore::connect(&*url).unwrap_err();
        assert_eq!(refused, PostgresUrlError::PlainText, "{host}");
        assert!(PostgresStore::builder(&*url).allow_plain_text().build().is_ok(), "{host}");
        assert!(PostgresStore::connect(url.replace("disable", "prefer")).is_ok(), "{host}");
    }
    for host in ["127.0.0.1", "127.8.8.8", "localhost", "[::1]"] {
        assert!(RedisStore::connect(format!("redis://{host}")).is_ok(), "{host}");
        assert!(PostgresStore::connect(format!("postgres://{host}/db?sslmode=disable")).is_ok(), "{host}");
    }
    // One host of several is enough, and so is an address behind a name of this machine.
    for rest in ["127.0.0.1,db.example/db?sslmode=disable", "localhost/db?hostaddr=10.0.0.7&sslmode=disable"]
    {
        let refused = PostgresStore::connect(format!("postgres://{rest}")).unwrap_err();
        assert_eq!(refused, PostgresUrlError::PlainText, "{rest}");
    }
    let insecure = RedisStore::connect("rediss://redis.example/#insecure").unwrap_err();
    assert!(matches!(insecure, RedisUrlError::Unverified | RedisUrlError::Invalid), "{insecure}");
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_when_the_store_is_made() {
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let redis = RedisStore::builder("rediss://redis.example").private_authority(pem).build();
        assert_eq!(redis.unwrap_err(), RedisUrlError::Certificate, "{pem}");
        let postgres = PostgresStore::builder("postgres://db.example").private_authority(pem).build();
        assert_eq!(postgres.unwrap_err(), PostgresUrlError::Certificate, "{pem}");
    }
    // It would do nothing.
    let redis = RedisStore::builder("redis://127.0.0.1").private_authority(authority()).build();
    assert_eq!(redis.unwrap_err(), RedisUrlError::WithoutTls);
    for url in ["127.0.0.1/db?sslmode=disable", "db.example/db?sslmode=disable", "%2Frun%2Fpostgresql/db"] {
        let builder = || PostgresStore::builder(format!("postgres://user@{url}")).allow_plain_text();
        let postgres = builder().private_authority(authority()).build();
        assert_eq!(postgres.unwrap_err(), PostgresUrlError::WithoutTls, "{url}");
        assert!(builder().build().is_ok(), "{url}");
    }
    let manager = Manager::new("postgres://127.0.0.1".parse().unwrap(), NoTls);
    let pool = Pool::builder(manager).build().unwrap();
    let own_pool = || PostgresStore::on(pool.clone());
    for builder in [own_pool().private_authority(authority()), own_pool().allow_plain_text()] {
        assert_eq!(builder.build().unwrap_err(), PostgresUrlError::OwnPool);
    }
    assert!(own_pool().build().is_ok());
    let client = redis::Client::open("redis://127.0.0.1").unwrap();
    let settings = ConnectionManagerConfig::default();
    let manager = ConnectionManager::new_lazy_with_config(client, settings).unwrap();
    let own_connection = || RedisStore::on(manager.clone());
    for builder in [own_connection().private_authority(authority()), own_connection().allow_plain_text()] {
        assert_eq!(builder.build().unwrap_err(), RedisUrlError::OwnConnection);
    }
    assert!(own_connection().build().is_ok());
    for url in ["", "http://redis.example", "rediss://:password@redis.example:port"] {
        assert_eq!(RedisStore::connect(url).unwrap_err(), RedisUrlError::Invalid, "{url}");
    }
    for url in [
        "",
        "postgres://",
        "postgres://user:password@db.example:port",
        "user=user",
        "postgres://db.example/db?sslmode=allow",
        "postgres://one.example,two.example/db?hostaddr=10.0.0.7",
        "postgres://one.example,two.example/db?hostaddr=10.0.0.7,10.0.0.8&port=5433",
    ] {
        assert_eq!(PostgresStore::connect(url).unwrap_err(), PostgresUrlError::Invalid, "{url}");
    }
    let prefix = RedisStore::builder("redis://127.0.0.1").prefix("{}").build();
    assert_eq!(prefix.unwrap_err(), RedisUrlError::Prefix);
    let schema = PostgresStore::builder("postgres://127.0.0.1").schema("a\"b").build();
    assert_eq!(schema.unwrap_err(), PostgresUrlError::Name);
}
