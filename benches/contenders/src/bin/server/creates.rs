//! Items that are made: by whom twice, and whose answers get lost.
//!
//! Must not know: quotas.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What an item costs: points, and the time that it takes to make one.
pub(crate) const POINTS: u64 = 10_000;
pub(crate) const WORK: Duration = Duration::from_millis(5);

/// Where answers get lost, it is one in so many: the middle one, so that who asks seldom meets one too.
const LOST: u64 = 100;

/// What has been made.
#[derive(Default)]
pub(crate) struct Creates(Mutex<Made>);

#[derive(Default)]
struct Made {
    names: HashSet<String>,
    keys: HashSet<String>,
    answers: u64,
    doubled: u64,
}

/// The names of a request's items, one or those of many aliases.
pub(crate) fn names(text: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Body {
        variables: Map<String, Value>,
    }
    let variables = serde_json::from_str(text).map(|Body { variables }| variables).unwrap_or_default();
    let names = variables.into_iter().filter(|(key, _)| key.starts_with("name"));
    names.filter_map(|(_, name)| name.as_str().map(str::to_owned)).collect()
}

/// The answer to so many.
pub(crate) fn body(text: &str, count: usize) -> String {
    let mut body = r#"{"data":{"#.to_owned();
    if text.contains("bulk_0_") {
        for entry in 0..count {
            let _ = write!(body, r#""bulk_{entry}_create_item":{{"id":"{}"}},"#, 3_000_000_000 + entry);
        }
        let _ = write!(body, r#""complexity":{{"query":{}}}"#, count as u64 * POINTS);
    } else {
        body += r#""create_item":{"id":"3000000000"}"#;
    }
    body + r#"},"extensions":{"request_id":"6f7c9a0e-2f4b-9d43-8d2b-3f6f1c5f7a11"},"account_id":1}"#
}

impl Creates {
    /// Whether a request with this key has been done.
    pub(crate) fn has_done(&self, key: &str) -> bool {
        self.with(|made| made.keys.contains(key))
    }

    /// Takes a request in that was done.
    pub(crate) fn add(&self, names: Vec<String>, key: Option<String>) {
        self.with(|made| {
            for name in names {
                made.doubled += u64::from(!made.names.insert(name));
            }
            made.keys.extend(key);
        });
    }

    /// Whether the next answer is one that gets lost.
    pub(crate) fn loses_answer(&self) -> bool {
        self.with(|made| {
            made.answers += 1;
            made.answers % LOST == LOST / 2
        })
    }

    /// How many items were made although they were there.
    pub(crate) fn doubled(&self) -> u64 {
        self.with(|made| made.doubled)
    }

    fn with<T>(&self, what: impl FnOnce(&mut Made) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
