//! A scripted authorization server, a store with faults, and a runtime on a clock that is moved by hand.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::unix_time::from_millis;
use crate::{
    AuthServer, BoxFuture, Credential, CredentialKind, Expect, HttpAnswer, HttpFault, HttpRequest, HttpSend,
    Lease, MemoryStore, OAuthApp, OAuthAppBuilder, OAuthProvider, OAuthSessions, Runtime, ScopeSet, Secret,
    StoreError, TokenGrant, TokenKey, TokenRecord, TokenStore,
};

pub(super) const HOUR: Duration = Duration::from_hours(1);

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// The next pair: `access-N-…` and `refresh-N`, after so many seconds.
    Pair(u64),
    /// A status and a body.
    Say(u16, &'static str),
    /// No answer.
    Fail(HttpFault),
    /// Never.
    Hang,
}

/// Answers as told; what comes after the script is answered with pairs.
#[derive(Debug, Default)]
pub(super) struct Server {
    script: Mutex<VecDeque<Act>>,
    pub(super) bodies: Mutex<Vec<String>>,
    issued: AtomicUsize,
}

impl Server {
    pub(super) fn will(&self, acts: impl IntoIterator<Item = Act>) {
        self.script.lock().unwrap().extend(acts);
    }

    pub(super) fn requests(&self) -> usize {
        self.bodies.lock().unwrap().len()
    }

    pub(super) fn spent(&self) -> Vec<String> {
        let bodies = self.bodies.lock().unwrap();
        let token = |body: &String| Some(body.split("refresh_token=").nth(1)?.split('&').next()?.to_owned());
        bodies.iter().filter(|body| body.contains("grant_type=refresh_token")).filter_map(token).collect()
    }
}

impl HttpSend for Server {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>> {
        let body = String::from_utf8(request.into_body()).unwrap();
        self.bodies.lock().unwrap().push(body);
        let act = self.script.lock().unwrap().pop_front().unwrap_or(Act::Pair(0));
        Box::pin(async move {
            let answer = |status, body: &str| {
                Ok(HttpAnswer { status, date: None, retry_after: None, body: body.as_bytes().to_vec() })
            };
            match act {
                Act::Pair(seconds) => {
                    let number = self.issued.fetch_add(1, Ordering::SeqCst) + 1;
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                    answer(
                        200,
                        &format!(
                            r#"{{"access_token":"access-{number}-1","refresh_token":"refresh-{number}","token_type":"Bearer","expires_in":3600}}"#
                        ),
                    )
                }
                Act::Say(status, body) => answer(status, body),
                Act::Fail(fault) => Err(fault),
                Act::Hang => std::future::pending().await,
            }
        })
    }
}

/// A memory store that can be told to fail.
#[derive(Debug, Clone, Default)]
pub(super) struct Store {
    pub(super) kept: MemoryStore,
    pub(super) read_only: Arc<AtomicBool>,
    /// The preflight sees nothing of it.
    pub(super) fails_late: Arc<AtomicBool>,
    pub(super) down: Arc<AtomicBool>,
    /// Someone else has the lease, and the clock of this process does not know.
    pub(super) overtaken: Arc<AtomicBool>,
}

const READ_ONLY: StoreError =
    StoreError::Io { doing: "written", kind: std::io::ErrorKind::ReadOnlyFilesystem };

impl TokenStore for Store {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        if self.down.load(Ordering::SeqCst) {
            return Box::pin(std::future::ready(Err(StoreError::Unavailable)));
        }
        self.kept.load(key)
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        if self.read_only.load(Ordering::SeqCst) || self.fails_late.load(Ordering::SeqCst) {
            return Box::pin(std::future::ready(Err(READ_ONLY)));
        }
        self.kept.save(key, record, expect, lease)
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.kept.delete(key)
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        self.kept.lease(key, ttl)
    }

    fn check_writable<'a>(&'a self, _: &'a TokenKey, _: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        let result = match (self.read_only.load(Ordering::SeqCst), self.overtaken.load(Ordering::SeqCst)) {
            (true, _) => Err(READ_ONLY),
            (false, true) => Err(StoreError::NoLease),
            (false, false) => Ok(()),
        };
        Box::pin(std::future::ready(result))
    }
}

#[derive(Debug)]
pub(super) struct Clock {
    start: tokio::time::Instant,
    /// How far the time of day has been put off, in seconds.
    pub(super) shift: AtomicI64,
}

impl Runtime for Clock {
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }

    fn blocking(&self, work: Box<dyn FnOnce() + Send>) {
        work();
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn now(&self) -> SystemTime {
        let base = 1_700_000_000_000 + self.shift.load(Ordering::SeqCst) * 1000;
        from_millis(base.unsigned_abs()) + self.start.elapsed()
    }
}

/// One process's sessions; several share server, store and clock.
#[derive(Clone)]
pub(super) struct World {
    pub(super) server: Arc<Server>,
    pub(super) store: Store,
    pub(super) clock: Arc<Clock>,
}

pub(super) fn key() -> TokenKey {
    TokenKey::new("app", "account", "user")
}

impl World {
    /// A world whose store holds `access-0-1` and `refresh-0`, an hour's pair.
    pub(super) async fn new() -> Self {
        let clock = Clock { start: tokio::time::Instant::now(), shift: AtomicI64::new(0) };
        let this = Self { server: Arc::default(), store: Store::default(), clock: Arc::new(clock) };
        this.process().adopt(&key(), this.grant(0)).await.unwrap();
        this
    }

    pub(super) fn grant(&self, number: usize) -> TokenGrant {
        let now = self.clock.now();
        TokenGrant {
            access: Secret::new(format!("access-{number}-1")),
            refresh: Some(Secret::new(format!("refresh-{number}"))),
            scope: Some(ScopeSet::parse("me:read")),
            kind: CredentialKind::OAuth,
            received_at: now,
            expires_at: Some(now + HOUR),
        }
    }

    /// A process of its own: nothing in memory yet.
    pub(super) fn process(&self) -> OAuthSessions {
        self.process_with(self.store.clone())
    }

    pub(super) fn process_with(&self, store: impl TokenStore) -> OAuthSessions {
        self.process_of(OAuthApp::builder("app", Secret::new("client-secret")), store)
    }

    pub(super) fn process_of(&self, app: OAuthAppBuilder, store: impl TokenStore) -> OAuthSessions {
        let app = app
            .redirect_uri("https://app.example.com/callback")
            .server(AuthServer::loopback("http://127.0.0.1:9").unwrap())
            .build()
            .unwrap();
        let (server, clock) = (Arc::clone(&self.server), Arc::clone(&self.clock));
        OAuthSessions::builder(app, store, server, clock).build()
    }

    pub(super) fn provider(&self) -> OAuthProvider {
        self.process().provider(&key()).unwrap()
    }

    pub(super) async fn stored(&self) -> Option<Arc<TokenRecord>> {
        self.store.kept.load(&key()).await.unwrap()
    }
}

pub(super) async fn after(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

pub(super) fn is(credential: &Credential, number: usize) -> bool {
    credential.fingerprint() == Secret::new(format!("access-{number}-1")).fingerprint()
}
