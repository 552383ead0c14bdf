//! The webhooks seen of late, so that each is acted on once.
//!
//! monday sends a webhook again once a minute for 30 minutes until it is answered with 200, in any order. Must not know:
//! what a webhook says.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

/// Half of a SHA-256: an id of any length takes as much room as another, and nobody finds two that are alike.
type Key = [u8; 16];

/// Remembers `triggerUuid`s for 35 minutes, the last 100,000 of them at most: about 7 MB when full. Threads may share it.
///
/// Where several processes receive webhooks, each has its own memory: share one in a database.
///
/// ```
/// let seen = monday_auth::SeenWebhooks::new();
/// assert!(seen.is_new("b5ed2e17c6fd4c3a8b0e4a0bd2b1a0a5"));
/// assert!(!seen.is_new("b5ed2e17c6fd4c3a8b0e4a0bd2b1a0a5"));
/// ```
///
/// Source: <https://developer.monday.com/api-reference/reference/webhooks>.
pub struct SeenWebhooks {
    most: usize,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    keys: HashSet<Key>,
    /// Oldest first.
    order: VecDeque<(Instant, Key)>,
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

    /// Whether this `triggerUuid` is seen for the first time; it is from then on remembered. Of several threads that ask
    /// at once exactly one is told yes. Ask after the signature was checked: a stranger could fill the memory.
    pub fn is_new(&self, trigger_uuid: &str) -> bool {
        let key = key(trigger_uuid);
        let mut memory = self.memory();
        // Taken under the lock, so that the order is that of the clock.
        let now = Instant::now();
        memory.add(key, now, self.most)
    }

    /// Forgets an id again, where handling its webhook failed: monday's next try is then new.
    pub fn forget(&self, trigger_uuid: &str) {
        let key = key(trigger_uuid);
        let mut memory = self.memory();
        if memory.keys.remove(&key) {
            memory.order.retain(|(_, known)| *known != key);
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn add(&mut self, key: Key, now: Instant, most: usize) -> bool {
        let old = |at: Instant| now.saturating_duration_since(at) >= SeenWebhooks::LIFE;
        while self.order.front().is_some_and(|(at, _)| old(*at)) {
            self.drop_oldest();
        }
        if !self.keys.insert(key) {
            return false;
        }
        self.order.push_back((now, key));
        if self.order.len() > most {
            self.drop_oldest();
        }
        true
    }

    fn drop_oldest(&mut self) {
        if let Some((_, oldest)) = self.order.pop_front() {
            self.keys.remove(&oldest);
        }
    }
}

fn key(trigger_uuid: &str) -> Key {
    let mut key = Key::default();
    let digest = Sha256::digest(trigger_uuid);
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
mod tests {
    use std::sync::Barrier;

    use super::*;

    fn count(seen: &SeenWebhooks) -> (usize, usize) {
        let memory = seen.memory();
        (memory.keys.len(), memory.order.len())
    }

    #[test]
    fn a_million_ids_take_no_more_room_than_allowed() {
        let seen = SeenWebhooks::with_capacity(1_000);
        for id in 0..1_000_000_u32 {
            assert!(seen.is_new(&id.to_string()));
        }
        assert_eq!(count(&seen), (1_000, 1_000));
        let memory = seen.memory();
        assert!(memory.keys.capacity() <= 4_000 && memory.order.capacity() <= 4_000);
        drop(memory);
        assert!(!seen.is_new("999999") && !seen.is_new("999000") && seen.is_new("998999"));
    }

    #[test]
    fn an_id_is_forgotten_after_35_minutes_and_not_before() {
        let start = Instant::now();
        let at = |minutes| start + Duration::from_mins(minutes);
        let mut memory = Memory::default();
        assert!(memory.add(key("a"), at(0), 10));
        // monday's last retry.
        assert!(!memory.add(key("a"), at(30), 10));
        assert!(!memory.add(key("a"), at(34) + Duration::from_millis(59_999), 10));
        assert!(memory.add(key("a"), at(35), 10));
        assert!(!memory.add(key("a"), at(69), 10));
    }

    #[test]
    fn what_is_over_leaves_the_memory_when_the_next_one_comes() {
        let start = Instant::now();
        let mut memory = Memory::default();
        for id in 0..1_000_u32 {
            memory.add(key(&id.to_string()), start, 10_000);
        }
        memory.add(key("next"), start + SeenWebhooks::LIFE, 10_000);
        assert_eq!((memory.keys.len(), memory.order.len()), (1, 1));
    }

    #[test]
    fn of_many_threads_with_one_id_exactly_one_is_told_that_it_is_new() {
        for round in 0..200 {
            let (seen, start) = (SeenWebhooks::new(), Barrier::new(4));
            let id = format!("trigger-{round}");
            let ask = || {
                start.wait();
                seen.is_new(&id)
            };
            let told = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
            });
            assert_eq!(told.iter().filter(|new| **new).count(), 1);
        }
    }

    #[test]
    fn a_forgotten_id_is_new_again_and_no_other_is() {
        let seen = SeenWebhooks::new();
        assert!(seen.is_new("a") && seen.is_new("b"));
        seen.forget("a");
        seen.forget("unknown");
        assert!(seen.is_new("a") && !seen.is_new("a") && !seen.is_new("b"));
        assert_eq!(count(&seen), (2, 2));
    }

    #[test]
    fn ids_of_any_length_are_told_apart() {
        let seen = SeenWebhooks::new();
        let long = "x".repeat(100_000);
        assert!(seen.is_new("") && seen.is_new(&long) && seen.is_new(&long[1..]) && !seen.is_new(&long));
        assert!(!format!("{seen:?}").contains('x'));
    }
}
