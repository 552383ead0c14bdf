//! Carries webhooks: the challenge before one is made, then each event until it is taken.
//!
//! Only `http` on loopback is ever called. No order is kept, and an event may come twice, as with monday.
//! Must not know: what an event says, who hears it.

mod post;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::authorization;
use crate::world::{Letter, seed};
pub(crate) use post::loopback;

/// monday tries again once a minute.
pub(crate) const INTERVAL: Duration = Duration::from_mins(1);

/// For thirty minutes.
const RETRIES: usize = 30;

/// How long monday's signed tokens are good.
const TOKEN_LIFE: u64 = 300;

/// What an operation brings that makes webhooks.
#[derive(Debug, Default)]
pub(crate) struct Subscribing {
    /// The signing secret of the app that asks; a person has none.
    pub(crate) secret: Option<String>,
    answered: BTreeMap<String, bool>,
}

impl Subscribing {
    /// Asks each URL its challenge.
    pub(crate) async fn challenge(urls: &[String], secret: Option<String>) -> Self {
        let mut answered = BTreeMap::new();
        for url in urls {
            if let Some((target, address)) = loopback(url) {
                let asked = json!({"challenge": uuid::Uuid::new_v4().to_string()});
                let answer = post::post(&target, address, None, asked.to_string()).await;
                let is_echo = answer.is_some_and(|(status, body)| {
                    status == 200 && serde_json::from_slice::<Value>(&body).is_ok_and(|body| body == asked)
                });
                answered.insert(url.clone(), is_echo);
            }
        }
        Self { secret, answered }
    }

    pub(crate) fn has_answered(&self, url: &str) -> bool {
        self.answered.get(url) == Some(&true)
    }
}

/// Letters on their way.
#[derive(Debug)]
pub(crate) struct Couriers {
    interval: Duration,
    /// The webhooks that there are: a letter to another one is dropped.
    live: Arc<Mutex<BTreeSet<u64>>>,
    tasks: Mutex<JoinSet<()>>,
}

impl Couriers {
    pub(crate) fn new(interval: Duration) -> Self {
        Self { interval, live: Arc::default(), tasks: Mutex::default() }
    }

    /// Sends letters off, each on its own way; `live` are the webhooks that there are now.
    pub(crate) fn take(&self, letters: Vec<Letter>, live: BTreeSet<u64>) {
        *locked(&self.live) = live;
        let mut tasks = locked(&self.tasks);
        while tasks.try_join_next().is_some() {}
        for letter in letters {
            tasks.spawn(carry(letter, self.interval, Arc::clone(&self.live)));
        }
    }

    /// How many are on their way.
    pub(crate) fn on_the_way(&self) -> usize {
        let mut tasks = locked(&self.tasks);
        while tasks.try_join_next().is_some() {}
        tasks.len()
    }

    /// Drops all letters.
    pub(crate) fn stop(&self) {
        locked(&self.tasks).abort_all();
    }

    /// Drops all letters, and waits until they are.
    pub(crate) async fn stopped(&self) {
        let mut tasks = std::mem::take(&mut *locked(&self.tasks));
        tasks.shutdown().await;
    }
}

async fn carry(letter: Letter, interval: Duration, live: Arc<Mutex<BTreeSet<u64>>>) {
    let webhook = &letter.webhook;
    for attempt in 0..=RETRIES {
        if attempt > 0 {
            tokio::time::sleep(interval).await;
        }
        if !locked(&live).contains(&webhook.id) {
            return;
        }
        let Some((url, address)) = loopback(&webhook.url) else { return };
        let token = webhook.secret.as_deref().map(|secret| token(&webhook.url, secret));
        let answer = post::post(&url, address, token.as_deref(), letter.body(attempt > 0)).await;
        // Of the documentation's words: until it is answered with 200.
        if answer.is_some_and(|(status, _)| status == 200) {
            return;
        }
    }
}

/// The token that says for whom a letter is, good for five minutes.
fn token(audience: &str, secret: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let claims = json!({
        "accountId": seed::ACCOUNT, "userId": seed::ME, "aud": audience, "iat": now, "exp": now + TOKEN_LIFE,
        "shortLivedToken": "sandbox-short-lived-token",
    });
    authorization::signed(&claims, secret)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
