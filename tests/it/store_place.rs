//! Places for token records: a folder, a Redis, a PostgreSQL, each test's its own; and what others may do there.
//!
//! Must not know: what is tested.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use monday_auth_postgres::PostgresStore;
use monday_auth_redis::RedisStore;
use monday_sdk::auth::{BoxFuture, Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord, TokenStore};
use tokio_postgres::NoTls;

use crate::auth_support::file_store;
use crate::servers::{postgres_url, redis_url};

/// Where the records of one test are.
#[derive(Debug, Clone)]
pub(crate) enum StorePlace {
    Folder(PathBuf),
    Redis { url: String, prefix: String },
    Postgres { url: String, schema: String },
}

/// Places of their own on every server there is; the table is made.
pub(crate) async fn server_places() -> Vec<StorePlace> {
    let mut places = Vec::new();
    places.extend(StorePlace::redis());
    places.extend(StorePlace::postgres().await);
    places
}

/// A name that no other test has, in this process or another.
pub(crate) fn own_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
    format!("test_{now:x}_{:x}_{:x}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

impl StorePlace {
    pub(crate) fn redis() -> Option<Self> {
        Some(Self::Redis { url: redis_url()?, prefix: own_name() + ":" })
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let (url, schema) = (postgres_url()?, own_name());
        PostgresStore::builder(&*url).schema(&*schema).build().unwrap().migrate().await.unwrap();
        Some(Self::Postgres { url, schema })
    }

    /// The place that a process was told of.
    pub(crate) fn told(text: &str) -> Self {
        let parts: Vec<&str> = text.splitn(3, ' ').collect();
        match parts[..] {
            ["folder", folder] => Self::Folder(folder.into()),
            ["redis", prefix, url] => Self::Redis { url: url.to_owned(), prefix: prefix.to_owned() },
            ["postgres", schema, url] => Self::Postgres { url: url.to_owned(), schema: schema.to_owned() },
            _ => panic!("no place: {text}"),
        }
    }

    /// The same place by another way to its server.
    pub(crate) fn through(&self, address: &str) -> Self {
        let by = |url: &str| {
            let mut url = url::Url::parse(url).unwrap();
            let (host, port) = address.rsplit_once(':').unwrap();
            url.set_host(Some(host)).unwrap();
            url.set_port(Some(port.parse().unwrap())).unwrap();
            url.to_string()
        };
        match self {
            Self::Folder(_) => unreachable!("a folder has no server"),
            Self::Redis { url, prefix } => Self::Redis { url: by(url), prefix: prefix.clone() },
            Self::Postgres { url, schema } => Self::Postgres { url: by(url), schema: schema.clone() },
        }
    }

    /// Host and port of the server.
    pub(crate) fn address(&self) -> String {
        let (Self::Redis { url, .. } | Self::Postgres { url, .. }) = self else {
            unreachable!("a folder has no server")
        };
        let default = if matches!(self, Self::Redis { .. }) { 6379 } else { 5432 };
        let url = url::Url::parse(url).unwrap();
        format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(default))
    }

    pub(crate) fn store(&self) -> AnyStore {
        AnyStore(match self {
            Self::Folder(folder) => Arc::new(file_store(folder)),
            Self::Redis { url, prefix } => {
                Arc::new(RedisStore::builder(&**url).prefix(prefix).build().unwrap())
            }
            Self::Postgres { url, schema } => {
                Arc::new(PostgresStore::builder(&**url).schema(schema).build().unwrap())
            }
        })
    }

    /// Runs a command in Redis, or a statement in PostgreSQL; `@` stands for the key's name in Redis and for the table.
    pub(crate) async fn run(&self, key: &TokenKey, redis: &[&str], sql: &str) -> String {
        match self {
            Self::Folder(_) => unreachable!("a folder has no server"),
            Self::Redis { url, prefix } => {
                let client = redis::Client::open(&**url).unwrap();
                let mut connection = client.get_multiplexed_async_connection().await.unwrap();
                let name = format!("{prefix}{{{}}}:", key.name());
                let mut command = redis::Cmd::new();
                for part in redis {
                    command.arg(part.replace('@', &name));
                }
                let answer: redis::Value = command.query_async(&mut connection).await.unwrap();
                match answer {
                    redis::Value::Int(number) => number.to_string(),
                    answer => redis::from_redis_value::<Option<String>>(answer).unwrap().unwrap_or_default(),
                }
            }
            Self::Postgres { url, schema } => {
                let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
                let driver = tokio::spawn(connection);
                let sql = sql.replace('@', &format!("{schema}.monday_auth_tokens"));
                let answers = client.simple_query(&sql).await.unwrap();
                drop(client);
                driver.await.unwrap().unwrap();
                let row = answers.into_iter().find_map(|answer| match answer {
                    tokio_postgres::SimpleQueryMessage::Row(row) => Some(row),
                    _ => None,
                });
                row.and_then(|row| row.get(0).map(str::to_owned)).unwrap_or_default()
            }
        }
    }

    /// Removes all that the test made.
    pub(crate) async fn clear(&self) {
        match self {
            Self::Folder(_) => {}
            Self::Redis { prefix, .. } => {
                let script = "local all = redis.call('KEYS', ARGV[1] .. '*') \
                              for _, name in ipairs(all) do redis.call('DEL', name) end return #all";
                self.run(&key_of("nobody"), &["EVAL", script, "0", prefix], "").await;
            }
            Self::Postgres { schema, .. } => {
                self.run(&key_of("nobody"), &[], &format!("DROP SCHEMA {schema} CASCADE")).await;
            }
        }
    }
}

