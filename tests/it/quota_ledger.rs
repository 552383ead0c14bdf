//! A page of quota in a real Redis: swaps, rights, sizes, silence, refusals.
//!
//! Must not know: what stands on the page.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use monday_quota_redis::{RedisLedger, RedisUrlError};
use monday_sdk::{LedgerFault, LedgerPage, LedgerSwap, QuotaLedger as _};
use redis::AsyncCommands as _;
use redis::aio::MultiplexedConnection;

use crate::cut_proxy::CutProxy;
use crate::servers::redis_url;
use crate::store_place::own_name;
use crate::support::within;

const GUIDE: &str = include_str!("../../docs/several-machines.md");

struct Place {
    url: url::Url,
    name: String,
    admin: MultiplexedConnection,
}

impl Place {
    async fn new() -> Option<Self> {
        let url = redis_url()?;
        let admin = redis::Client::open(&*url).unwrap().get_multiplexed_async_connection().await.unwrap();
        Some(Self { url: url.parse().unwrap(), name: own_name(), admin })
    }

    fn ledger(&self) -> RedisLedger {
        RedisLedger::connect(self.url.as_str(), &self.name).unwrap()
    }

    fn key(&self) -> String {
        format!("monday-quota:{}", self.name)
    }

    async fn clear(mut self) {
        let () = self.admin.del(self.key()).await.unwrap();
    }
}

fn done(swap: &LedgerSwap) -> u64 {
    match swap {
        LedgerSwap::Done { version, .. } => *version,
        LedgerSwap::Changed(page) => panic!("it was changed: {page:?}"),
    }
}

#[tokio::test]
async fn a_page_is_swapped_only_from_the_version_that_was_read() {
    let Some(mut place) = Place::new().await else { return };
    let (one, other) = (place.ledger(), place.ledger());
    let empty = one.read().await.unwrap();
    assert!(empty.text.is_empty());
    let first = done(&one.swap(empty.version, b"one").await.unwrap());
    match other.swap(empty.version, b"two").await.unwrap() {
        LedgerSwap::Changed(LedgerPage { text, version, now }) => {
            assert_eq!((text, version), (b"one".to_vec(), first));
            let here = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            assert!(now.abs_diff(here) < Duration::from_hours(1), "{now:?} there, {here:?} here");
        }
        done @ LedgerSwap::Done { .. } => panic!("{done:?}"),
    }
    let second = done(&other.swap(first, b"two").await.unwrap());
    assert!(matches!(one.swap(first, b"three").await.unwrap(), LedgerSwap::Changed(_)));
    let found = one.read().await.unwrap();
    assert_eq!((found.text, found.version), (b"two".to_vec(), second));
    let kept: i64 = place.admin.ttl(place.key()).await.unwrap();
    assert!(kept > 24 * 3600, "kept for {kept} s");
    // A page that begins anew has no version that one before it had.
    let () = place.admin.del(place.key()).await.unwrap();
    assert!(
        matches!(one.swap(second, b"late").await.unwrap(), LedgerSwap::Changed(page) if page.text.is_empty())
    );
    let anew = done(&one.swap(0, b"anew").await.unwrap());
    assert!(anew > second, "{anew} after {second}");
    place.clear().await;
}

#[tokio::test]
async fn a_page_that_is_too_long_is_neither_written_nor_read() {
    let Some(mut place) = Place::new().await else { return };
    let ledger = place.ledger();
    let version = done(&ledger.swap(0, &vec![b'x'; 256 * 1024]).await.unwrap());
    assert_eq!(ledger.swap(version, &vec![b'x'; 256 * 1024 + 1]).await, Err(LedgerFault));
    assert_eq!(ledger.read().await.unwrap().version, version);
    let () = place.admin.hset(place.key(), "text", "x".repeat(256 * 1024 + 1)).await.unwrap();
    assert!(ledger.read().await.unwrap().text.is_empty());
    let () = place.admin.del(place.key()).await.unwrap();
    let () = place.admin.set(place.key(), "no page").await.unwrap();
    assert_eq!(ledger.read().await, Err(LedgerFault));
    place.clear().await;
}

