//! Answers that are kept for the keys of mutations, so that nothing is done twice.
//!
//! Must not know: what an answer says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// From the answer on.
pub(crate) const LIFE: Duration = Duration::from_mins(30);

/// Larger answers are given, and forgotten.
const LARGEST: usize = 1_000_000;

/// A key is one credential's own.
type Key = (String, String);

#[derive(Debug)]
pub(crate) struct Answers {
    life: Duration,
    known: Arc<Mutex<HashMap<Key, Entry>>>,
}

#[derive(Debug)]
enum Entry {
    AtWork,
    Kept { since: Instant, body: Arc<str> },
}

/// What a key means for a request that brings it.
#[derive(Debug)]
pub(crate) enum Claim {
    /// Do the work, and then keep the answer.
    New(Work),
    /// It has been done.
    Replay(Arc<str>),
    /// It is being done.
    Conflict,
}

/// The work for a key. Dropped without an answer, the key is free again.
#[derive(Debug)]
pub(crate) struct Work {
    key: Option<Key>,
    known: Arc<Mutex<HashMap<Key, Entry>>>,
}

impl Answers {
    pub(crate) fn new(life: Duration) -> Self {
        Self { life, known: Arc::default() }
    }

    pub(crate) fn claim(&self, credential: &str, key: &str) -> Claim {
        let mut known = locked(&self.known);
        known.retain(|_, entry| match entry {
            Entry::AtWork => true,
            Entry::Kept { since, .. } => since.elapsed() < self.life,
        });
        let key = (credential.to_owned(), key.to_owned());
        match known.get(&key) {
            Some(Entry::AtWork) => Claim::Conflict,
            Some(Entry::Kept { body, .. }) => Claim::Replay(Arc::clone(body)),
            None => {
                known.insert(key.clone(), Entry::AtWork);
                Claim::New(Work { key: Some(key), known: Arc::clone(&self.known) })
            }
        }
    }
}

impl Work {
    /// Keeps the answer, unless it is too large.
    pub(crate) fn done(mut self, body: &str) {
        if body.len() <= LARGEST
            && let Some(key) = self.key.take()
        {
            let kept = Entry::Kept { since: Instant::now(), body: body.into() };
            locked(&self.known).insert(key, kept);
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            locked(&self.known).remove(&key);
        }
    }
}

fn locked(known: &Mutex<HashMap<Key, Entry>>) -> MutexGuard<'_, HashMap<Key, Entry>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_over_a_megabyte_is_not_kept() {
        let answers = Answers::new(LIFE);
        for (size, kept) in [(LARGEST, true), (LARGEST + 1, false)] {
            let key = size.to_string();
            let Claim::New(work) = answers.claim("token", &key) else { panic!("the key is new") };
            work.done(&"x".repeat(size));
            assert_eq!(matches!(answers.claim("token", &key), Claim::Replay(_)), kept);
        }
    }

    #[test]
    fn work_that_ends_without_an_answer_frees_its_key() {
        let answers = Answers::new(LIFE);
        let work = answers.claim("token", "key");
        assert!(matches!(answers.claim("token", "key"), Claim::Conflict));
        drop(work);
        assert!(matches!(answers.claim("token", "key"), Claim::New(_)));
    }
}