/// As [`StorePlace::told`] reads it.
impl fmt::Display for StorePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "folder {}", folder.display()),
            Self::Redis { url, prefix } => write!(f, "redis {prefix} {url}"),
            Self::Postgres { url, schema } => write!(f, "postgres {schema} {url}"),
        }
    }
}

pub(crate) fn key_of(user: &str) -> TokenKey {
    TokenKey::new("client-1", "account", user)
}

/// A record of this generation; its tokens are `access-…` and `refresh-…` with the seed.
pub(crate) fn record(key: &TokenKey, generation: u64, seed: &str) -> Arc<TokenRecord> {
    let text = serde_json::json!({
        "format": "monday-token-record", "version": 1,
        "app": key.app(), "account": key.account(), "user": key.user(), "kind": "oauth",
        "access_token": format!("access-{seed}"), "refresh_token": format!("refresh-{seed}"),
        "scope": "me:read", "obtained_at": 1_700_000_000_000_u64, "expires_at": 1_700_003_600_000_u64,
        "authorized_at": 1_700_000_000_000_u64, "generation": generation, "issuer": "issuer",
        "needs_consent": false,
    });
    Arc::new(RecordText::read(key, text.to_string().as_bytes()).unwrap())
}

/// Saves a first record.
pub(crate) async fn save_first(store: &AnyStore, key: &TokenKey) -> Arc<TokenRecord> {
    let lease = store.lease(key, Duration::from_secs(10)).await.unwrap().unwrap();
    let first = record(key, 1, "first");
    store.save(key, Arc::clone(&first), Expect::Absent, &lease).await.unwrap();
    first
}

/// The lease, as soon as whoever gives it back has done so.
pub(crate) async fn lease_soon(store: &AnyStore, key: &TokenKey, ttl: Duration) -> Lease {
    for _ in 0..100 {
        if let Some(lease) = store.lease(key, ttl).await.unwrap() {
            return lease;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the lease is not given back");
}

/// Any store.
#[derive(Debug, Clone)]
pub(crate) struct AnyStore(Arc<dyn TokenStore>);

impl TokenStore for AnyStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        self.0.load(key)
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.0.save(key, record, expect, lease)
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.0.delete(key)
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        self.0.lease(key, ttl)
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.0.check_writable(key, lease)
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        self.0.set_aside(key, lease)
    }
}
