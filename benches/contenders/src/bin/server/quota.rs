//! What an account may do, and who is refused: so many at once, and so many calls and points in each window.
//!
//! Windows follow each other from the first call on. Must not know: what a call does.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use tokio::time::Instant;

/// What is allowed.
pub(crate) struct Limits {
    pub(crate) window: Duration,
    pub(crate) calls: u64,
    pub(crate) points: u64,
    pub(crate) at_once: u64,
}

#[derive(Default)]
struct Spent {
    window_ends: Option<Instant>,
    calls: u64,
    points: u64,
    at_once: u64,
    refused: u64,
}

pub(crate) struct Quota {
    limits: Limits,
    spent: Mutex<Spent>,
}

/// A call under way, until it is dropped.
pub(crate) struct Visit<'a>(&'a Quota);

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.0.lock().at_once -= 1;
    }
}

impl Quota {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, spent: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Spent> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a call in, or answers it as monday does. Who is refused has spent nothing.
    pub(crate) fn enter(&self, points: u64) -> Result<Visit<'_>, Box<Response>> {
        let (mut spent, limits) = (self.lock(), &self.limits);
        let reset = spent.resets_in(limits.window);
        let refusal = if spent.at_once >= limits.at_once {
            Some(("maxConcurrencyExceeded", "Concurrency limit exceeded", 1))
        } else if spent.calls >= limits.calls {
            Some(("MINUTE_RATE_LIMIT_EXCEEDED", "Minute rate limit exceeded", reset))
        } else if spent.points + points > limits.points {
            Some(("COMPLEXITY_BUDGET_EXHAUSTED", "Complexity budget exhausted", reset))
        } else {
            None
        };
        if let Some((code, message, seconds)) = refusal {
            spent.refused += 1;
            drop(spent);
            return Err(Box::new(self.refusal(code, message, seconds)));
        }
        spent.calls += 1;
        spent.points += points;
        spent.at_once += 1;
        drop(spent);
        Ok(Visit(self))
    }

    fn refusal(&self, code: &str, message: &str, seconds: u64) -> Response {
        let body = format!(
            r#"{{"errors":[{{"message":"{message}","extensions":{{"code":"{code}","retry_in_seconds":{seconds}}}}}],"account_id":1}}"#
        );
        let [policy, state] = self.headers();
        let headers = [
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("api-version", "2026-10".to_owned()),
            ("ratelimit-policy", policy),
            ("ratelimit", state),
            ("retry-after", seconds.to_string()),
        ];
        (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
    }

    /// `RateLimit-Policy` and `RateLimit`.
    pub(crate) fn headers(&self) -> [String; 2] {
        let Limits { window, calls, points, at_once } = &self.limits;
        let (mut spent, w) = (self.lock(), window.as_secs());
        let t = spent.resets_in(*window);
        let policy = format!(
            r#""minuteRate";q={calls};w={w}, "concurrency";q={at_once};qu="concurrent-requests", "complexityMinute";q={points};w={w};qu="content-bytes""#
        );
        let state = format!(
            r#""minuteRate";r={};t={t}, "concurrency";r={}, "complexityMinute";r={};t={t}"#,
            calls - spent.calls,
            at_once - spent.at_once,
            points - spent.points
        );
        [policy, state]
    }

    /// How many were refused.
    pub(crate) fn refused(&self) -> u64 {
        self.lock().refused
    }
}

impl Spent {
    /// Whole seconds, rounded up: who waits so long finds another window. Begins one where it is due.
    fn resets_in(&mut self, window: Duration) -> u64 {
        let now = Instant::now();
        let mut ends = *self.window_ends.get_or_insert(now + window);
        while ends <= now {
            ends += window;
            (self.calls, self.points) = (0, 0);
        }
        self.window_ends = Some(ends);
        let wait = ends - now;
        wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
    }
}
