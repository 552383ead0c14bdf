//! What is Redis's alone: rights, refusals, servers that are full or only follow.
//!
//! Must not know: what is the same for every store.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use monday_auth_redis::RedisStore;
use monday_sdk::auth::{Expect, StoreError, TokenStore as _};
use redis::aio::MultiplexedConnection;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::servers::{or_skipped, redis_url};
use crate::store_place::{StorePlace, key_of, own_name, record};
use crate::support::{free_port, within};

const TTL: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_user_with_the_documented_rights_can_do_all_and_one_without_is_told_before() {
    let Some(place) = StorePlace::redis() else { return };
    let StorePlace::Redis { url, prefix } = &place else { unreachable!() };
    let (key, user) = (key_of("rights"), own_name());
    let pattern = format!("~{prefix}*");
    let commands = "+eval +get +set +del +exists +hget +hmget +hset +hstrlen +rename +pexpire";
    let mut allow = vec!["ACL", "SETUSER", &user, "on", ">password", "resetkeys", &pattern];
    allow.extend(commands.split(' '));
    place.run(&key, &allow, "").await;
    let mut as_user = url::Url::parse(url).unwrap();
    as_user.set_username(&user).unwrap();
    as_user.set_password(Some("password")).unwrap();
    let store = RedisStore::builder(as_user.as_str()).prefix(prefix).build().unwrap();
    let lease = store.lease(&key, TTL).await.unwrap().unwrap();
    store.check_writable(&key, &lease).await.unwrap();
    store.save(&key, record(&key, 1, "first"), Expect::Absent, &lease).await.unwrap();
    assert!(store.load(&key).await.unwrap().is_some());
    store.set_aside(&key, &lease).await.unwrap();
    store.delete(&key).await.unwrap();

    place.run(&key, &["ACL", "SETUSER", &user, "-hset"], "").await;
    assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::Denied));
    place.run(&key, &["ACL", "SETUSER", &user, "+hset", "resetkeys", "~elsewhere*"], "").await;
    assert_eq!(store.load(&key).await.unwrap_err(), StoreError::Denied);
    as_user.set_password(Some("another")).unwrap();
    let store = RedisStore::builder(as_user.as_str()).prefix(prefix).build().unwrap();
    assert_eq!(store.load(&key).await.unwrap_err(), StoreError::Denied);
    place.run(&key, &["ACL", "DELUSER", &user], "").await;
    drop(lease);
    place.clear().await;
}

/// A Redis of this test's own, which ends with it.
struct OwnRedis(Child, String);

impl OwnRedis {
    fn start(settings: &[&str]) -> Option<Self> {
        let port = free_port().to_string();
        let mut command = Command::new("redis-server");
        command.args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.args(settings).stdout(Stdio::null()).stderr(Stdio::null());
        let server = command.spawn().ok().map(|child| Self(child, format!("redis://127.0.0.1:{port}")));
        or_skipped(server, "redis-server", "install it")
    }