#[tokio::test]
async fn a_user_with_the_documented_rights_can_share_and_needs_each_of_them() {
    let Some(mut place) = Place::new().await else { return };
    let line = GUIDE.lines().find(|line| line.contains("~monday-quota:*")).unwrap();
    let rights: Vec<&str> = line.split(' ').filter(|word| word.starts_with('+')).collect();
    assert!(rights.len() > 5, "{rights:?}");
    let user = own_name();
    let mut allow = redis::cmd("ACL");
    allow.arg("SETUSER").arg(&user).arg(&["on", ">password", "~monday-quota:*"]).arg(&rights);
    let () = allow.query_async(&mut place.admin).await.unwrap();
    let mut as_user = place.url.clone();
    as_user.set_username(&user).unwrap();
    as_user.set_password(Some("password")).unwrap();
    // As a server that has never seen the script.
    let () = redis::cmd("SCRIPT").arg("FLUSH").query_async(&mut place.admin).await.unwrap();
    let ledger = RedisLedger::connect(as_user.as_str(), &place.name).unwrap();
    let version = done(&ledger.swap(0, b"one").await.unwrap());
    done(&ledger.swap(version, b"two").await.unwrap());
    for right in rights {
        let version = place.ledger().read().await.unwrap().version;
        let take = |right: String, admin: &MultiplexedConnection| {
            let (mut admin, user) = (admin.clone(), user.clone());
            async move {
                let mut command = redis::cmd("ACL");
                let () = command.arg("SETUSER").arg(user).arg(right).query_async(&mut admin).await.unwrap();
            }
        };
        take(right.replace('+', "-"), &place.admin).await;
        let () = redis::cmd("SCRIPT").arg("FLUSH").query_async(&mut place.admin).await.unwrap();
        let (read, swapped) = (ledger.read().await.is_err(), ledger.swap(version, b"three").await.is_err());
        assert!(read || swapped, "it can share without {right}");
        take(right.to_owned(), &place.admin).await;
    }
    let () = redis::cmd("ACL").arg("DELUSER").arg(&user).query_async(&mut place.admin).await.unwrap();
    place.clear().await;
}

#[tokio::test]
async fn a_connection_that_died_without_a_word_is_replaced() {
    let Some(place) = Place::new().await else { return };
    let server = format!("{}:{}", place.url.host_str().unwrap(), place.url.port().unwrap_or(6379));
    let proxy = CutProxy::to(server).await;
    let ledger = RedisLedger::connect(format!("redis://{}", proxy.address), &place.name).unwrap();
    for round in 0..2 {
        ledger.read().await.unwrap();
        proxy.strand();
        let begun = Instant::now();
        assert_eq!(within(Duration::from_secs(5), ledger.read()).await, Err(LedgerFault), "round {round}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    }
    ledger.read().await.unwrap();
    place.clear().await;
}

#[tokio::test]
async fn an_address_that_would_show_the_password_is_refused_and_shown_by_nobody() {
    for (url, error) in [
        ("redis://:hunter2@redis.example", RedisUrlError::PlainText),
        ("rediss://:hunter2@redis.example/#insecure", RedisUrlError::Unverified),
        ("http://hunter2@redis.example", RedisUrlError::Invalid),
        ("hunter2", RedisUrlError::Invalid),
    ] {
        let builder = RedisLedger::builder(url, "app/account");
        assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
        assert_eq!(builder.build().unwrap_err(), error, "{url}");
    }
    let builder = RedisLedger::builder("redis://127.0.0.1", "app").private_authority("none");
    assert_eq!(builder.build().unwrap_err(), RedisUrlError::WithoutTls);
    for builder in [
        RedisLedger::builder("rediss://:hunter2@redis.example", "app"),
        RedisLedger::builder("redis://:hunter2@redis.example", "app").allow_plain_text(),
        RedisLedger::builder("redis://:hunter2@127.0.0.1", "app"),
    ] {
        assert!(!format!("{:?}", builder.build().unwrap()).contains("hunter2"));
    }
}
