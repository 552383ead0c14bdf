//! The webhooks seen of late, so that each is acted on once and none is lost.
//!
//! monday sends a webhook again once a minute for 30 minutes until it is answered with 200, in any order. Must not know:
//! what a webhook says.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hmac_sha256::Hash;

/// Half of a SHA-256: an id of any length takes as much room as another, and nobody finds two that are alike.
type Key = [u8; 16];

/// What is known of a webhook when it is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebhookClaim {
    /// Nobody has it: it is the caller's now, until the lease ends.
    New,
    /// Another has it and is not done. Answer anything but 200, so that monday asks again.
    InFlight,
    /// It was acted on. Answer 200.
    Done,
}

/// Remembers `triggerUuid`s for 35 minutes, the last 100,000 of them at most: about 9 MB when full. Threads may share it.
///
/// In two steps, since a webhook that is taken for seen before it lies safe is lost when whoever took it fails: it is
/// claimed for a while, and then [`done`](Self::done). A claim that nobody ends runs out by itself.
///
/// Where several processes receive webhooks, each has its own memory: share one in a database.
///
/// ```
/// use std::time::Duration;
/// use monday_auth::{SeenWebhooks, WebhookClaim};
/// let (seen, lease) = (SeenWebhooks::new(), Duration::from_secs(50));
/// assert_eq!(seen.claim("b5ed2e17c6fd4c3a8b0e4a0bd2b1a0a5", lease), WebhookClaim::New);
/// assert_eq!(seen.claim("b5ed2e17c6fd4c3a8b0e4a0bd2b1a0a5", lease), WebhookClaim::InFlight);
/// seen.done("b5ed2e17c6fd4c3a8b0e4a0bd2b1a0a5");
/// assert_eq!(seen.claim("b5ed2e17c6fd4c3a8b0e4a0bd2b1a0a5", lease), WebhookClaim::Done);
/// ```
///
/// Source: <https://developer.monday.com/api-reference/reference/webhooks>.
pub struct SeenWebhooks {
    most: usize,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    keys: HashMap<Key, State>,
    /// Oldest first.
    order: VecDeque<(Instant, Key)>,
}

#[derive(Clone, Copy)]
enum State {
    /// `None` is an end beyond the clock.
    Claimed {
        until: Option<Instant>,
    },
    Done,
}

impl SeenWebhooks {
    /// How long an id is remembered: monday's 30 minutes and some for its clock and the network.
    pub const LIFE: Duration = Duration::from_mins(35);

    /// Remembers 100,000 ids at most.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(100_000)
    }

    /// Remembers so many ids at most, and at least one. When it is full the oldest is forgotten, and its event would be
    /// taken for new if it came again.
    #[must_use]
    pub fn with_capacity(most: usize) -> Self {
        Self { most: most.max(1), memory: Mutex::default() }
    }

    /// Claims this `triggerUuid` for as long as `lease`, if nobody has it. Of several threads that ask at once exactly
    /// one is told [`New`](WebhookClaim::New). Ask after the signature was checked: a stranger could fill the memory.
    #[must_use]
    pub fn claim(&self, trigger_uuid: &str, lease: Duration) -> WebhookClaim {
        let key = key(trigger_uuid);
        let mut memory = self.memory();
        // Taken under the lock, so that the order is that of the clock.
        let now = Instant::now();
        memory.claim(key, now, lease, self.most)
    }

    /// The webhook was acted on, or lies where it surely will be: it is remembered, even if the claim ran out meanwhile.
    pub fn done(&self, trigger_uuid: &str) {
        let key = key(trigger_uuid);
        let mut memory = self.memory();
        let now = Instant::now();
        memory.put(key, State::Done, now, self.most);
    }

    /// Gives a claim back, where handling the webhook failed: monday's next try is then new. What is done stays done.
    pub fn release(&self, trigger_uuid: &str) {
        let key = key(trigger_uuid);
        let mut memory = self.memory();
        if matches!(memory.keys.get(&key), Some(State::Claimed { .. })) {
            memory.keys.remove(&key);
            memory.order.retain(|(_, known)| *known != key);
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn claim(&mut self, key: Key, now: Instant, lease: Duration, most: usize) -> WebhookClaim {
        let old = |at: Instant| now.saturating_duration_since(at) >= SeenWebhooks::LIFE;
        while self.order.front().is_some_and(|(at, _)| old(*at)) {
            self.drop_oldest();
        }
        match self.keys.get(&key) {
            Some(State::Done) => WebhookClaim::Done,
            Some(State::Claimed { until }) if until.is_none_or(|until| now < until) => WebhookClaim::InFlight,
            _ => {
                self.put(key, State::Claimed { until: now.checked_add(lease) }, now, most);
                WebhookClaim::New
            }
        }
    }

    /// One that is known keeps its place: its life counts from monday's first try, as monday's does.
    fn put(&mut self, key: Key, state: State, now: Instant, most: usize) {
        if self.keys.insert(key, state).is_none() {
            self.order.push_back((now, key));
        }
        if self.order.len() > most {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some((_, oldest)) = self.order.pop_front() {
            self.keys.remove(&oldest);
        }
    }
}

fn key(trigger_uuid: &str) -> Key {
    let mut key = Key::default();
    let digest = Hash::hash(trigger_uuid.as_bytes());
    key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    key
}

impl Default for SeenWebhooks {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for SeenWebhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenWebhooks").field("most", &self.most).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