    /// A connection, when it answers.
    async fn admin(&mut self) -> MultiplexedConnection {
        let client = redis::Client::open(&*self.1).unwrap();
        loop {
            assert!(self.0.try_wait().unwrap().is_none(), "it has ended");
            match client.get_multiplexed_async_connection().await {
                Ok(connection) => return connection,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_server_that_is_full_or_only_follows_says_so_before_a_refresh_token_is_spent() {
    let Some(url) = redis_url() else { return };
    let url = url::Url::parse(&url).unwrap();
    let master = format!("{} {}", url.host_str().unwrap(), url.port().unwrap_or(6379));
    for change in [["maxmemory", "1"], ["replicaof", &master], ["min-replicas-to-write", "1"]] {
        let Some(mut server) = OwnRedis::start(&["--maxmemory-policy", "noeviction"]) else {
            return;
        };
        let mut admin = within(Duration::from_secs(20), server.admin()).await;
        let (store, key) = (RedisStore::connect(&*server.1).unwrap(), key_of("full"));
        let lease = store.lease(&key, TTL).await.unwrap().unwrap();
        store.check_writable(&key, &lease).await.unwrap();
        if change[0] == "replicaof" {
            let mut command = redis::cmd("REPLICAOF");
            command.arg(change[1].split(' ').collect::<Vec<_>>());
            command.exec_async(&mut admin).await.unwrap();
        } else {
            redis::cmd("CONFIG").arg("SET").arg(&change).exec_async(&mut admin).await.unwrap();
        }
        let refused = store.check_writable(&key, &lease).await.unwrap_err();
        assert!(matches!(refused, StoreError::Unavailable | StoreError::NoLease), "{change:?} {refused}");
        let refused = store.lease(&key_of("other"), TTL).await.unwrap_err();
        assert_eq!(refused, StoreError::Unavailable, "{change:?}");
    }
}

/// Its name leads to another server by then.
#[tokio::test]
async fn a_connection_to_a_server_that_only_follows_now_is_left() {
    let Some(mut server) = OwnRedis::start(&[]) else { return };
    let mut admin = within(Duration::from_secs(20), server.admin()).await;
    let store = RedisStore::connect(&*server.1).unwrap();
    let key = key_of("demoted");
    drop(store.lease(&key, TTL).await.unwrap().unwrap());
    let () = redis::cmd("REPLICAOF").arg(&["127.0.0.1", "1"]).query_async(&mut admin).await.unwrap();
    for _ in 0..3 {
        let before = connections(&mut admin).await;
        assert_eq!(store.lease(&key_of("other"), TTL).await.unwrap_err(), StoreError::Unavailable);
        let _ = store.load(&key).await;
        assert!(connections(&mut admin).await > before, "it stays with the server");
    }
    let () = redis::cmd("REPLICAOF").arg(&["NO", "ONE"]).query_async(&mut admin).await.unwrap();
    assert!(store.lease(&key_of("back"), TTL).await.unwrap().is_some());
    let before = connections(&mut admin).await;
    assert!(store.load(&key).await.unwrap().is_none());
    assert_eq!(connections(&mut admin).await, before, "one connection is enough for a server that writes");
}

/// How many connections the server has had.
async fn connections(admin: &mut MultiplexedConnection) -> u64 {
    let info: String = redis::cmd("INFO").arg("stats").query_async(admin).await.unwrap();
    let line = info.lines().find_map(|line| line.strip_prefix("total_connections_received:"));
    line.unwrap().parse().unwrap()
}

#[tokio::test]
async fn every_refusal_has_its_error() {
    for (refusal, expected) in [
        ("OOM command not allowed when used memory > 'maxmemory'.", StoreError::Unavailable),
        ("READONLY You can't write against a read only replica.", StoreError::Unavailable),
        ("MISCONF Redis is configured to save RDB snapshots", StoreError::Unavailable),
        ("LOADING Redis is loading the dataset in memory", StoreError::Unavailable),
        ("CLUSTERDOWN The cluster is down", StoreError::Unavailable),
        ("TRYAGAIN Multiple keys request during rehashing of slot", StoreError::Unavailable),
        ("MASTERDOWN Link with MASTER is down", StoreError::Unavailable),
        ("MOVED 3999 127.0.0.1:6381", StoreError::Unavailable),
        ("NOAUTH Authentication required.", StoreError::Denied),
        ("WRONGPASS invalid username-password pair", StoreError::Denied),
        ("NOPERM this user has no permissions to run the 'hset' command", StoreError::Denied),
        // As servers before 7.0 say it of a script.
        (
            "ERR Error running script (call to f_1): @user_script:1: -OOM command not allowed",
            StoreError::Unavailable,
        ),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut buffer = [0; 8192];
                    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
                        let text = String::from_utf8_lossy(&buffer[..length]);
                        // Two `CLIENT SETINFO` come together.
                        let clients = text.matches("SETINFO").count();
                        let answer = "+OK\r\n".repeat(clients)
                            + &if clients == 0 { format!("-{refusal}\r\n") } else { String::new() };
                        let _ = stream.write_all(answer.as_bytes()).await;
                    }
                });
            }
        });
        let store = RedisStore::connect(format!("redis://{address}")).unwrap();
        let found = store.load(&key_of("anyone")).await.unwrap_err();
        assert_eq!(found, expected, "{refusal}");
    }
}
